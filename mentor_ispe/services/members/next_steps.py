"""What is asked of a person now, over all programs: one list, the most urgent first.

Every kind of step reads its own records in a constant number of queries, however many groups, meetings and
requests there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate, now_datetime

from mentor_ispe.domain.charters import FIELDS as CHARTER
from mentor_ispe.domain.feedback.kinds import KINDS
from mentor_ispe.domain.membership import GRACE, LAPSED
from mentor_ispe.domain.sessions.meetings import needs_another_time
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.readings.cycles import next_cycles, takes_answers
from mentor_ispe.services.conversation import pending
from mentor_ispe.services.feedback.queries import my_requests
from mentor_ispe.services.groups import moderator_queue
from mentor_ispe.services.members import member_status
from mentor_ispe.services.polls import queries as polls

HOME = "/mentoring"
# Where a task of whoever keeps a group going is done, if not at its meeting or with the meetings.
SECTIONS = {"Charter": "charter", "Feedback": "feedback", "Sign": ""}


@dataclass(frozen=True)
class Step:
	"""One thing that is asked: `about` names the group or the program, `link` is a path of the members' pages.

	`due` is the last day or the moment, None where there is none.
	"""

	kind: str
	words: str
	about: str
	link: str
	due: date | datetime | None = None

	@property
	def day(self) -> date:
		return getdate(self.due) if self.due else date.max


def next_steps(
	profile: str, status: Mapping[str, Any] | None = None, now: datetime | None = None
) -> list[Step]:
	"""Everything that is asked of the person now; `status` is theirs of member_status, when it is at hand."""
	moment = now or now_datetime()
	state = status or member_status.status_of(profile)
	steps = [
		*_membership(state),
		*_matches(state),
		*_drafts(profile, state, moment.date()),
		*_agreements(state),
	]
	if any(row["status"] in ("Approved", "Active") for row in state["applications"]):
		steps += _training(profile, moment)
	steps += _of_groups(profile, state["groups"], moment)
	return _in_order(steps)


def steps_in(group: str, profile: str, now: datetime | None = None) -> list[Step]:
	"""What is asked of the person on the pages of one group, the most urgent first."""
	own = [row for row in member_status.groups_of(profile) if row["name"] == group]
	page = group_link(group)
	steps = _of_groups(profile, own, now or now_datetime())
	return _in_order(step for step in steps if step.link == page or step.link.startswith(f"{page}/"))


def _in_order(steps: Iterable[Step]) -> list[Step]:
	return sorted(steps, key=lambda step: (step.day, step.kind, step.about))


def _of_groups(profile: str, groups: list[dict], moment: datetime) -> Iterator[Step]:
	"""What the person's groups ask, whatever state their seats are in."""
	if not groups:
		return
	titles = {row["name"]: cstr(row["title"]) for row in groups}
	yield from _feedback(profile, titles)
	yield from _actions(profile, titles)
	yield from starmap(Step, pending.steps(profile, groups))
	seats = [row for row in groups if row["seat"] in LIVE_SEATS]
	if any(row["seat"] == "Active" for row in seats):
		yield from _queue(profile, moment, list(titles))
		yield from _answers(profile, moment)
		yield from _declined(profile, moment)
		yield from _polls(profile, titles)
		yield from _groups(profile, seats, moment.date())


def group_link(group: str, part: str = "") -> str:
	"""The page of a group, or of one of its parts."""
	return f"{HOME}/groups/{quote(group)}" + (f"/{part}" if part else "")


def _membership(state: Mapping[str, Any]) -> Iterator[Step]:
	standing, last = state["membership"], None
	takes_part = any(row["status"] in member_status.TAKES_PART for row in state["applications"])
	if not takes_part:
		return
	if standing["state"] == GRACE:
		last = standing["grace_until"]
		words = _("Renew your membership to keep your places.")
	elif standing["state"] == LAPSED:
		words = _("Renew your membership to get your places back.")
	else:
		return
	yield Step("Membership", words, _("Membership"), f"{HOME}#membership", last)


def _matches(state: Mapping[str, Any]) -> Iterator[Step]:
	for row in state["groups"]:
		if row["seat"] == "Proposed" and row["status"] in ("Proposed", "Active"):
			yield Step(
				"Match",
				_("Respond to your match: {0}").format(row["title"]),
				cstr(row["program"]),
				f"{HOME}/match/{quote(row['name'])}",
				row["respond_by"],
			)


