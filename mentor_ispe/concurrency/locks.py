"""Row locks, in the order that the folder's own text gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import frappe
from frappe.utils import cint

MENTOR_FIELDS = ("name", "full_name", "profile", "cycle", "status", "seats_offered", "seats_taken")
MENTEE_FIELDS = (
	"name",
	"full_name",
	"profile",
	"cycle",
	"status",
	"mentoring_group",
	"waiting_since",
	"declined_mentors",
	"willing_to_moderate",
)

GROUP, SESSION, MEETING_VERSION = "Mentoring Group", "Mentoring Session", "meetings_changed"

Rows = dict[str, frappe._dict]


class People(NamedTuple):
	"""The rows of the people of a group, locked, by name."""

	mentors: Rows
	mentees: Rows


def lock_people(mentors: Iterable[str], mentees: Iterable[str]) -> People:
	"""Lock these Mentors and Mentees until the transaction ends; return their rows by name.

	One row at a time by primary key: a range would lock the gaps between rows as well. Names that
	don't exist are left out; Frappe's own link validation tells the user.
	"""
	return People(
		_lock("Mentor", mentors, MENTOR_FIELDS),
		_lock("Mentee", mentees, MENTEE_FIELDS),
	)


def lock_people_of(group: str) -> None:
	"""Lock everyone in a stored group, as the first step of locking the group itself."""
	lock_people(*stored_people(group))


def stored_people(group: str) -> tuple[list[str], list[str]]:
	"""(mentors, mentees) of a stored group, whatever their seats; not locked."""
	rows = frappe.get_all(
		"Mentoring Group Member",
		{"parent": group, "parenttype": "Mentoring Group"},
		["participant_type", "participant"],
	)
	mentors = [row.participant for row in rows if row.participant_type == "Mentor"]
	return mentors, [row.participant for row in rows if row.participant_type == "Mentee"]


def lock_row_for_write(doctype: str, name: str) -> None:
	"""Lock a row until the transaction ends, on behalf of others that it stands for.

	It is written as it is, in the place of a locking read. That tells PostgreSQL to undo whoever waited for
	it and began to read before: they would see nothing of the others that were written meanwhile.
	"""
	table = frappe.qb.DocType(doctype)
	frappe.qb.update(table).set(table.name, table.name).where(table.name == name).run()


def lock_group(group: str | None) -> None:
	"""Lock the group's row; as a transaction's first statement, all that it reads afterwards is up to date."""
	if group and isinstance(group, str):
		lock_row_for_write(GROUP, group)


def lock_group_of_meeting(session: str | None) -> None:
	"""Lock the row of the group whose meeting this is."""
	if session and isinstance(session, str):
		group = frappe.db.get_value(SESSION, session, "mentoring_group")
		if group:
			frappe.db.get_value(GROUP, group, "name", for_update=True)  # `bump_meeting_version` writes it


def bump_meeting_version(group: str) -> bool:
	"""Lock the group's row and note there that its meetings change.

	False when another request did the same after this transaction began to read: a list of meetings, seats
	or signatures that it reads may be out of date.
	"""
	seen = cint(frappe.db.get_value(GROUP, group, MEETING_VERSION))
	now = frappe.db.get_value(GROUP, group, MEETING_VERSION, for_update=True)
	frappe.db.set_value(GROUP, group, MEETING_VERSION, cint(now) + 1, update_modified=False)
	return seen == cint(now)


def _lock(doctype: str, names: Iterable[str], fields: tuple[str, ...]) -> Rows:
	rows = {}
	for name in sorted(set(names)):
		row = frappe.db.get_value(doctype, name, fields, as_dict=True, for_update=True)
		if row:
			rows[row.name] = row  # MariaDB also finds it by another spelling
	return rows
