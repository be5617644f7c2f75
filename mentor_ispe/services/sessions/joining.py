"""Who comes into planned meetings, and leaves them, without anybody doing it by hand.

Saving a planned meeting brings its list up to date (`step.take`); this module knows when that is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, now_datetime

from mentor_ispe.domain.groups import Group, Seat
from mentor_ispe.mails import meeting_steps
from mentor_ispe.services import readiness
from mentor_ispe.services.sessions import locking
from mentor_ispe.services.standing import today
from mentor_ispe.services.suspend import seats_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

TRAINED = ("training_completed", "moderator_training_completed")


def join_planned(profile: str) -> list[str]:
	"""Somebody signed or was trained: bring them into the planned meetings of their groups; return these."""
	changed = []
	for group in seats_of(profile, ("Active",)):
		locking.hold(group)
		changed += bring_up_to_date(group)
	return changed


def follow_group(doc: MentoringGroup, before: Group | None, after: Group) -> None:
	"""What a step of a group means for its planned meetings; the group and its people are locked.

	Costs nothing unless somebody's seat became active or stopped being so.
	"""
	was, now = _active(before), _active(after)
	if was == now:
		return
	if after.status != "Active":
		return  # what was planned is cancelled with the group, by group_close
	bring_up_to_date(doc.name)
	if after.status == "Active" and now - was:
		missing = readiness.missing(doc.name, today())
		arrived = _profiles(doc, now - was)
		meeting_steps.tell_what_is_missing(
			doc.name, {profile: lacks for profile, lacks in missing.items() if profile in arrived}
		)


def follow_training(doc: Mentor | Mentee) -> None:
	"""Bring somebody whose training was just noted into what is planned."""
	stored = doc.get_doc_before_save()
	if stored and any(cint(doc.get(field)) > cint(stored.get(field)) for field in TRAINED):
		join_planned(doc.profile)


def bring_up_to_date(group: str) -> list[str]:
	"""Save the group's meetings to come, whose lists follow; return those whose list changed."""
	changed = []
	for session in _to_come(group):
		before = {row.profile for row in session.attendance}
		session.save(ignore_permissions=True)
		if {row.profile for row in session.attendance} != before:
			changed.append(session.name)
	if not changed:
		locking.begin_change(group)  # whoever is planning meanwhile looks again at who is ready
	return changed


def _to_come(group: str) -> Iterable[MentoringSession]:
	"""The planned meetings that haven't begun, locked, as they are now, one after the other."""
	names = frappe.db.get_values(
		locking.SESSION,
		{"mentoring_group": group, "status": "Planned", "starts_on": (">", now_datetime())},
		"name",
		order_by="name",
		for_update=True,
		pluck="name",
	)
	for name in names:
		yield locking.open_meeting(name)


def _active(group: Group | None) -> set[tuple[str, str]]:
	if group is None or group.status != "Active":
		return set()
	seats: list[tuple[str, Seat | None]] = [("Mentor", group.mentor)]
	seats += [("Mentee", seat) for seat in group.members]
	return {(side, seat.person) for side, seat in seats if seat and seat.status == "Active"}


def _profiles(doc: MentoringGroup, arrived: set[tuple[str, str]]) -> set[str]:
	found = {row.profile for row in doc.members if ("Mentee", row.mentee) in arrived}
	if ("Mentor", doc.mentor) in arrived:
		found.add(frappe.db.get_value("Mentor", doc.mentor, "profile"))
	return found
