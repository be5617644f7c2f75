"""A group's summary of a meeting and what the next one is about: written and read by the group only."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.concurrency.locks import SESSION, lock_group
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions import gate
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.services.sessions import secrets

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
			_("Notes have up to {0} characters; please shorten them.").format(LONGEST), exc=RuleViolation
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
			"content": secrets.add_to(doc.content, given, session),
		}
	)
	with secrets.writing():
		doc.save(ignore_permissions=True)


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
	values = secrets.unseal(row.content, session) if row else {}
	return {
		**{field: values.get(field, "") for field in FIELDS},
		"written_by": row and frappe.db.get_value("Mentoring Profile", row.written_by, "full_name"),
		"written_on": row and row.written_on,
	}


def openings(session: str) -> list[dict[str, Any]]:
	"""Who of the staff opened the notes of this meeting, when and why, the latest first."""
	rows = frappe.get_all(
		"Mentoring Note Opening",
		{"session": session},
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


def group_of(session: str) -> str | None:
	"""The group of a meeting; None when there is no such meeting, which the gate refuses as it does another's."""
	return frappe.db.get_value(SESSION, session, "mentoring_group")
