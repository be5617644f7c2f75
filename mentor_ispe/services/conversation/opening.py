"""The conversation of a group as staff open it."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.readings.profiles import names_of
from mentor_ispe.services import openings
from mentor_ispe.services.conversation.writing import MESSAGE
from mentor_ispe.services.sessions import sealing

MOST = 200
FIELDS = ("name", "number", "written_by", "written_on", "deleted_on", "content")


def open_conversation(group: str, user: str, reason: str, before: int = 0) -> dict[str, Any]:
	"""The last messages of a group for a coordinator who says why: {"messages", "earlier", "openings"}.

	Up to MOST of them, oldest first, those before the number `before` if it is given. Each time anew it is written
	down, and everyone in the group is told; then it reads.
	"""
	openings.require_opener(user)
	openings.store(group, user, reason)
	filters: dict[str, Any] = {"mentoring_group": group}
	if before > 0:
		filters["number"] = ("<", before)
	rows = frappe.get_all(MESSAGE, filters, FIELDS, order_by="number desc", limit=MOST + 1)
	shown = rows[:MOST][::-1]
	names = names_of(row.written_by for row in shown)
	return {
		"messages": [_opened(row, names) for row in shown],
		"earlier": shown[0].number if len(rows) > MOST else 0,
		"openings": openings.of_messages(group),
	}


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
