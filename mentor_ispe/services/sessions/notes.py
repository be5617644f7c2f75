"""A group's summary of a meeting and what the next one is about: written and read by the group only.

Staff open them with a reason, leaving a trace, and the group is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.concurrency.locks import lock_group
from mentor_ispe.domain.sessions.events import MeetingDeleted
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions import gate, group_records
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.services import openings
from mentor_ispe.services.sessions import action_items, sealing

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

NOTE = "Mentoring Session Note"
LONGEST = 20_000
FIELDS = ("summary", "next_focus")


def write(session: str, profile: str, **values: str | None) -> None:
	"""Write `summary` and `next_focus` of a meeting as `profile`, who holds an active seat.

	What isn't given stays as it is; an empty text takes it away.
	"""
	group = group_of(session)
	gate.require(group, profile, gate.WRITE)
	given = {field: cstr(values[field]).strip() for field in FIELDS if values.get(field) is not None}
	if not given:
		return
	if any(len(text) > LONGEST for text in given.values()):
		frappe.throw(
			_("Notes can have up to {0} characters. Please shorten them.").format(LONGEST), exc=RuleViolation
		)
	lock_group(group)
	name = frappe.db.get_value(NOTE, {"session": session}, "name", for_update=True)
	doc = frappe.get_doc(NOTE, name, for_update=True) if name else frappe.new_doc(NOTE)
	doc.update(
		{
			"session": session,
			"mentoring_group": group,
			"written_by": profile,
			"written_on": now_datetime(),
			"content": sealing.add_to(doc.content, given, session),
		}
	)
	group_records.save(doc)


def read(session: str, profile: str) -> dict[str, Any]:
	"""The notes of a meeting for one of the group, and who else opened them."""
	gate.require(group_of(session), profile, gate.READ)
	require_own_session()
	return {**contents(session), "openings": openings.of_notes(session)}


def contents(session: str) -> dict[str, Any]:
	"""What is written; the caller has made sure that the reader may, see `read` and `open_notes`."""
	row = frappe.db.get_value(
		NOTE, {"session": session}, ["written_by", "written_on", "content"], as_dict=True
	)
	values = sealing.unseal(row.content, session) if row else {}
	return {
		**{field: values.get(field, "") for field in FIELDS},
		"written_by": row and frappe.db.get_value("Mentoring Profile", row.written_by, "full_name"),
		"written_on": row and row.written_on,
	}


def open_notes(session: str, user: str, reason: str) -> dict[str, Any]:
	"""The notes and action items of a meeting for a coordinator, who says why.

	Each time anew it is written down, and everyone in the group is told; then it reads.
	"""
	openings.require_opener(user)
	group = group_of(session)
	if not group:
		raise frappe.DoesNotExistError(_("We couldn't find this meeting."))
	openings.store(group, user, reason, session)
	return {
		**contents(session),
		"action_items": action_items.agreed_in(session),
		"carried_items": action_items.carried_into(session),
		"openings": openings.of_notes(session),
	}


def delete_what_was_said(doc: MentoringSession, event: MeetingDeleted) -> None:
	"""The notes of a meeting, the action items agreed in it and the list of who opened them go with it."""
	closed_here = frappe.get_all("Mentoring Action Item", {"closed_in": doc.name}, pluck="name")
	for name in closed_here:
		frappe.db.set_value("Mentoring Action Item", name, "closed_in", None, update_modified=False)
	for doctype in (NOTE, action_items.ITEM, openings.OPENING):
		for name in frappe.get_all(doctype, {"session": doc.name}, pluck="name"):
			group_records.delete(doctype, name)
