"""The work queue of whoever keeps a group going, for all their groups at once.

That is the moderator. Where a group has none it is the mentor, in a pair the mentee, who keeps the schedule,
and in a circle every peer, since the host changes from meeting to meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Max
from frappe.utils import (
	cint,
	cstr,
	get_datetime,
	get_system_timezone,
	getdate,
	now_datetime,
	strip_html,
)

from mentor_ispe.clock import day_text
from mentor_ispe.domain import charters
from mentor_ispe.domain import moderating as domain
from mentor_ispe.domain.feedback.kinds import codes_of
from mentor_ispe.domain.next_steps import KINDS
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.sessions.local_times import local_times
from mentor_ispe.readings import readiness
from mentor_ispe.readings.seats import groups_with, seats_by_group

# The mentor of a pair is asked to record what wasn't, as the mail about it does; the rest is the mentee's.
RECORDS = frozenset({"Record"})


@dataclass(frozen=True)
class GroupTasks:
	"""What there is to do in one group; `role` is what the person is there. Tasks are plain dicts:

	`kind` (`domain.moderating.KINDS`), `words`, `people` (names), `meeting`, `due`, and `day`: the day of it in words.
	"""

	group: str
	title: str
	role: str
	tasks: list[dict[str, Any]]


@dataclass
class _Group:
	name: str
	title: str
	not_agreed: list[str]
	people: dict[str, str]
	role: str = ""
	charter: bool = False
	only: frozenset[str] = frozenset(domain.KINDS)
	"""The kinds of tasks that are the person's."""
	ends_on: date = date.max


def queue(
	profile: str, now: datetime | None = None, among: Collection[str] | None = None
) -> list[GroupTasks]:
	"""What this person has to do now, group by group; a constant number of queries.

	`among` are the groups to look at, when the caller knows in which the person is; else all of theirs.
	"""
	moment = now or now_datetime()
	names = groups_with([profile], statuses=["Active"]) if among is None else among
	groups = _groups_kept_by(profile, names, moment.date())
	names = list(groups)
	if not names:
		return []
	zone = frappe.db.get_value("Mentoring Profile", profile, "time_zone")
	meetings = _meetings(names)
	feedback, wrote = _feedback(names), _last_written(profile, names)
	unsigned = readiness.missing_in(names, moment.date())
	result = []
	for name, group in groups.items():
		situation = domain.Situation(
			people=group.people,
			meetings=meetings[name],
			feedback=feedback[name],
			unsigned=list(unsigned.get(name, ())),
			not_agreed=group.not_agreed,
			charter=group.charter,
			ends_on=group.ends_on,
			wrote_on=wrote.get(name),
		)
		own = [task for task in domain.tasks(situation, moment) if task.kind in group.only]
		tasks = [told for task in own if (told := _told(task, group, zone, profile))]
		if tasks or group.only == frozenset(domain.KINDS):
			result.append(GroupTasks(name, group.title, group.role, tasks))
	return result


def _groups_kept_by(profile: str, names: Collection[str], day: date) -> dict[str, _Group]:
	"""Those of the groups that run and that this person keeps going, by name; who is away has nothing to do."""
	of, cycle = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Cycle")
	heads = (
		frappe.qb.from_(of)
		.join(cycle)
		.on(cycle.name == of.cycle)
		.select(of.name, of.title, of.format, cycle.end_date, *(of[field] for field in charters.FIELDS))
		.where((of.status == "Active") & of.name.isin(sorted(set(names)) or [""]))
		.orderby(of.title)
		.orderby(of.name)
	).run(as_dict=True)
	people = seats_by_group([head.name for head in heads], statuses=["Active"])
	kept = {}
	for head in heads:
		here = [seat for seat in people[head.name] if not seat.is_away(day)]
		role = _role(profile, cstr(head.format), here)
		records = head.format == "One-on-One" and any(seat.profile == profile for seat in here)
		if role or records:
			kept[head.name] = _Group(
				head.name,
				cstr(head.title),
				[seat.profile for seat in here if not seat.charter_agreed_on],
				{seat.profile: seat.full_name for seat in here},
				role or "Mentor",
				not charters.is_empty(head),
				frozenset(domain.KINDS) if role else RECORDS,
				getdate(head.end_date),
			)
	return kept


