"""What the Desk's forms, calendar and workspace ask for beside the records themselves."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import add_to_date, cint, getdate

from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.services import readiness, waiting
from mentor_ispe.services.group_people import people_of
from mentor_ispe.services.refusals import in_words
from mentor_ispe.services.sessions import clocks, planning, seats


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def mentors_with_free_seats(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict
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
	return [(name, full_name, _("{0} seats free").format(free)) for name, full_name, free in found]


@frappe.whitelist()
def session_events(
	doctype: str, start: str, end: str, filters: str | list | None = None, **kwargs: Any
) -> list[dict]:
	"""The sessions between two days as the calendar wants them, with the end of each."""
	filters = json.loads(filters) if isinstance(filters, str) and filters else filters or []
	sessions = frappe.get_list(
		"Mentoring Session",
		fields=["name", "group_title", "starts_on", "duration_minutes", "status"],
		filters=[*filters, ["Mentoring Session", "starts_on", "between", [start, end]]],
		limit=0,
	)
	colors = {"Planned": "blue", "Held": "green", "Cancelled": "gray"}
	return [
		{
			"name": session.name,
			"group_title": session.group_title,
			"starts_on": session.starts_on,
			"ends_on": add_to_date(session.starts_on, minutes=session.duration_minutes or 60),
			"allDay": 0,
			"color": colors[session.status],
		}
		for session in sessions
	]


@frappe.whitelist()
def proposed_session(group: str) -> dict:
	"""When and where the group would meet next, to fill a new Mentoring Session."""
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	proposal = asdict(planning.propose_next(group))
	return {field: proposal[field] for field in ("starts_on", *planning.AS_LAST_TIME)}


@frappe.whitelist()
def session_clocks(group: str, starts_on: str) -> dict:
	"""A moment on the clock of everyone in the group, and what keeps some of them from meeting then."""
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	missing = readiness.missing(group, getdate(starts_on))
	return {
		"clocks": clocks.clocks(starts_on, people_of(group, seats.WRITE)),
		"missing": {profile: [in_words(lack) for lack in lacks] for profile, lacks in missing.items()},
	}


@frappe.whitelist()
def lapsed_participants(filters: Any = None) -> dict:
	"""The number card of people whose membership lapsed while they hold a seat."""
	return _card(sorted(_holding_a_seat("Lapsed")))


@frappe.whitelist()
def answers_due(filters: Any = None) -> dict:
	"""The number card of people whose promised answer is due within the warning days, or overdue.

	It leads to the mentees among them, or to the mentors where there are only these.
	"""
	days = cint(frappe.db.get_single_value("Mentoring Settings", "waiting_warning_days"))
	late: dict[str, list[str]] = {"Mentee": [], "Mentor": []}
	for each in waiting.waiting():
		if each.days_left is not None and each.days_left <= days:
			late[each.doctype].append(each.name)
	readable = {
		doctype: frappe.get_list(doctype, filters={"name": ["in", names]}, pluck="name", limit=0)
		for doctype, names in late.items()
		if names
	}
	doctype = next(iter(readable), "Mentee")
	return {
		"value": sum(map(len, readable.values())),
		"fieldtype": "Int",
		"route": ["List", doctype],
		"route_options": {"name": ["in", readable.get(doctype, [])]},
	}


def _holding_a_seat(membership_state: str) -> set[str]:
	"""The profiles in this state that hold a seat in a group, as far as the user may read them."""
	lapsed = set(
		frappe.get_list(
			"Mentoring Profile", filters={"membership_state": membership_state}, pluck="name", limit=0
		)
	)
	seats = sorted(LIVE_SEATS)
	group, row, mentor = DocType("Mentoring Group"), DocType("Mentoring Group Member"), DocType("Mentor")
	members = frappe.qb.from_(row).select(row.profile).where(row.status.isin(seats)).run()
	mentors = (
		frappe.qb.from_(group)
		.join(mentor)
		.on(mentor.name == group.mentor)
		.select(mentor.profile)
		.where(group.mentor_status.isin(seats))
		.run()
	)
	return lapsed & {row[0] for row in (*members, *mentors)}


def _card(names: list[str]) -> dict:
	return {
		"value": len(names),
		"fieldtype": "Int",
		"route": ["List", "Mentoring Profile"],
		"route_options": {"name": ["in", names]},
	}
