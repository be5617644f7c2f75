"""A mapping as a form shows it: the way back from the document to a choice for each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mentor_ispe.domain.import_fields import AS_MENTEE, AS_MENTOR, PROFILE, ROLL, SIDE, SIDE_FIELD
from mentor_ispe.domain.people_mapping import SIDE_WORDS, fold

PARTS = (PROFILE, AS_MENTOR, AS_MENTEE, ROLL)
NAME_IN_TWO = ("first_name", "last_name")


def mapping_form(document: Mapping[str, Any], headings: Sequence[str]) -> dict[str, Any]:
	"""{"columns", "values", "constants", "separators"}: the first two as `mapping_columns` takes them.

	`columns` has each of `headings`, "" for those that the mapping leaves out or doesn't know.
	"""
	keys: dict[str, str] = {}
	for part in PARTS:
		for name, read in document.get(part, {}).items():
			if name != "constants":
				keys.update(_keys(part, name, [read] if isinstance(read, str) else read))
	values = {name: dict(table) for name, table in document.get("values", {}).items()}
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
