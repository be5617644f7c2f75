"""A mapping as a form shows it: the way back from the document to a choice for each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mentor_ispe.domain.import_fields import (
	AS_MENTEE,
	AS_MENTOR,
	PROFILE,
	ROLL,
	SIDE,
	SIDE_FIELD,
	ImportField,
	fields_for,
)
from mentor_ispe.domain.mapping_columns import mapping_document
from mentor_ispe.domain.people_mapping import SIDE_WORDS, fold

PARTS = (PROFILE, AS_MENTOR, AS_MENTEE, ROLL)
LEAVE_EMPTY = "(leave empty)"
"""What a form says of a word that is to count as an empty cell; in the document that word means ""."""
EITHER = "either"
"""A part of forms alone: what an application says on both sides, where each row is on one of them."""
NAME_IN_TWO = ("first_name", "last_name")


def fields_of_either() -> tuple[ImportField, ...]:
	"""The fields that mentors and mentees both fill in; their keys are "either.goals" and so on."""
	names = {field.name for field in fields_for(AS_MENTEE)}
	return tuple(replace(field, part=EITHER) for field in fields_for(AS_MENTOR) if field.name in names)


def form_document(
	columns: Mapping[str, str], words: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, Any]:
	"""As `mapping_columns.mapping_document`; a column for either side is read for both."""
	either = {heading: key for heading, key in columns.items() if key.partition(".")[0] == EITHER}
	as_mentor = {heading: key.replace(EITHER, AS_MENTOR, 1) for heading, key in either.items()}
	tables = {
		name: {theirs: "" if ours == LEAVE_EMPTY else ours for theirs, ours in table.items()}
		for name, table in (words or {}).items()
	}
	document = mapping_document({**columns, **as_mentor}, tables)
	if either:
		as_mentee = {heading: key.replace(EITHER, AS_MENTEE, 1) for heading, key in either.items()}
		document[AS_MENTEE] = mapping_document({**columns, **as_mentee})[AS_MENTEE]
	return document


def mapping_form(document: Mapping[str, Any], headings: Sequence[str]) -> dict[str, Any]:
	"""{"columns", "values", "constants", "separators"}: the first two as `form_document` takes them.

	`columns` has each of `headings`, "" for those that the mapping leaves out or doesn't know.
	"""
	keys: dict[str, str] = {}
	for part in PARTS:
		for name, read in document.get(part, {}).items():
			if name != "constants":
				found = dict(_keys(part, name, [read] if isinstance(read, str) else read))
				for heading, key in found.items():
					is_for_both = part == AS_MENTEE and keys.get(heading) == f"{AS_MENTOR}.{name}"
					keys[heading] = f"{EITHER}.{name}" if is_for_both else key
	values = {
		name: {theirs: ours or LEAVE_EMPTY for theirs, ours in table.items()}
		for name, table in document.get("values", {}).items()
	}
	if SIDE in document:
		keys[fold(document[SIDE]["heading"])] = SIDE_FIELD.key
		words = {word: side for side in SIDE_WORDS for word in document[SIDE].get(side, ())}
		values.update({SIDE: words} if words else {})
	return {
		"columns": {heading: keys.get(fold(heading), "") for heading in headings},
		"values": values,
		"constants": dict(_constants(document)),
		"separators": dict(document.get("separators", {})),
	}


def _keys(part: str, name: str, headings: Sequence[str]) -> Iterable[tuple[str, str]]:
	"""Two headings that make a full name are its first and its last part."""
	names = (
		NAME_IN_TWO if name == "full_name" and len(headings) == len(NAME_IN_TWO) else [name] * len(headings)
	)
	return ((fold(heading), f"{part}.{each}") for heading, each in zip(headings, names, strict=True))


def add_constants(document: dict[str, Any], constants: Mapping[str, Any]) -> None:
	"""Write what everybody gets, from the key of a field to its value, into a document."""
	for key, value in constants.items():
		part, _dot, name = key.partition(".")
		at = document if part in (PROFILE, ROLL) else document.setdefault(part, {})
		at.setdefault("constants", {})[name] = value


def _constants(document: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
	for_all = ROLL if ROLL in document else PROFILE
	yield from ((f"{for_all}.{name}", value) for name, value in document.get("constants", {}).items())
	for part in (AS_MENTOR, AS_MENTEE):
		constants = document.get(part, {}).get("constants", {})
		yield from ((f"{part}.{name}", value) for name, value in constants.items())
