"""Load the membership roll: many entries at once, all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import now

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain.roll import Entry, read_rows
from mentor_ispe.membership.base import any_case
from mentor_ispe.services.members import changes_elsewhere

ENTRY = "Membership Roll Entry"
MOST_ROWS = 5000
FIELDS = tuple(Entry.__dataclass_fields__)


@dataclass(frozen=True)
class Loaded:
	"""How many entries were new, changed or the same; `errors` says what is wrong, by row number."""

	inserted: int = 0
	updated: int = 0
	unchanged: int = 0
	errors: list[dict[str, Any]] = field(default_factory=list)


def upsert(rows: Sequence[Mapping[str, Any]]) -> Loaded:
	"""Insert the entries that are new by their member number, change those that differ, leave the rest.

	When any row is wrong nothing is written and `errors` names every wrong row, counted from 1. Raises
	ValueError for more than 5,000 rows. A handful of queries, however many rows.

	Written in bulk: the entries' own hooks and version history are for those who change one by hand.
	"""
	if len(rows) > MOST_ROWS:
		raise ValueError(_("You sent {1} rows. Send at most {0} at a time.").format(MOST_ROWS, len(rows)))
	entries, violations = read_rows(rows)
	if violations:
		return Loaded(
			errors=[
				{"row": row, "messages": [_(each.message).format(**each.params) for each in broken]}
				for row, broken in sorted(violations.items())
			]
		)
	wait_for_other_loads()
	return write(entries)


def wait_for_other_loads() -> None:
	"""Wait for another load to end. Two that insert the same members would cross in the index."""
	lock_row_for_write("DocType", ENTRY)


def write(entries: Mapping[str, Entry], there: Mapping[str, tuple[str, tuple]] | None = None) -> Loaded:
	"""Write entries by folded member number; the caller has waited for other loads, and may know what is `stored`."""
	there = stored(entries) if there is None else there
	new = [entry for key, entry in entries.items() if key not in there]
	changed = {
		there[key][0]: entry
		for key, entry in entries.items()
		if key in there and there[key][1] != entry.values
	}
	moment, user = now(), frappe.session.user
	if new:
		frappe.db.bulk_insert(
			ENTRY,
			["name", "owner", "modified_by", "creation", "modified", *FIELDS],
			[
				(entry.member_number, user, user, moment, moment, entry.member_number, *entry.values)
				for entry in new
			],
		)
	if changed:
		frappe.db.bulk_update(
			ENTRY, {name: dict(zip(FIELDS[1:], entry.values, strict=True)) for name, entry in changed.items()}
		)
		for name in changed:
			frappe.clear_document_cache(ENTRY, name)
		before = {name: dict(zip(FIELDS[1:], values, strict=True)) for name, values in there.values()}
		changes_elsewhere.follow(
			changes_elsewhere.Before(
				ENTRY,
				name,
				(before[name]["email"], before[name]["full_name"]),
				(entry.email, entry.full_name),
			)
			for name, entry in changed.items()
		)
	return Loaded(inserted=len(new), updated=len(changed), unchanged=len(entries) - len(new) - len(changed))


def stored(entries: Mapping[str, Entry]) -> dict[str, tuple[str, tuple]]:
	"""What is there now of these entries: their name and values by folded member number, locked.

	A locking read sees what another load committed a moment ago, also when this transaction is older.
	"""
	if not entries:
		return {}
	table = frappe.qb.DocType(ENTRY)
	numbers = [entry.member_number for entry in entries.values()]
	rows = (
		frappe.qb.from_(table)
		.select(table.name, *(table[field] for field in FIELDS[1:]))
		.where(any_case(table.name, numbers))
		.for_update()
	).run()
	return {name.casefold(): (name, _comparable(values)) for name, *values in rows}


def _comparable(values: Sequence[Any]) -> tuple:
	return tuple(value if isinstance(value, date | int) or value is None else str(value) for value in values)