def _drafts(profile: str, state: Mapping[str, Any], on: date) -> Iterator[Step]:
	applied = {row["cycle"] for row in state["applications"] if row["status"] != "Withdrawn"}
	draft, cycle = frappe.qb.DocType("Mentoring Application Draft"), frappe.qb.DocType("Mentoring Cycle")
	rows = (
		frappe.qb.from_(draft)
		.join(cycle)
		.on(cycle.name == draft.cycle)
		.select(cycle.name, cycle.application_until)
		.where((draft.profile == profile) & (cycle.status == "Open") & (cycle.application_until >= on))
	).run()
	for name, until in rows:
		if name not in applied:
			yield Step(
				"Draft", _("Finish your application."), name, f"{HOME}/apply/{quote(name, safe='')}", until
			)


def _agreements(state: Mapping[str, Any]) -> Iterator[Step]:
	for row in state["agreements_to_sign"]:
		words = _("Read and sign: {0}").format(row["title"])
		yield Step("Agreement", words, cstr(row["cycle"] or ""), f"{HOME}/sign")


def _training(profile: str, now: datetime) -> Iterator[Step]:
	"""Training that a program requires and the person hasn't done, unless they have a place in a workshop."""
	asked: dict[str, str] = {}
	program = frappe.qb.DocType("Mentoring Program")
	for doctype, switch in (("Mentor", "training_for_mentors"), ("Mentee", "training_for_mentees")):
		part = frappe.qb.DocType(doctype)
		rows = (
			frappe.qb.from_(part)
			.join(program)
			.on(program.name == part.program)
			.select(part.program, part.cycle)
			.where((part.profile == profile) & part.status.isin(["Approved", "Active"]))
			.where((part.training_completed == 0) & (program[switch] == 1))
		).run()
		asked.update(rows)
	if not asked:
		return
	held = {program: (mine, starts) for program, mine, starts in _workshops(profile, sorted(asked), now)}
	for name in sorted(asked):
		mine, starts = held.get(name, (0, None))
		if mine:
			continue
		words = (
			_("Sign up for the training.") if starts else _("Take the training. The date will be announced.")
		)
		yield Step("Training", words, name, f"{HOME}/library#workshops", starts)


def _workshops(profile: str, programs: list[str], now: datetime) -> list[tuple[str, int, datetime]]:
	"""Of each program: whether the person has a place in a training to come, and the start of the next one."""
	workshop = frappe.qb.DocType("Mentoring Workshop")
	row = frappe.qb.DocType("Mentoring Workshop Participant")
	rows = (
		frappe.qb.from_(workshop)
		.left_join(row)
		.on(
			(row.parent == workshop.name)
			& (row.profile == profile)
			& row.status.isin(["Signed Up", "Waiting"])
		)
		.select(workshop.program, row.name, workshop.starts_on)
		.where(workshop.program.isin(programs) & (workshop.status == "Planned"))
		.where((workshop.is_training == 1) & (workshop.starts_on > now))
		.orderby(workshop.starts_on)
	).run()
	found: dict[str, tuple[str, int, datetime]] = {}
	for program, mine, starts in rows:
		_name, placed, first = found.get(program, (program, 0, starts))
		found[program] = (program, placed or int(bool(mine)), first)
	return list(found.values())


def _feedback(profile: str, titles: Mapping[str, str]) -> Iterator[Step]:
	for row in my_requests(profile):
		if row["status"] != "Open":
			continue
		group = row["mentoring_group"]
		link = group_link(group, "feedback") if group else f"{HOME}/groups"
		about = titles.get(group or "", cstr(row["cycle"]))
		kind = KINDS[row["kind"]]
		yield Step("Feedback", _(kind.next_step), about, link, row["due_on"])


def _actions(profile: str, titles: Mapping[str, str]) -> Iterator[Step]:
	rows = frappe.get_all(
		"Mentoring Action Item",
		{"assigned_to": profile, "status": "Open", "mentoring_group": ("in", list(titles))},
		["mentoring_group", "due_on"],
	)
	found: dict[str, list[date | None]] = {}
	for row in rows:
		found.setdefault(row.mentoring_group, []).append(row.due_on)
	for group, days in found.items():
		due = min((getdate(day) for day in days if day), default=None)
		words = (
			_("Complete your action item.")
			if len(days) == 1
			else _("Complete your action items ({0}).").format(len(days))
		)
		yield Step("Action", words, titles[group], group_link(group, "meetings#actions"), due)


