"""What the health of groups is worked out from, read for many groups at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.query_builder.functions import Max
from frappe.utils import cint, cstr, flt, getdate

from mentor_ispe.domain.feedback.kinds import codes_of
from mentor_ispe.domain.health.facts import Answer, Facts, Goal, Interval, Session
from mentor_ispe.domain.seats import Seat, standstill_of
from mentor_ispe.readings import readiness
from mentor_ispe.readings.seats import seats_by_group

GROUP = "Mentoring Group"
_GROUP_FIELDS = (
	"name",
	"title",
	"cycle",
	"program",
	"status",
	"start_date",
	"charter_agreed_on",
	"charter_meet_every",
	"charter_meet_every_unit",
	"extends",
	"health_signs",
)


@dataclass(frozen=True)
class GroupFacts:
	"""One group: `facts` are None when it is over; `stood` are the alarms that were found the last time."""

	name: str
	title: str
	cycle: str
	program: str
	facts: Facts | None
	answers: tuple[Answer, ...]
	stood: tuple[dict[str, Any], ...]


def read(names: list[str], on: date) -> list[GroupFacts]:
	"""The facts of these groups on the day `on`; the number of queries doesn't depend on how many."""
	group, cycle, program = (
		frappe.qb.DocType(GROUP),
		frappe.qb.DocType("Mentoring Cycle"),
		frappe.qb.DocType("Mentoring Program"),
	)
	rows = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.join(program)
		.on(program.name == group.program)
		.select(
			*(group[field] for field in _GROUP_FIELDS),
			cycle.end_date.as_("ends_on"),
			program.first_meeting_days,
			program.meet_every,
			program.meet_every_unit,
		)
		.where(group.name.isin(names))
		.orderby(group.name)
	).run(as_dict=True)
	people = seats_by_group(names, statuses=["Active"])
	answers, sessions, goals = _answers(names, on), _sessions(names, on), _goals(names)
	owed, agreements = _owed(names, on, people), readiness.load(names)
	wrote, planned = _wrote(names, on), _planned(names, on)
	return [
		GroupFacts(
			row.name,
			cstr(row.title) or row.name,
			row.cycle,
			row.program,
			_facts(
				row,
				on,
				people=tuple(people[row.name]),
				sessions=tuple(sessions[row.name]),
				answers=tuple(answers[row.name]),
				goals=tuple(goals[row.name]),
				wrote=wrote[row.name],
				meeting_planned=row.name in planned,
				standstill=standstill_of(people[row.name]),
				owed=owed[row.name],
				signatures=agreements.signatures(row.name, on),
			)
			if row.status == "Active" and row.start_date
			else None,
			tuple(answers[row.name]),
			_stood(row.health_signs),
		)
		for row in rows
	]


def _facts(row, on: date, owed: tuple[int, int], signatures: tuple[int, int], **values: Any) -> Facts:
	own_rhythm = cint(row.charter_meet_every) > 0
	return Facts(
		on=on,
		started_on=getdate(row.start_date),
		first_meeting_days=cint(row.first_meeting_days) or 30,
		interval=Interval(
			cint(row.charter_meet_every if own_rhythm else row.meet_every) or 1,
			cstr(row.charter_meet_every_unit if own_rhythm else row.meet_every_unit) or "Month",
		),
		ends_on=getdate(row.ends_on) if row.ends_on else None,
		owed=owed[0],
		given=owed[1],
		to_sign=signatures[0],
		signed=signatures[1],
		charter_agreed=bool(row.charter_agreed_on),
		**values,
	)


def _stood(health_signs: str | None) -> tuple[dict[str, Any], ...]:
	stored = frappe.parse_json(health_signs) if health_signs else None
	return tuple(stored.get("alarms") or ()) if isinstance(stored, dict) else ()


