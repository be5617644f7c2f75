"""Import the rows that wait, a batch at a time. The caller commits after each: what is committed is done once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import frappe

from mentor_ispe.domain.people_rows import Person
from mentor_ispe.services.imports import memberships, people, rows
from mentor_ispe.services.imports.mappings import ROLL
from mentor_ispe.services.imports.people import Written

BATCH, BATCH_OF_ROLL = 50, 500
POINT = "mentoring_import_row"


def import_batch(doc: Any) -> int:
	"""Import the next rows of an import that the caller has locked; returns how many, 0 when none waits."""
	batch = rows.waiting(doc.name, BATCH_OF_ROLL if doc.kind == ROLL else BATCH)
	if batch:
		rows.update(_import_roll(batch) if doc.kind == ROLL else _import_people(doc, batch))
	return len(batch)


def _import_roll(batch: Sequence[Any]) -> dict[str, dict[str, Any]]:
	entries = [memberships.from_json(json.loads(row.content)) for row in batch]
	written = memberships.write(entries)
	return {row.name: _done(None, [each] if each else []) for row, each in zip(batch, written, strict=True)}


def _import_people(doc: Any, batch: Sequence[Any]) -> dict[str, dict[str, Any]]:
	stored = people.stored_profiles([row.email for row in batch])
	same = [row.duplicate_of for row in batch if row.decision == rows.SAME_PERSON]
	by_name = {row["name"]: row for row in people.profiles_where({"name": ("in", same or [""])})}
	changed = {}
	for row in batch:
		person, was = rows.person_of(row.file_row, row.content), stored.get(row.email)
		if not was and row.decision == rows.SAME_PERSON:
			person, was = _with_own_address(person), by_name.get(row.duplicate_of)
		changed[row.name] = _import_person(person, was, doc.cycle)
	return changed


def _with_own_address(person: Person) -> Person:
	"""Somebody who is known by another address keeps it: their login and their membership may hang on it."""
	return replace(person, profile={name: value for name, value in person.profile.items() if name != "email"})


def _import_person(person: Person, was: Mapping[str, Any] | None, cycle: str | None) -> dict[str, Any]:
	"""Whole or not at all."""
	result: list[tuple[str, list[Written]]] = []
	frappe.db.savepoint(POINT)
	refused = people.refusal_of(lambda: result.append(people.write_person(person, was, cycle)))
	if refused:
		frappe.db.rollback(save_point=POINT)
		return {"status": rows.REFUSED, "message": refused}
	frappe.db.release_savepoint(POINT)
	return _done(*result[0])


def _done(profile: str | None, written: Sequence[Written]) -> dict[str, Any]:
	"""What is kept of a row: enough to undo it, and no longer what the file said."""
	return {
		"status": rows.IMPORTED,
		"profile": profile,
		"changes": rows.written_text(written),
		"content": None,
		"cells": None,
	}
