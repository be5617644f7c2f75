"""Row locks of the people in a group, always taken in one order so that no two requests cross.

Order: mentors by name, mentees by name, the group, and its cycle last (`open_cycle`). What a locking read
returns is the latest committed state, also when this transaction read an older one before; so the rules
for seats look at these rows only. PostgreSQL undoes a transaction instead that read an older state of a
row, and it is done again (`exceptions.UNDONE`).
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe

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

Rows = dict[str, frappe._dict]


def lock_people(mentors: Iterable[str], mentees: Iterable[str]) -> tuple[Rows, Rows]:
	"""Lock these Mentors and Mentees until the transaction ends; return their rows by name.

	One row at a time by primary key: a range would lock the gaps between rows as well. Names that
	don't exist are left out; Frappe's own link validation tells the user.
	"""
	return (
		_lock("Mentor", mentors, MENTOR_FIELDS),
		_lock("Mentee", mentees, MENTEE_FIELDS),
	)


def lock_people_of(group: str) -> None:
	"""Lock everyone in a stored group, as the first step of locking the group itself."""
	lock_people(*stored_people(group))


def stored_people(group: str) -> tuple[list[str], list[str]]:
	"""(mentors, mentees) of a stored group, whatever their seats; not locked."""
	mentor = frappe.db.get_value("Mentoring Group", group, "mentor")
	mentees = frappe.get_all("Mentoring Group Member", {"parent": group}, pluck="mentee")
	return [mentor] if mentor else [], mentees


def take_turns(doctype: str, name: str) -> None:
	"""Lock a row until the transaction ends, on behalf of others that it stands for.

	It is written as it is, in the place of a locking read. That tells PostgreSQL to undo whoever waited for
	it and began to read before: they would see nothing of the others that were written meanwhile.
	"""
	table = frappe.qb.DocType(doctype)
	frappe.qb.update(table).set(table.name, table.name).where(table.name == name).run()


def _lock(doctype: str, names: Iterable[str], fields: tuple[str, ...]) -> Rows:
	rows = {}
	for name in sorted(set(names)):
		row = frappe.db.get_value(doctype, name, fields, as_dict=True, for_update=True)
		if row:
			rows[row.name] = row  # MariaDB also finds it by another spelling
	return rows
