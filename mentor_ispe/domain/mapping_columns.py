"""A mapping by columns, as guessed or chosen in a form, as the document that `people_mapping.parse_mapping` checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mentor_ispe.domain.import_fields import (
	AS_MENTEE,
	AS_MENTOR,
	PROFILE,
	ROLL,
	SIDE,
	ImportField,
	fields_for,
)

_FIELDS = {
	field.key: field for part in (PROFILE, AS_MENTOR, AS_MENTEE, SIDE, ROLL) for field in fields_for(part)
}


def mapping_document(
	columns: Mapping[str, str], words: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, Any]:
	"""The document of a mapping: `columns` has for each heading the key of its field, or "" to leave it out.

	`words` has their word → ours for each field by name; for "side" ours are "mentor", "mentee" and "both". A first
	and a last name become the full name, in this order.
	"""
	document: dict[str, Any] = {
		"leave_out": [heading for heading, key in columns.items() if heading and key not in _FIELDS]
	}
	tables = {name: dict(table) for name, table in (words or {}).items() if table}
	sides = tables.pop(SIDE, {})
	for field, headings in _by_field(columns):
		if field.part == SIDE:
			document[SIDE] = {"heading": headings[0], **_words_by_side(sides)}
		else:
			name = field.joins or field.name
			document.setdefault(field.part, {})[name] = headings[0] if len(headings) == 1 else headings
	return {**document, "values": tables} if tables else document


def _by_field(columns: Mapping[str, str]) -> Iterable[tuple[ImportField, list[str]]]:
	"""Each field with its headings; pieces of one field together, in the order in which they are declared."""
	found: dict[str, tuple[ImportField, list[str]]] = {}
	for field in _FIELDS.values():
		headings = [heading for heading, key in columns.items() if key == field.key]
		if headings:
			whole = f"{field.part}.{field.joins or field.name}"
			found.setdefault(whole, (field, []))[1].extend(headings)
	return found.values()


def _words_by_side(table: Mapping[str, str]) -> dict[str, list[str]]:
	"""Their words for each side; nothing where the usual ones do."""
	words: dict[str, list[str]] = {"mentor": [], "mentee": [], "both": []} if table else {}
	for theirs, side in table.items():
		words[side].append(theirs)
	return words
