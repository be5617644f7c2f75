"""What the Desk's forms, calendar and workspace ask for beside the records themselves."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import add_to_date, get_fullname, getdate, now_datetime

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Count, Moment
from mentor_ispe.clock import today
from mentor_ispe.exceptions import violation_message
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.readings import readiness
from mentor_ispe.services.applications.queries import import_template
from mentor_ispe.services.desk import progress, snoozing
from mentor_ispe.services.desk import worklist as needs
from mentor_ispe.services.groups import group_history as group_histories
from mentor_ispe.services.members import person_history as person_histories
from mentor_ispe.services.programs import commands as cycles
from mentor_ispe.services.programs import next_cycle, unfinished
from mentor_ispe.services.programs import overview as cycle_overviews
from mentor_ispe.services.sessions import finding, queries

SESSION_COLORS = {"Planned": "blue", "Held": "green", "Cancelled": "gray"}
NOT_RECORDED = "orange"


@endpoint(COORDINATOR_ONLY, methods=READS)
@frappe.validate_and_sanitize_search_inputs
def mentors_with_free_seats(
	doctype: str, txt: str, searchfield: str, start: Count, page_len: Count, filters: dict
) -> list[tuple]:
	"""The approved mentors of the cycle in `filters` who have a seat left, for a Link field."""
	frappe.has_permission("Mentor", throw=True)
	mentor = DocType("Mentor")
	readable = frappe.get_list(
		"Mentor",
		filters={"cycle": filters.get("cycle"), "status": ["in", ("Approved", "Active")]},
		or_filters=[["name", "like", f"%{txt}%"], ["full_name", "like", f"%{txt}%"]] if txt else None,
		pluck="name",
		limit=0,
	)
	if not readable:
		return []
	found = (
		frappe.qb.from_(mentor)
		.select(mentor.name, mentor.full_name, mentor.seats_offered - mentor.seats_taken)
		.where(mentor.name.isin(readable) & (mentor.seats_taken < mentor.seats_offered))
		.orderby(mentor.full_name)
		.limit(page_len)
		.offset(start)
		.run()
	)
	return [(name, full_name, _("{0} open places").format(free)) for name, full_name, free in found]


@endpoint(COORDINATOR_ONLY, methods=READS)
def session_events(doctype: str, start: Moment, end: Moment, filters: list | None = None) -> list[dict]:
	"""The sessions between two days as the calendar wants them, with the end of each."""
	sessions = frappe.get_list(
		"Mentoring Session",
		fields=["name", "group_title", "starts_on", "duration_minutes", "status"],
		filters=[*(filters or ()), ["Mentoring Session", "starts_on", "between", [start, end]]],
		limit=0,
	)
	now = now_datetime()
	return [
		{
			"name": session.name,
			"group_title": session.group_title,
			"starts_on": session.starts_on,
			"ends_on": add_to_date(session.starts_on, minutes=session.duration_minutes or 60),
			"allDay": 0,
			"color": _session_color(session, now),
		}
		for session in sessions
	]


def _session_color(session: frappe._dict, now: datetime) -> str:
	"""By its status; a meeting that is over and not recorded stands out."""
	if session.status == "Planned" and session.starts_on < now:
		return NOT_RECORDED
	return SESSION_COLORS[session.status]


@endpoint(COORDINATOR_ONLY, methods=READS)
def cycle_overview(cycle: str) -> dict:
	"""How far the people of a cycle have come, each number with its list, and what the next step is."""
	frappe.has_permission("Mentoring Cycle", "read", cycle, throw=True)
	status = frappe.db.get_value("Mentoring Cycle", cycle, "status")
	return {
		"shared": next_cycle.shared(cycle) if status == "Open" else None,
		"stages": {
			doctype: [asdict(stage) for stage in found]
			for doctype, found in cycle_overviews.stages(cycle).items()
		},
		"next": asdict(cycle_overviews.next_step(cycle)),
	}


@endpoint(COORDINATOR_ONLY, methods=READS)
def planned_cycle(after: str) -> dict:
	"""The values of a new cycle after this one; nothing is stored."""
	frappe.has_permission("Mentoring Cycle", "read", after, throw=True)
	return next_cycle.planned(after)


@endpoint(COORDINATOR_ONLY, methods=READS)
def groups_to_close(cycle: str) -> list[str]:
	"""The groups of a cycle that are still open."""
	frappe.has_permission("Mentoring Cycle", "read", cycle, throw=True)
	return cycles.groups_to_close(cycle)


@endpoint(COORDINATOR_ONLY, methods=READS)
def left_unfinished(cycle: str, status: str) -> list[str]:
	"""What would stay undone, or be cut off, if a cycle moved to `status` now: a sentence for each."""
	frappe.has_permission("Mentoring Cycle", "read", cycle, throw=True)
	return unfinished.sentences(cycle, status)


@endpoint(COORDINATOR_ONLY, methods=READS)
def group_history(group: str) -> list[dict]:
	"""What happened in a group so far, the earliest first; no word that somebody wrote there."""
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	return [asdict(event) for event in group_histories.history(group)]


@endpoint(COORDINATOR_ONLY, methods=READS)
def person_history(profile: str) -> dict:
	"""What somebody did over the years and which emails they got, by year and the newest first."""
	frappe.has_permission("Mentoring Profile", "read", profile, throw=True)
	return asdict(person_histories.history(profile))


@endpoint(COORDINATOR_ONLY, methods=READS)
def proposed_session(group: str) -> dict:
	"""When and where the group would meet next, to fill a new Mentoring Session."""
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	proposal = asdict(finding.propose_next(group))
	return {field: proposal[field] for field in ("starts_on", *finding.AS_LAST_TIME)}


@endpoint(COORDINATOR_ONLY, methods=READS)
def session_clocks(group: str, starts_on: Moment) -> dict:
	"""A moment on the clock of everyone in the group, and what keeps some of them from meeting then."""
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	missing = readiness.missing(group, getdate(starts_on))
	return {
		"clocks": queries.clocks(starts_on, finding.people_in(group)),
		"missing": {
			profile: [violation_message(lack) for lack in lacks] for profile, lacks in missing.items()
		},
	}


@endpoint(COORDINATOR_ONLY, methods=READS)
def applicants_template(doctype: str, cycle: str) -> None:
	"""Download the file that Data Import takes applications from, with everybody who hasn't applied."""
	if doctype not in ("Mentor", "Mentee"):
		frappe.throw(_("Choose Mentor or Mentee, not {0}.").format(doctype))
	frappe.local.response.update(
		{
			"type": "download",
			"filename": f"{frappe.scrub(doctype)}-applications.csv",
			"filecontent": import_template(doctype, cycle).encode("utf-8-sig"),
		}
	)


