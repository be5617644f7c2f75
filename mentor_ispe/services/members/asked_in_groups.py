"""What a person's groups ask of them, as facts for `domain/next_steps.py`; the number of queries is constant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import frappe
from frappe.utils import cstr, getdate

from mentor_ispe.domain import charters
from mentor_ispe.domain.next_steps import Asked
from mentor_ispe.domain.sessions.meetings import needs_another_time
from mentor_ispe.readings.cycles import next_cycles, takes_answers
from mentor_ispe.services.conversation import pending
from mentor_ispe.services.groups import moderator_queue
from mentor_ispe.services.polls import queries as polls

# A seat in a group that was completed may still go on in the next cycle.
MAY_GO_ON = (("Active", "Active"), ("Completed", "Completed"))


def asked(profile: str, groups: Iterable[Mapping[str, Any]], moment: datetime) -> Iterator[Asked]:
	"""What is asked in these groups, which are as `member_status.groups_of` gives them.

	A group that is over asks for feedback, which isn't here, and whether it goes on; for nothing that can't be done
	there any more.
	"""
	rows = list(groups)
	yield from pending.asked(profile, rows)
	running = {row["name"]: row for row in rows if row["seat"] == "Active" and row["status"] == "Active"}
	if running:
		titles = {name: cstr(row["title"]) for name, row in running.items()}
		yield from _actions(profile, titles)
		yield from _queue(profile, moment, titles)
		yield from _answers(profile, moment, titles)
		yield from _declined(profile, moment, titles)
		yield from _polls(profile, titles)
		yield from _charters(running)
	may_go_on = {row["name"]: row for row in rows if (row["status"], row["seat"]) in MAY_GO_ON}
	if may_go_on:
		yield from _extensions(may_go_on, moment.date())


def _actions(profile: str, titles: Mapping[str, str]) -> Iterator[Asked]:
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
		yield Asked("Action", titles[group], due, len(days), {"group": group})


def _queue(profile: str, now: datetime, titles: Mapping[str, str]) -> Iterator[Asked]:
	for group in moderator_queue.queue(profile, now, list(titles)):
		for task in group.tasks:
			values = {
				"group": group.group,
				"people": ", ".join(task["people"]),
				"meeting": task["meeting"] or "",
				"due": task["day"],
			}
			yield Asked(task["kind"], group.title, task["due"], values=values)


def _answers(profile: str, now: datetime, titles: Mapping[str, str]) -> Iterator[Asked]:
	"""Meetings to come that the person hasn't answered."""
	session, row = frappe.qb.DocType("Mentoring Session"), frappe.qb.DocType("Mentoring Session Attendance")
	rows = (
		frappe.qb.from_(session)
		.join(row)
		.on((row.parent == session.name) & (row.parenttype == "Mentoring Session"))
		.select(session.mentoring_group, session.starts_on, session.name)
		.where((row.profile == profile) & (session.status == "Planned") & (session.starts_on > now))
		.where(session.mentoring_group.isin(list(titles)))
		.where(row.answer.isnull() | (row.answer == ""))
		.orderby(session.starts_on)
	).run()
	told: set[str] = set()
	for group, starts, name in rows:
		if group not in told:  # the next one; a series would fill the page
			told.add(group)
			yield Asked("Answer", titles[group], starts, values={"group": group, "meeting": name})


def _declined(profile: str, now: datetime, titles: Mapping[str, str]) -> Iterator[Asked]:
	"""Meetings that the person planned, and to which so many can't come that they need another time."""
	session, row = frappe.qb.DocType("Mentoring Session"), frappe.qb.DocType("Mentoring Session Attendance")
	person = frappe.qb.DocType("Mentoring Profile")
	rows = (
		frappe.qb.from_(session)
		.join(person)
		.on((person.name == profile) & (person.user == session.owner))
		.join(row)
		.on((row.parent == session.name) & (row.parenttype == "Mentoring Session"))
		.select(session.name, session.mentoring_group, session.starts_on, row.answer)
		.where((session.status == "Planned") & (session.starts_on > now))
		.where(session.mentoring_group.isin(list(titles)))
		.orderby(session.starts_on)
	).run(as_dict=True)
	answers: dict[tuple[str, str, datetime], list[str]] = {}
	for each in rows:
		answers.setdefault((each.name, each.mentoring_group, each.starts_on), []).append(cstr(each.answer))
	for (name, group, starts), given in answers.items():
		if needs_another_time(given):
			yield Asked("Declined", titles[group], starts, values={"group": group, "meeting": name})


def _polls(profile: str, titles: Mapping[str, str]) -> Iterator[Asked]:
	for row in polls.unanswered(profile, titles):
		group = row["mentoring_group"]
		yield Asked("Poll", titles[group], row["ends_on"], values={"group": group})


def _charters(running: Mapping[str, Mapping[str, Any]]) -> Iterator[Asked]:
	"""Charters that say something, to which the person hasn't agreed."""
	open_ones = [name for name, row in running.items() if not row["agreed_on"]]
	rows = frappe.get_all(
		"Mentoring Group", {"name": ("in", open_ones or [""])}, ["name", "title", *charters.FIELDS]
	)
	for row in rows:
		if not charters.is_empty(row):
			yield Asked("Charter", cstr(row.title), values={"group": row.name})


def _extensions(mine: Mapping[str, Mapping[str, Any]], on: date) -> Iterator[Asked]:
	"""Groups that may go on in a cycle which takes applications now, and of which the person hasn't said so."""
	group, program = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Program")
	rows = (
		frappe.qb.from_(group)
		.join(program)
		.on(program.name == group.program)
		.select(group.name, group.title, group.cycle, group.extended_to, group.extension_cycle)
		.where(group.name.isin(list(mine)) & (program.may_extend == 1))
		.orderby(group.title)
	).run(as_dict=True)
	going_on = [each for each in rows if not each.extended_to]
	cycles = next_cycles({each.cycle for each in going_on}) if going_on else {}
	for each in going_on:
		cycle = cycles.get(each.cycle)
		said = mine[each.name]["said"] and each.extension_cycle == (cycle and cycle.name)
		if cycle and takes_answers(cycle, on) and not said:
			values = {"group": each.name, "cycle": cycle.name}
			yield Asked("Extension", cstr(each.title), cycle.application_until, values=values)
