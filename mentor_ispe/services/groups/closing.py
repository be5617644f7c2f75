"""What ends with a running group, or when somebody leaves it: planned meetings, and feedback that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain import events
from mentor_ispe.services.sessions import planning

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

# Asked for at the end of a group: these stay open when it closes.
ASKED_AT_THE_END = ("Closing", "Program")


def cancel_meetings(doc: MentoringGroup, event: events.GroupClosed) -> None:
	"""Cancel what was planned in a group that closed."""
	cancel_planned_sessions(doc.name, _("{0} has ended.").format(doc.title))


def waive_feedback(doc: MentoringGroup, event: events.GroupClosed) -> None:
	"""After an early ending ask for no more feedback than the closing one."""
	if doc.status == "Ended Early":
		waive_requests(doc.name)


def waive_feedback_of(doc: MentoringGroup, event: events.SomebodyLeft) -> None:
	"""Ask whoever left for nothing more."""
	waive_requests(doc.name, event.seat.profile)


def cancel_planned_sessions(group: str, reason: str) -> list[str]:
	"""Cancel the group's meetings that are still to come; the session's own rules tell those invited."""
	planned = frappe.db.get_values(
		"Mentoring Session",
		{"mentoring_group": group, "status": "Planned", "starts_on": (">", now_datetime())},
		"name",
		order_by="starts_on",
		for_update=True,  # also those that another request planned a moment ago
		pluck="name",
	)
	for name in planned:
		planning.cancel(name, reason)
	return planned


def waive_requests(group: str, profile: str | None = None) -> None:
	"""Ask no more for the feedback that only a running group owes, of one person or of everybody in it."""
	request = frappe.qb.DocType("Mentoring Feedback Request")
	query = (
		frappe.qb.update(request)
		.set(request.status, "Waived")
		.set(request.modified, now_datetime())
		.where((request.mentoring_group == group) & (request.status == "Open"))
		.where(request.kind.notin(ASKED_AT_THE_END))
	)
	if profile:
		query = query.where(request.profile == profile)
	query.run()
