"""Messages in the copy of a person's data, and when the person is erased."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.query_builder import DocType

from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.profiles import names_of
from mentor_ispe.services.conversation import read_marks, writing
from mentor_ispe.services.sessions import sealing

MESSAGE = writing.MESSAGE


def export(profile: str, readable: list[str]) -> list[dict[str, Any]]:
	"""The messages that the person wrote, in whatever group, and all those of the `readable` groups; oldest first."""
	require_own_session()
	message = DocType(MESSAGE)
	rows = (
		frappe.qb.from_(message)
		.select(
			message.name, message.mentoring_group, message.written_by, message.written_on, message.content
		)
		.where((message.written_by == profile) | message.mentoring_group.isin(readable or [""]))
		.where(message.deleted_on.isnull())
		.orderby(message.mentoring_group)
		.orderby(message.number)
	).run(as_dict=True)
	names = names_of(row.written_by for row in rows)
	return [_exported(row, names) for row in rows]


def _exported(row: frappe._dict, names: dict[str, str]) -> dict[str, Any]:
	words = sealing.unseal(row.content, row.name)
	return {
		"mentoring_group": row.mentoring_group,
		"written_by": names.get(row.written_by, ""),
		"written_on": row.written_on,
		"text": words.get("text", ""),
		**({"file": words["file_name"], "message": row.name} if "file_name" in words else {}),
	}


def erase(profile: str) -> None:
	"""Take the words and files of everything that the person wrote, and how far they had read."""
	written = frappe.get_all(MESSAGE, {"written_by": profile, "deleted_on": ("is", "not set")}, pluck="name")
	writing.clear(written)
	frappe.db.delete(read_marks.MARK, {"profile": profile})
