"""Who moves and cancels a group's meetings and closes its action items; who it was."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.clock import today
from mentor_ispe.domain.sessions import managing as domain
from mentor_ispe.readings.profiles import names_of, profile_of
from mentor_ispe.readings.seats import seats

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession


def managers_of(group: str) -> frozenset[str]:
	"""The profiles of those who may, by the choice of the group's program; two queries."""
	of, program = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Program")
	rows = (
		frappe.qb.from_(of)
		.join(program)
		.on(program.name == of.program)
		.select(program.meetings_managed_by, of.format)
		.where(of.name == group)
	).run()
	choice, format = rows[0] if rows else ("", "")
	return domain.managers(cstr(choice), cstr(format), seats([group], statuses=["Active"]), today())


def may_move(meeting: MentoringSession, profile: str, managers: Collection[str]) -> bool:
	"""Whether the person may move or cancel this meeting: also its host, and whoever planned it."""
	return profile in managers or profile in (meeting.host, profile_of(meeting.owner))


def require_mover(meeting: MentoringSession, profile: str) -> None:
	"""Refuse whoever may not move or cancel the meeting, and say who may."""
	managers = managers_of(meeting.mentoring_group)
	if not may_move(meeting, profile, managers):
		frappe.throw(
			_("You can't move or cancel this meeting. Ask {0}, or suggest another time.").format(
				", ".join(names_of(managers).values())
			),
			exc=frappe.PermissionError,
		)


def require_closer(group: str, profile: str, assigned_to: str | None) -> None:
	"""Refuse whoever may not close an action item of somebody else; one of everybody is everybody's."""
	if assigned_to in (None, "", profile):
		return
	managers = managers_of(group)
	if profile not in managers:
		frappe.throw(
			_("This action item is someone else's. Only they or {0} can close it.").format(
				", ".join(names_of(managers).values())
			),
			exc=frappe.PermissionError,
		)