def _role(profile: str, format: str, people: Sequence[Seat]) -> str:
	"""As what the person keeps the group going; empty when somebody else does."""
	moderator = next((seat.profile for seat in people if seat.is_moderator), None)
	if moderator:
		return "Moderator" if moderator == profile else ""
	mine = next((seat for seat in people if seat.profile == profile), None)
	if mine is None or mine.is_mentor != (format == "Group"):
		return ""
	return mine.role


def _meetings(groups: Collection[str]) -> defaultdict[str, list[domain.Meeting]]:
	"""Every meeting that is planned, and those held, with who came and who answered."""
	rows = frappe.get_all(
		"Mentoring Session",
		{"mentoring_group": ("in", list(groups)), "status": ("in", ("Planned", "Held"))},
		["name", "mentoring_group", "status", "starts_on", "duration_minutes", "agenda"],
		order_by="starts_on",
	)
	found: defaultdict[str, list[domain.Meeting]] = defaultdict(list)
	if not rows:
		return found
	names = [row.name for row in rows]
	with_resources = set(
		frappe.get_all(
			"Mentoring Resource Item",
			{"parent": ("in", names), "parenttype": "Mentoring Session"},
			pluck="parent",
		)
	)
	people: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
	for each in frappe.get_all(
		"Mentoring Session Attendance",
		{"parent": ("in", names), "parenttype": "Mentoring Session"},
		["parent", "profile", "attended", "answer"],
	):
		people[each.parent]["attended" if each.attended else "absent"].add(each.profile)
		if each.answer:
			people[each.parent]["answered"].add(each.profile)
	for row in rows:
		found[row.mentoring_group].append(
			domain.Meeting(
				name=row.name,
				status=row.status,
				starts_on=get_datetime(row.starts_on),
				minutes=cint(row.duration_minutes),
				prepared=row.name in with_resources or bool(strip_html(cstr(row.agenda)).strip()),
				**{key: frozenset(people[row.name][key]) for key in ("absent", "attended", "answered")},
			)
		)
	return found


def _last_written(profile: str, groups: Collection[str]) -> dict[str, datetime]:
	"""When the person last wrote to each of these groups; one query."""
	message = frappe.qb.DocType("Mentoring Message")
	rows = (
		frappe.qb.from_(message)
		.select(message.mentoring_group, Max(message.written_on))
		.where((message.written_by == profile) & message.mentoring_group.isin(list(groups)))
		.groupby(message.mentoring_group)
	).run()
	return {group: get_datetime(moment) for group, moment in rows}


def _feedback(groups: Collection[str]) -> defaultdict[str, list[str]]:
	found: defaultdict[str, list[str]] = defaultdict(list)
	for row in frappe.get_all(
		"Mentoring Feedback Request",
		{
			"mentoring_group": ("in", list(groups)),
			"status": "Open",
			"kind": ("not in", codes_of(about="program")),
		},
		["mentoring_group", "profile"],
	):
		found[row.mentoring_group].append(row.profile)
	return found


def _told(task: domain.Task, group: _Group, zone: str | None, reader: str) -> dict[str, Any] | None:
	"""The task in words, its day on the clock of the reader, which shows the time zone `zone`.

	None when it waits for the reader alone: what they owe themselves they are told as everybody is.
	"""
	names = [group.people[profile] for profile in task.people if profile != reader]
	if task.people and not names:
		return None
	due = ""
	if task.due:
		here = local_times(get_datetime(task.due), get_system_timezone(), {"": zone})[0].starts_on
		due = day_text(here.date())
	return {
		"kind": task.kind,
		"words": _(KINDS[task.kind].words).format(people=", ".join(names), due=due),
		"people": names,
		"meeting": task.meeting,
		"due": task.due,
		"day": due,
	}
