"""A group's summary of a meeting and what the next one is about: written and read by the group only.

Staff open them with a reason, leaving a trace, and the group is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.concurrency.locks import lock_group
from mentor_ispe.domain.sessions.events import MeetingDeleted, NotesOpened
from mentor_ispe.domain.sessions.private_words import check_reason
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.permissions import gate, group_records
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.readings.seats import profiles_in
from mentor_ispe.services.sessions import action_items, sealing

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

NOTE, OPENING = "Mentoring Session Note", "Mentoring Note Opening"
MAY_OPEN = frozenset({"Mentoring Coordinator", "System Manager", "Administrator"})
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
	return {**contents(session), "openings": openings(session)}


def contents(session: str) -> dict[str, Any]:
	"""What is written; the caller has made sure that the reader may, see `read` and `opening.open_notes`."""
	row = frappe.db.get_value(
		NOTE, {"session": session}, ["written_by", "written_on", "content"], as_dict=True
	)
	values = sealing.unseal(row.content, session) if row else {}
	return {
		**{field: values.get(field, "") for field in FIELDS},
		"written_by": row and frappe.db.get_value("Mentoring Profile", row.written_by, "full_name"),
		"written_on": row and row.written_on,
	}


def openings(session: str | None, group: str | None = None) -> list[dict[str, Any]]:
	"""Who of the staff opened the notes of this meeting, or the messages of this group; the latest first."""
	of_messages = {"mentoring_group": group, "session": ("is", "not set")}
	rows = frappe.get_all(
		OPENING,
		{"session": session} if session else of_messages,
		["opened_by", "opened_on", "reason"],
		order_by="opened_on desc",
	)
	names = {
		row.name: row.full_name
		for row in frappe.get_all(
			"User", {"name": ("in", [row.opened_by for row in rows] or [""])}, ["name", "full_name"]
		)
	}
	return [{**row, "opened_by": names.get(row.opened_by) or row.opened_by} for row in rows]


def open_notes(session: str, user: str, reason: str) -> dict[str, Any]:
	"""The notes and action items of a meeting for a coordinator, who says why.

	Writes a Mentoring Note Opening, tells everyone in the group and commits that, each time anew; then it reads.
	The trace is committed before a word is decrypted, so that nothing that goes wrong later takes it back. The
	coordinators are signed in themselves, so that the group reads who it was.
	"""
	if not MAY_OPEN & set(frappe.get_roles(user)):
		raise frappe.PermissionError(_("Only coordinators can ask to open a group's notes."))
	require_own_session()
	group = group_of(session)
	if not group:
		raise frappe.DoesNotExistError(_("We couldn't find this meeting."))
	words = " ".join(reason.split())
	raise_violations(check_reason(words))
	_store_opening(session, group, user, words)
	frappe.db.commit()
	return {
		**contents(session),
		"action_items": action_items.agreed_in(session),
		"carried_items": action_items.carried_into(session),
		"openings": openings(session),
	}


def _store_opening(session: str, group: str, user: str, reason: str) -> None:
	doc = frappe.new_doc(OPENING)
	doc.update(
		{
			"session": session,
			"mentoring_group": group,
			"opened_by": user,
			"opened_on": now_datetime(),
			"reason": reason,
		}
	)
	group_records.save(doc)
	_tell_group(doc)


def _tell_group(opening: Any) -> None:
	people = profiles_in(opening.mentoring_group, gate.READ)
	rows = frappe.get_all("Mentoring Profile", {"name": ("in", people or [""])}, ["name", "time_zone"])
	starts_on = frappe.db.get_value("Mentoring Session", opening.session, "starts_on")
	zones = {row.name: row.time_zone for row in rows}
	raise_events(opening, [NotesOpened(starts_on, zones)])


def delete_what_was_said(doc: MentoringSession, event: MeetingDeleted) -> None:
	"""The notes of a meeting, the action items agreed in it and the list of who opened them go with it."""
	closed_here = frappe.get_all("Mentoring Action Item", {"closed_in": doc.name}, pluck="name")
	for name in closed_here:
		frappe.db.set_value("Mentoring Action Item", name, "closed_in", None, update_modified=False)
	for doctype in ("Mentoring Session Note", "Mentoring Action Item", "Mentoring Note Opening"):
		for name in frappe.get_all(doctype, {"session": doc.name}, pluck="name"):
			group_records.delete(doctype, name)
