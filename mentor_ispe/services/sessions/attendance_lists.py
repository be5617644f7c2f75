"""Who comes into planned meetings, and leaves them, without anybody doing it by hand.

Saving a planned meeting brings its list up to date (`step.take`); this module knows when that is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from mentor_ispe.clock import format_short_date
from mentor_ispe.concurrency import locks
from mentor_ispe.domain import events
from mentor_ispe.domain.participants import TrainingNoted
from mentor_ispe.domain.sessions.meetings import SMALLEST_MEETING, invited
from mentor_ispe.readings import readiness
from mentor_ispe.readings.seats import groups_with
from mentor_ispe.services.sessions import planning
from mentor_ispe.services.sessions.planning import open_meeting

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def invite_to_planned_meetings(profile: str) -> list[str]:
	"""Somebody signed or was trained: bring them into the planned meetings of their groups; return these."""
	changed = []
	for group in groups_with([profile], statuses=["Active"]):
		locks.lock_group(group)
		changed += update_planned_meetings(group)
	return changed


def update_meetings_of_group(doc: MentoringGroup, event: events.ActivePeopleChanged) -> None:
	"""What it means for a group's planned meetings that others are active in it; the group and its people are locked."""
	if doc.status != "Active":
		locks.bump_meeting_version(doc.name)
		return  # what was planned is cancelled with the group
	update_planned_meetings(doc.name)


def update_meetings_of_pause(doc: MentoringGroup, event: events.PauseChanged) -> None:
	"""Take somebody who will be away off what is planned, or bring them back; cancel what is left to one person."""
	update_planned_meetings(doc.name)
	for row in _to_come(doc.name):
		day = getdate(row.starts_on)
		listed = frappe.db.count(
			"Mentoring Session Attendance", {"parent": row.name, "parenttype": locks.SESSION}
		)
		if event.seat.is_away(day) and listed < SMALLEST_MEETING:
			back = format_short_date(event.seat.returns_on(day))
			planning.cancel(row.name, _("{0} is away until {1}.").format(event.seat.full_name, back))


def invite_after_training(doc: Mentor | Mentee, event: TrainingNoted) -> None:
	"""Bring somebody whose training was just noted into what is planned."""
	invite_to_planned_meetings(doc.profile)


def update_planned_meetings(group: str) -> list[str]:
	"""Save those of the group's meetings to come whose list or host is out of date; return them."""
	to_come = _to_come(group)
	out_of_date = _out_of_date(group, to_come) if to_come else []
	for name in out_of_date:
		open_meeting(name).save(ignore_permissions=True)
	if not out_of_date:
		locks.bump_meeting_version(group)  # whoever is planning meanwhile looks again at who is ready
	return out_of_date


def _to_come(group: str) -> list[frappe._dict]:
	"""The planned meetings that haven't begun, locked, as they are now."""
	return frappe.db.get_values(
		locks.SESSION,
		{"mentoring_group": group, "status": "Planned", "starts_on": (">", now_datetime())},
		["name", "starts_on", "host"],
		order_by="name",
		for_update=True,
		as_dict=True,
	)


def _out_of_date(group: str, sessions: list[frappe._dict]) -> list[str]:
	known = readiness.load([group])
	listed: dict[str, set[str]] = {row.name: set() for row in sessions}
	for row in frappe.get_all(
		"Mentoring Session Attendance",
		{"parent": ("in", list(listed)), "parenttype": locks.SESSION},
		["parent", "profile"],
	):
		listed[row.parent].add(row.profile)
	found = []
	for row in sessions:
		day, there = getdate(row.starts_on), listed[row.name]
		active = [seat.person.profile for seat in known.seats[group] if seat.is_there(day)]
		wanted = invited([*there], active, known.missing(group, day, None))
		if there != set(wanted) or (row.host and row.host not in active):
			found.append(row.name)
	return found