def _sessions(names: list[str], on: date) -> dict[str, list[Session]]:
	session, row = (
		frappe.qb.DocType("Mentoring Session"),
		frappe.qb.DocType("Mentoring Session Attendance"),
	)
	past = session.mentoring_group.isin(names) & (session.starts_on < on + timedelta(days=1))
	there, expected = defaultdict(set), defaultdict(set)
	for name, profile, attended in (
		frappe.qb.from_(row)
		.join(session)
		.on(session.name == row.parent)
		.select(row.parent, row.profile, row.attended)
		.where(past & (session.status == "Held"))
	).run():
		expected[name].add(profile)
		if attended:
			there[name].add(profile)
	found: dict[str, list[Session]] = defaultdict(list)
	for name, group, starts_on, status in (
		frappe.qb.from_(session)
		.select(session.name, session.mentoring_group, session.starts_on, session.status)
		.where(past)
		.orderby(session.starts_on)
		.orderby(session.name)
	).run():
		found[group].append(
			Session(name, getdate(starts_on), status, frozenset(there[name]), frozenset(expected[name]))
		)
	return found


def _wrote(names: list[str], on: date) -> dict[str, dict[str, date]]:
	"""The day of each person's last message; what it said is nobody's business here."""
	message = frappe.qb.DocType("Mentoring Message")
	found: dict[str, dict[str, date]] = defaultdict(dict)
	for group, profile, last in (
		frappe.qb.from_(message)
		.select(message.mentoring_group, message.written_by, Max(message.written_on))
		.where(message.mentoring_group.isin(names) & (message.written_on < on + timedelta(days=1)))
		.groupby(message.mentoring_group, message.written_by)
	).run():
		found[group][cstr(profile)] = getdate(last)
	return found


def _planned(names: list[str], on: date) -> set[str]:
	session = frappe.qb.DocType("Mentoring Session")
	coming = (session.status == "Planned") & (session.starts_on >= on + timedelta(days=1))
	query = frappe.qb.from_(session).select(session.mentoring_group).distinct()
	return set(query.where(session.mentoring_group.isin(names) & coming).run(pluck=True))


def _answers(names: list[str], on: date) -> dict[str, list[Answer]]:
	feedback, private = frappe.qb.DocType("Mentoring Feedback"), frappe.qb.DocType("Mentoring Private Answer")
	found: dict[str, list[Answer]] = defaultdict(list)
	for row in (
		frappe.qb.from_(feedback)
		.left_join(private)
		.on(private.feedback == feedback.name)
		.select(
			feedback.name,
			feedback.mentoring_group,
			feedback.profile,
			feedback.creation,
			feedback.rating,
			private.rating.as_("staff_rating"),
			private.going,
		)
		.where(feedback.mentoring_group.isin(names) & feedback.kind.isin(codes_of(rated=True)))
		.where(feedback.creation < on + timedelta(days=1))
	).run(as_dict=True):
		found[row.mentoring_group].append(
			Answer(
				row.name,
				row.profile,
				getdate(row.creation),
				5 * flt(row.rating),
				5 * flt(row.staff_rating),
				cstr(row.going),
			)
		)
	return found


def _goals(names: list[str]) -> dict[str, list[Goal]]:
	goal = frappe.qb.DocType("Mentoring Goal")
	found: dict[str, list[Goal]] = defaultdict(list)
	for group, profile, progress, status in (
		frappe.qb.from_(goal)
		.select(goal.mentoring_group, goal.profile, goal.progress, goal.status)
		.where(goal.mentoring_group.isin(names) & (goal.status != "Dropped"))
	).run():
		found[group].append(Goal(profile, flt(progress), status == "Achieved"))
	return found


def _owed(names: list[str], on: date, people: dict[str, list[Seat]]) -> dict[str, tuple[int, int]]:
	"""(how much feedback was due, how much of it was given); who is away owes none."""
	away = {(seat.group, seat.profile) for seats in people.values() for seat in seats if seat.is_away(on)}
	request = frappe.qb.DocType("Mentoring Feedback Request")
	found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
	for group, profile, status in (
		frappe.qb.from_(request)
		.select(request.mentoring_group, request.profile, request.status)
		.where(request.mentoring_group.isin(names))
		.where(
			request.status.isin(["Given", "Missed"]) | ((request.status == "Open") & (request.due_on < on))
		)
	).run():
		if status == "Open" and (group, profile) in away:
			continue
		owed, given = found[group]
		found[group] = (owed + 1, given + (status == "Given"))
	return found