def _queue(profile: str, now: datetime, groups: list[str]) -> Iterator[Step]:
	for group in moderator_queue.queue(profile, now, groups):
		for task in group.tasks:
			meeting = task["meeting"] and f"meetings/{quote(task['meeting'])}"
			link = group_link(group.group, meeting or SECTIONS.get(task["kind"], "meetings"))
			yield Step(f"Queue {task['kind']}", task["words"], group.title, link, task["due"])


def _answers(profile: str, now: datetime) -> Iterator[Step]:
	"""Meetings to come that the person hasn't answered."""
	session, row = frappe.qb.DocType("Mentoring Session"), frappe.qb.DocType("Mentoring Session Attendance")
	rows = (
		frappe.qb.from_(session)
		.join(row)
		.on((row.parent == session.name) & (row.parenttype == "Mentoring Session"))
		.select(session.mentoring_group, session.group_title, session.starts_on, session.name)
		.where((row.profile == profile) & (session.status == "Planned") & (session.starts_on > now))
		.where(row.answer.isnull() | (row.answer == ""))
		.orderby(session.starts_on)
	).run()
	told: set[str] = set()
	for group, title, starts, name in rows:
		if group not in told:  # the next one; a series would fill the page
			told.add(group)
			words = _("Say whether you'll attend the next meeting.")
			yield Step("Answer", words, cstr(title), group_link(group, f"meetings/{quote(name)}"), starts)


def _declined(profile: str, now: datetime) -> Iterator[Step]:
	"""Meetings that the person planned, and to which so many can't come that they need another time."""
	session, row = frappe.qb.DocType("Mentoring Session"), frappe.qb.DocType("Mentoring Session Attendance")
	person = frappe.qb.DocType("Mentoring Profile")
	rows = (
		frappe.qb.from_(session)
		.join(person)
		.on((person.name == profile) & (person.user == session.owner))
		.join(row)
		.on((row.parent == session.name) & (row.parenttype == "Mentoring Session"))
		.select(session.name, session.mentoring_group, session.group_title, session.starts_on, row.answer)
		.where((session.status == "Planned") & (session.starts_on > now))
		.orderby(session.starts_on)
	).run(as_dict=True)
	for name in dict.fromkeys(each.name for each in rows):
		of_one = [each for each in rows if each.name == name]
		if needs_another_time([cstr(each.answer) for each in of_one]):
			link = group_link(of_one[0].mentoring_group, f"meetings/{quote(name)}")
			words = _("Find another time. Too few people can come.")
			yield Step("Declined", words, cstr(of_one[0].group_title), link, of_one[0].starts_on)


def _polls(profile: str, titles: Mapping[str, str]) -> Iterator[Step]:
	for row in polls.unanswered(profile, titles):
		link = group_link(row["mentoring_group"], "meetings#poll-head")
		yield Step(
			"Poll", _("Say which times work for you."), titles[row["mentoring_group"]], link, row["ends_on"]
		)


def _groups(profile: str, seats: list[dict], on: date) -> Iterator[Step]:
	"""Charters to agree to, and groups that may go on in a cycle which takes applications now."""
	mine = {row["name"]: row for row in seats if row["seat"] == "Active"}
	group, program = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Program")
	rows = (
		frappe.qb.from_(group)
		.join(program)
		.on(program.name == group.program)
		.select(
			*(group[field] for field in CHARTER),
			*(group.name, group.title, group.program, group.cycle, group.extended_to, group.extension_cycle),
			program.may_extend,
		)
		.where(group.name.isin(list(mine)) & (group.status == "Active"))
		.orderby(group.title)
	).run(as_dict=True)
	going_on = [each for each in rows if cint(each.may_extend) and not each.extended_to]
	cycles = next_cycles({each.cycle for each in going_on}) if going_on else {}
	for each in rows:
		agreed = mine[each.name]["agreed_on"]
		if not agreed and any(each[field] for field in CHARTER if not field.startswith("charter_meet")):
			words = _("Agree to the charter, or change it.")
			yield Step("Charter", words, cstr(each.title), group_link(each.name, "charter"))
	for each in going_on:
		cycle = cycles.get(each.cycle)
		said = mine[each.name]["said"]
		if cycle and takes_answers(cycle, on) and not (said and each.extension_cycle == cycle.name):
			words = _("Say whether you'll continue together in {0}.").format(cycle.name)
			yield Step(
				"Extension",
				words,
				cstr(each.title),
				group_link(each.name, "more#extension"),
				cycle.application_until,
			)
