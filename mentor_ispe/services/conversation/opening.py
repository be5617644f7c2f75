"""Staff open the conversation of a group: with a reason, leaving a trace, and the group is told."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain.conversations import ConversationOpened
from mentor_ispe.domain.sessions.private_words import check_reason
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.permissions import gate, group_records
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.seats import profiles_in
from mentor_ispe.services.conversation import read_marks
from mentor_ispe.services.conversation.writing import MESSAGE
from mentor_ispe.services.sessions import notes, sealing

MOST = 200
FIELDS = ("name", "number", "written_by", "written_on", "deleted_on", "content")


def open_conversation(group: str, user: str, reason: str, before: int = 0) -> dict[str, Any]:
	"""The last messages of a group for a coordinator who says why: {"messages", "earlier", "openings"}.

	Up to MOST of them, oldest first, those before the number `before` if it is given. Each time a Mentoring Note
	Opening is written, everyone in the group is told, and that is committed before a word is decrypted, as for notes.
	"""
	if not notes.MAY_OPEN & set(frappe.get_roles(user)):
		raise frappe.PermissionError(_("Only coordinators can ask to open a group's messages."))
	require_own_session()
	words = " ".join(reason.split())
	raise_violations(check_reason(words))
	_store_opening(group, user, words)
	frappe.db.commit()
	filters: dict[str, Any] = {"mentoring_group": group}
	if before > 0:
		filters["number"] = ("<", before)
	rows = frappe.get_all(MESSAGE, filters, FIELDS, order_by="number desc", limit=MOST + 1)
	shown = rows[:MOST][::-1]
	names = read_marks.names_of({row.written_by for row in shown})
	return {
		"messages": [_opened(row, names) for row in shown],
		"earlier": shown[0].number if len(rows) > MOST else 0,
		"openings": openings(group),
	}


def openings(group: str) -> list[dict[str, Any]]:
	"""Who of the staff opened the messages of this group, when and why, the latest first."""
	return notes.openings(None, group)


def _opened(row: frappe._dict, names: dict[str, str]) -> dict[str, Any]:
	words = sealing.unseal(row.content, row.name)
	return {
		"number": row.number,
		"full_name": names.get(row.written_by, ""),
		"written_on": row.written_on,
		"deleted": bool(row.deleted_on),
		"text": words.get("text", ""),
		"file_name": words.get("file_name", ""),
	}


def _store_opening(group: str, user: str, reason: str) -> None:
	doc = frappe.new_doc(notes.OPENING)
	doc.update({"mentoring_group": group, "opened_by": user, "opened_on": now_datetime(), "reason": reason})
	group_records.save(doc)
	people = profiles_in(group, ("Accepted", *gate.READ))
	rows = frappe.get_all("Mentoring Profile", {"name": ("in", people or [""])}, ["name", "time_zone"])
	raise_events(doc, [ConversationOpened({row.name: row.time_zone for row in rows})])
