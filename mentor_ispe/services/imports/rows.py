"""The rows of an import as they are kept: what was read of each, what would happen with it, and what did."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import frappe
from frappe.query_builder import Order
from frappe.utils import now

from mentor_ispe.domain.people_rows import Person
from mentor_ispe.services.imports.people import Written
from mentor_ispe.services.imports.state import ROW

# Fates, as the check finds them.
NEW, CHANGE, THERE = "New", "Change", "Already There"
DUPLICATE, WRONG, REFUSED = "Possible Duplicate", "Not Understood", "Refused"
# Where a row stands; empty for one with which nothing is to be done.
WAITING, UNDECIDED, IMPORTED, UNDONE, KEPT = "Waiting", "Undecided", "Imported", "Undone", "Kept"
NEW_PERSON, SAME_PERSON, LEAVE_OUT = "New Person", "Same Person", "Leave Out"
STATUS_OF = {NEW: WAITING, CHANGE: WAITING, DUPLICATE: UNDECIDED, THERE: "", WRONG: "", REFUSED: REFUSED}

FIELDS = (
	*("mentoring_import", "file_row", "full_name", "email", "fate", "status", "message"),
	*("duplicate_of", "profile", "content", "cells"),
)


@dataclass
class Row:
	"""One row of the file after the check. `content` is what is to be written, as plain data."""

	file_row: int
	full_name: str
	email: str
	content: Mapping[str, Any]
	cells: Sequence[str]
	fate: str = NEW
	messages: list[str] = field(default_factory=list)
	duplicate_of: str | None = None
	profile: str | None = None


def store(import_name: str, rows: Iterable[Row]) -> None:
	"""Keep checked rows; one query."""
	moment, user = now(), frappe.session.user
	frappe.db.bulk_insert(
		ROW,
		["name", "owner", "modified_by", "creation", "modified", *FIELDS],
		[
			(
				*(frappe.generate_hash(length=16), user, user, moment, moment),
				*(import_name, row.file_row, row.full_name[:140], row.email[:140], row.fate),
				*(STATUS_OF[row.fate], "\n".join(row.messages) or None, row.duplicate_of, row.profile),
				*(_text(row.content), _text(row.cells)),
			)
			for row in rows
		],
	)


def waiting(import_name: str, most: int) -> list[frappe._dict]:
	"""The next rows to be imported, in the order of the file."""
	fields = ("name", "file_row", "email", "content", "decision", "duplicate_of")
	return _next(import_name, WAITING, fields, most, Order.asc)


def imported(import_name: str, most: int) -> list[frappe._dict]:
	"""The next rows to be undone: the last of the file first."""
	return _next(import_name, IMPORTED, ("name", "file_row", "changes"), most, Order.desc)


def _next(
	import_name: str, status: str, fields: Sequence[str], most: int, order: Order
) -> list[frappe._dict]:
	"""Locked: a transaction that waited for another job's batch would else see its rows as they were before."""
	row = frappe.qb.DocType(ROW)
	return (
		frappe.qb.from_(row)
		.select(*(row[name] for name in fields))
		.where((row.mentoring_import == import_name) & (row.status == status))
		.orderby(row.file_row, order=order)
		.limit(most)
		.for_update()
	).run(as_dict=True)


def update(changed: Mapping[str, Mapping[str, Any]]) -> None:
	"""Write {name of a row: fields}; rows that get the same fields are one query."""
	groups: dict[tuple[str, ...], dict[str, Mapping[str, Any]]] = {}
	for name, values in changed.items():
		groups.setdefault(tuple(values), {})[name] = values
	for group in groups.values():
		frappe.db.bulk_update(ROW, group)


def delete(filters: Mapping[str, Any]) -> None:
	frappe.db.delete(ROW, filters)


def person_content(person: Person) -> dict[str, Any]:
	"""A person as plain data; `person_of` brings it back."""
	return {
		"profile": dict(person.profile),
		"defaults": dict(person.defaults),
		"applications": {side: dict(values) for side, values in person.applications.items()},
	}


def person_of(file_row: int, content: str) -> Person:
	return Person(row=file_row, **json.loads(content))


def written_text(written: Collection[Written]) -> str:
	"""What was written, to be kept with the row; `written_of` brings it back."""
	return _text([asdict(each) for each in written])


def written_of(text: str | None) -> list[Written]:
	return [Written(**each) for each in json.loads(text or "[]")]


def _text(value: Any) -> str:
	return json.dumps(value, ensure_ascii=False, default=str)
