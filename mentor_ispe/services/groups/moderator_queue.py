"""The work queue of whoever keeps a group going, for all their groups at once.

That is the moderator. Where a group has none it is the mentor, in a pair the mentee, who keeps the schedule,
and in a circle every peer, since the host changes from meeting to meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import (
	cint,
	cstr,
	format_date,
	get_datetime,
	get_system_timezone,
	now_datetime,
	strip_html,
)

from mentor_ispe.domain import moderating as domain
from mentor_ispe.domain.sessions.local_times import local_times
from mentor_ispe.domain.violations import N_
from mentor_ispe.services.readiness import readiness

ASKED_OF_THE_GROUP = ("Session", "Check-in", "Group Update", "Closing")
# Translated when somebody reads them.
WORDS = {
	"Record": N_("Record the meeting of {due}: who was there, and for how long."),
	"Schedule": N_("Plan the next meeting."),
	"Prepare": N_("Send the agenda and what to read for the meeting of {due}."),
	"Quiet": N_("Ask how they are: {people} missed the last two meetings and said nothing since."),
	"Charter": N_("Agree on the charter: {people} haven't yet."),
	"Sign": N_("Remind {people} to sign what is to be signed and to take the training."),
	"Feedback": N_("Remind {people} of the feedback asked of them."),
}


@dataclass(frozen=True)
class GroupTasks:
	"""What there is to do in one group; `role` is what the person is there. Tasks are plain dicts:

	`kind` (`domain.moderating.KINDS`), `words`, `people` (names), `meeting` and `due`.
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


def queue(
	profile: str, now: datetime | None = None, among: Collection[str] | None = None
) -> list[GroupTasks]:
	"""What this person has to do now, group by group; a constant number of queries.

	`among` are the groups to look at, when the caller knows in which the person is; else all of theirs.
	"""
	moment = now or now_datetime()
	groups = _groups_kept_by(profile, _groups_with(profile) if among is None else among)
	names = list(groups)
	if not names:
		return []
	zone = frappe.db.get_value("Mentoring Profile", profile, "time_zone")
	meetings = _meetings(names)
	feedback = _feedback(names)
	unsigned = readiness.missing_in(names, moment.date())
	result = []
	for name, group in groups.items():
		situation = domain.Situation(
			people=group.people,
			meetings=meetings[name],
			feedback=feedback[name],
			unsigned=list(unsigned.get(name, ())),
			not_agreed=group.not_agreed,
		)
		tasks = (_told(task, group, zone, profile) for task in domain.tasks(situation, moment))
		result.append(GroupTasks(name, group.title, group.role, [task for task in tasks if task]))
	return result


def _groups_with(profile: str) -> list[str]:
	"""The groups in which the person is, as mentor or as one of the others."""
	group, mentor = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentor")
	row = frappe.qb.DocType("Mentoring Group Member")
	as_member = (
		frappe.qb.from_(row).select(row.parent).where((row.profile == profile) & (row.status == "Active"))
	).run(pluck=True)
	as_mentor = (
		frappe.qb.from_(group)
		.join(mentor)
		.on(mentor.name == group.mentor)
		.select(group.name)
		.where((mentor.profile == profile) & (group.status == "Active"))
	).run(pluck=True)
	# Asked for both at once, the database walks through every group that there is.
	return [*as_member, *as_mentor]


def _groups_kept_by(profile: str, names: Collection[str]) -> dict[str, _Group]:
	"""Those of the groups that run and that this person keeps going, by name."""
	if not names:
		return {}
	group, mentor = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentor")
	heads = (
		frappe.qb.from_(group)
		.left_join(mentor)
		.on(mentor.name == group.mentor)
		.select(
			group.name,
			group.title,
			group.format,
			group.mentor_status,
			group.mentor_charter_agreed_on,
			mentor.profile,
			mentor.full_name,
		)
		.where((group.status == "Active") & group.name.isin(sorted(set(names))))
		.orderby(group.title)
		.orderby(group.name)
	).run(as_dict=True)
	if not heads:
		return {}
	members = defaultdict(list)
	for member in frappe.get_all(
		"Mentoring Group Member",
		{
			"parent": ("in", [head.name for head in heads]),
			"parenttype": "Mentoring Group",
			"status": "Active",
		},
		["parent", "profile", "full_name", "is_moderator", "charter_agreed_on"],
		order_by="parent, idx",
	):
		members[member.parent].append(member)
	kept = {}
	for head in heads:
		active_mentor = head.profile if head.mentor_status == "Active" else None
		role = _role(profile, cstr(head.format), active_mentor, members[head.name])
		if not role:
			continue
		people = {active_mentor: cstr(head.full_name)} if active_mentor else {}
		people.update({member.profile: cstr(member.full_name) for member in members[head.name]})
		waits_for = [active_mentor] if active_mentor and not head.mentor_charter_agreed_on else []
		waits_for += [member.profile for member in members[head.name] if not member.charter_agreed_on]
		kept[head.name] = _Group(head.name, cstr(head.title), waits_for, people, role)
	return kept


def _role(profile: str, format: str, mentor: str | None, members: Sequence[frappe._dict]) -> str:
	"""As what the person keeps the group going; empty when somebody else does."""
	moderator = next((member.profile for member in members if member.is_moderator), None)
	if moderator:
		return "Moderator" if moderator == profile else ""
	is_member = any(member.profile == profile for member in members)
	if format == "Group":
		return "Mentor" if mentor == profile else ""
	if format == "Peer Circle":
		return "Peer" if is_member else ""
	return "Mentee" if is_member else ""


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


def _feedback(groups: Collection[str]) -> defaultdict[str, list[str]]:
	found: defaultdict[str, list[str]] = defaultdict(list)
	for row in frappe.get_all(
		"Mentoring Feedback Request",
		{"mentoring_group": ("in", list(groups)), "status": "Open", "kind": ("in", ASKED_OF_THE_GROUP)},
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
		due = format_date(here.date(), "long")
	return {
		"kind": task.kind,
		"words": _(WORDS[task.kind]).format(people=", ".join(names), due=due),
		"people": names,
		"meeting": task.meeting,
		"due": task.due,
	}