@endpoint(COORDINATOR_ONLY, methods=READS)
def needs_you(program: str | None = None, whose: Literal["", "mine", "nobodys"] = "") -> dict:
	"""What waits for the user, of one program or of all, each with its list; and the programs to choose from.

	`whose` narrows it to what is assigned to the user, or to nobody. `done` of them were done today; `snoozed`
	were put off until a later day.
	"""
	found = needs.worklist(program or None, whose=whose)
	return {
		"needs": [
			{
				**asdict(each),
				"path": each.route,
				"late_path": needs.list_route(each.doctype, each.late_filters),
			}
			for each in found
		],
		"done": progress.done_today(found, today(), program or "", whose),
		"snoozed": [{**asdict(each), "by": get_fullname(each.by)} for each in snoozing.shown(today())],
		"programs": frappe.get_list(
			"Mentoring Program", {"status": ["!=", "Draft"]}, pluck="name", order_by="name", limit=0
		),
	}


@endpoint(COORDINATOR_ONLY, methods=READS)
def mentees_to_decide_on(filters: Any = None) -> dict:
	"""The number card of mentees and peers without a decision."""
	return _card("mentee_applications")


@endpoint(COORDINATOR_ONLY, methods=READS)
def mentees_waiting(filters: Any = None) -> dict:
	"""The number card of approved mentees and peers without a group."""
	return _card("unmatched_mentees")


@endpoint(COORDINATOR_ONLY, methods=READS)
def groups_unanswered(filters: Any = None) -> dict:
	"""The number card of groups in which somebody was asked and hasn't answered."""
	return _card("matches_unanswered")


@endpoint(COORDINATOR_ONLY, methods=READS)
def lapsed_participants(filters: Any = None) -> dict:
	"""The number card of people whose membership lapsed while they hold a seat."""
	return _card("lapsed_members")


@endpoint(COORDINATOR_ONLY, methods=READS)
def feedback_overdue(filters: Any = None) -> dict:
	"""The number card of feedback that nobody has given yet."""
	return _card("feedback_overdue")


def _card(code: str) -> dict:
	"""A number card with exactly the list that it counted."""
	need = needs.need(code)
	if need is None:
		return {"value": 0, "fieldtype": "Int"}
	options = {field: [operator, value] for _doctype, field, operator, value in need.filters}
	return {
		"value": need.count,
		"fieldtype": "Int",
		"route": ["List", need.doctype],
		"route_options": options,
	}
