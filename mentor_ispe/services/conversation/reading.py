"""The conversation of a group as one of its people reads it, a page at a time."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.conversations import text_and_links
from mentor_ispe.domain.message_files import PICTURES
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.faces import Face, faces
from mentor_ispe.services.conversation import access, files, read_marks
from mentor_ispe.services.conversation.writing import MESSAGE
from mentor_ispe.services.groups.group_view import View
from mentor_ispe.services.sessions import sealing

PAGE = 30
NOBODY = Face("", "", "", False)
FIELDS = ("name", "mentoring_group", "number", "written_by", "written_on", "deleted_on", "content")


def page(group: str, profile: str, before: int = 0, view: View | None = None) -> dict[str, Any]:
	"""The messages before the one of this number, 0 for the newest; for somebody who reads the conversation.

	{"messages": oldest first, "earlier": the number to go on from, 0 when there are none}. `view` is the group as
	`access.require_reader` gives it, where it is at hand. Five queries, however many messages there are.
	"""
	view = view or access.require_reader(group, profile)
	require_own_session()
	filters: dict[str, Any] = {"mentoring_group": view.name}
	if before > 0:
		filters["number"] = ("<", before)
	rows = frappe.get_all(MESSAGE, filters, FIELDS, order_by="number desc", limit=PAGE + 1)
	shown = rows[:PAGE][::-1]
	return {
		"messages": _readable(shown, profile, read_marks.of_others(view.name, profile)),
		"earlier": shown[0].number if len(rows) > PAGE else 0,
	}


def newer(group: str, profile: str, after: int) -> list[dict[str, Any]]:
	"""The messages after the one of this number, oldest first, up to a page of them."""
	view = access.require_reader(group, profile)
	require_own_session()
	filters = {"mentoring_group": view.name, "number": (">", after)}
	rows = frappe.get_all(MESSAGE, filters, FIELDS, order_by="number", limit=PAGE)
	# Pages ask every few seconds, mostly in vain.
	return _readable(rows, profile, read_marks.of_others(view.name, profile)) if rows else []


def one(message: str, profile: str) -> dict[str, Any]:
	"""One message for somebody who reads its conversation; the same PermissionError where there is none."""
	row = frappe.db.get_value(MESSAGE, message, FIELDS, as_dict=True) or frappe._dict()
	view = access.require_reader(row.mentoring_group or "", profile)
	require_own_session()
	return _readable([row], profile, [])[0] | {"group": view.name}


def file_of(message: str, profile: str) -> files.Attachment:
	"""The file of a message, for those who read the conversation and for whoever sent it."""
	row = frappe.db.get_value(MESSAGE, message, FIELDS, as_dict=True) or frappe._dict()
	if not row or row.written_by != profile:
		access.require_reader(row.mentoring_group or "", profile)
	require_own_session()
	words = sealing.unseal(row.content, message)
	if "file_name" not in words:
		frappe.throw(_("This file was deleted."), exc=frappe.DoesNotExistError)
	return files.Attachment(words["file_name"], words["file_kind"], files.read(message))


def _readable(rows: list[frappe._dict], profile: str, marks: list[read_marks.Mark]) -> list[dict[str, Any]]:
	writers = faces({row.written_by for row in rows if row.written_by})
	found = []
	for row in rows:
		words = sealing.unseal(row.content, row.name)
		writer = writers.get(row.written_by, NOBODY)
		mine = row.written_by == profile
		found.append(
			{
				"name": row.name,
				"number": row.number,
				"written_by": row.written_by,
				"full_name": writer.full_name,
				"initials": writer.initials,
				"photo": writer.photo,
				"tone": writer.tone,
				"written_on": row.written_on,
				"mine": mine,
				"deleted": bool(row.deleted_on),
				"text": words.get("text", ""),
				"file": _file(words),
				"read_by": [mark.full_name for mark in marks if mark.number >= row.number] if mine else [],
			}
		)
	return found


def _file(words: dict[str, str]) -> dict[str, Any] | None:
	if "file_name" not in words:
		return None
	return {"name": words["file_name"], "picture": words["file_kind"] in PICTURES}


def pieces(text: str) -> list[tuple[str, bool]]:
	"""The text in pieces, each with whether it is a link; for a page."""
	return list(text_and_links(text))
