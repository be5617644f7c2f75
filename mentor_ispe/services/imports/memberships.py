"""Write memberships of a list into the roll, in bulk; what is done can be told and undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mentor_ispe.domain.roll import FIELDS, Entry
from mentor_ispe.services.imports.people import Written
from mentor_ispe.services.membership import roll


def changes(entry: Entry, stored: Mapping[str, Any] | None) -> dict[str, Any]:
	"""The fields of the roll that this entry would change or, for a new one, fill."""
	values = dict(zip(FIELDS[1:], entry.values, strict=True))
	now = stored or {}
	return {name: value for name, value in values.items() if not stored or now.get(name) != value}


def stored_entries(entries: Sequence[Entry]) -> dict[str, dict[str, Any]]:
	"""What the roll says now of these members, by folded member number; locked until the transaction ends."""
	return _as_rows(roll.stored({entry.member_number.casefold(): entry for entry in entries}))


def _as_rows(found: Mapping[str, tuple[str, tuple]]) -> dict[str, dict[str, Any]]:
	return {
		key: {"name": name, **dict(zip(FIELDS[1:], values, strict=True))}
		for key, (name, values) in found.items()
	}


def write(entries: Sequence[Entry]) -> list[Written | None]:
	"""Insert or change the entries, in their order; None for each that was as it is. A handful of queries."""
	roll.wait_for_other_loads()
	by_number = {entry.member_number.casefold(): entry for entry in entries}
	there = roll.stored(by_number)
	stored = _as_rows(there)
	roll.write(by_number, there)
	written: list[Written | None] = []
	for entry in entries:
		was = stored.get(entry.member_number.casefold())
		changed = changes(entry, was)
		before = {name: was[name] for name in changed} if was else None
		name = was["name"] if was else entry.member_number
		written.append(Written(roll.ENTRY, name, changed, before) if changed else None)
	return written


def as_json(entry: Entry) -> dict[str, Any]:
	"""An entry as plain data; `from_json` brings it back."""
	return {
		name: value.isoformat() if isinstance(value, date) else value for name, value in vars(entry).items()
	}


def from_json(kept: Mapping[str, Any]) -> Entry:
	days = {name: date.fromisoformat(kept[name]) for name in ("from_date", "to_date") if kept[name]}
	return Entry(**{**kept, **days})
