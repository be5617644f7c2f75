"""The look before an import: what would happen with each row, in words; nothing is written but that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.duplicates import DuplicateIndex
from mentor_ispe.domain.people_mapping import PeopleMapping
from mentor_ispe.domain.people_rows import Person, read_people
from mentor_ispe.domain.roll import Entry
from mentor_ispe.domain.roll_rows import read_roll
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import raise_violations, violation_message
from mentor_ispe.services.imports import memberships, people, rows
from mentor_ispe.services.imports.duplicates import RowsOfOnePerson, likely_profile, namesake
from mentor_ispe.services.imports.files import read
from mentor_ispe.services.imports.mappings import ROLL, SIDES, headings_of, mapping_of
from mentor_ispe.services.imports.people import PROFILE
from mentor_ispe.services.imports.rows import Row
from mentor_ispe.services.imports.words import roll_message, row_message
from mentor_ispe.services.membership.roll import ENTRY
from mentor_ispe.spreadsheets import Table

CHUNK, CHUNK_OF_TRIALS = 500, 50
"""Rows at a time; a trial of an application keeps others of the same cycle waiting until it is over."""
SHOWN = 60
"""Letters of a value in a row's message."""


def read_rows(doc: Any) -> Iterator[list[Row]]:
	"""The rows of the file, some hundred at a time; raises RuleViolation when it can't be read as chosen."""
	mapping = mapping_of(doc)
	table = read(doc, mapping, headings_of(doc))
	found = _roll_rows(doc, mapping, table) if doc.kind == ROLL else _people_rows(doc, mapping, table)
	while chunk := list(islice(found, CHUNK_OF_TRIALS if doc.cycle else CHUNK)):
		yield chunk


def find_fates(doc: Any, chunk: Sequence[Row], known: DuplicateIndex | None) -> list[Row]:
	"""These rows with what would happen with each; `known` are those whom somebody new may be.

	What is tried for that is the caller's to roll back.
	"""
	found = [replace(row, messages=list(row.messages)) for row in chunk]
	good = [row for row in found if row.fate != rows.WRONG]
	if doc.kind == ROLL:
		_roll_fates(good)
	else:
		_people_fates(doc, good, known)
	return found


def _people_rows(doc: Any, mapping: PeopleMapping, table: Table) -> Iterator[Row]:
	sides = SIDES[doc.role] if doc.role else ()
	side = sides[0] if len(sides) == 1 else None
	found, broken = read_people(
		mapping, table.headings, table.rows, side, people.choices(), people.spellings()
	)
	by_row = _by_row(broken)
	cells = dict(table.rows)
	earlier = RowsOfOnePerson()
	for person in found:
		wrong = by_row.get(person.row, [])
		twin = None if wrong else earlier.find(person)
		yield Row(
			person.row,
			person.profile.get("full_name", ""),
			person.email,
			rows.person_content(person),
			cells[person.row],
			rows.WRONG if wrong else rows.DUPLICATE if twin else rows.NEW,
			[*map(row_message, wrong), *map(violation_message, [*person.notes, *filter(None, [twin])])],
		)


def _by_row(broken: Sequence[Violation]) -> dict[int, list[Violation]]:
	"""What is wrong, by row; raises what is wrong with the file as a whole."""
	raise_violations([each for each in broken if "row" not in each.params], title=_("The list"))
	found: dict[int, list[Violation]] = {}
	for violation in broken:
		found.setdefault(violation.params["row"], []).append(violation)
	return found


def _roll_rows(doc: Any, mapping: PeopleMapping, table: Table) -> Iterator[Row]:
	entries, wrong, broken = read_roll(mapping, table.headings, table.rows)
	raise_violations(broken, title=_("The list"))
	good = dict(entries)
	for number, cells in table.rows:
		entry = good.get(number)
		if entry:
			yield Row(number, entry.full_name, entry.email, memberships.as_json(entry), cells)
		elif number in wrong:
			messages = list(map(roll_message, wrong[number]))
			yield Row(number, " ".join(filter(None, cells))[:SHOWN], "", {}, cells, rows.WRONG, messages)


def _roll_fates(good: Sequence[Row]) -> None:
	entries = {row.file_row: memberships.from_json(row.content) for row in good}
	stored = memberships.stored_entries(list(entries.values()))
	for row in good:
		entry: Entry = entries[row.file_row]
		was = stored.get(entry.member_number.casefold())
		_tell_changes(row, ENTRY, memberships.changes(entry, was), was)


def _people_fates(doc: Any, good: Sequence[Row], known: DuplicateIndex | None) -> None:
	stored = people.stored_profiles([row.email for row in good])
	maybe: list[Row] = []
	for row in good:
		person = Person(row.file_row, **row.content)
		was = stored.get(row.email)
		row.profile = was["name"] if was else None
		_tell_changes(row, PROFILE, people.changes(person, was), was)
		if too_long := people.too_long(person):
			row.fate, row.messages = rows.WRONG, too_long
		elif not was and known and (found := likely_profile(person, known)):
			row.fate, (row.duplicate_of, reasons) = rows.DUPLICATE, found
			row.messages += reasons
			maybe.append(row)
		elif not was and known and (word := namesake(person, known)):
			row.messages.append(violation_message(word))
	_tell_changes_if_same(maybe)
	if doc.cycle:
		_try_applications(doc, good, stored)


def _tell_changes(row: Row, doctype: str, changes: Mapping[str, Any], was: Mapping[str, Any] | None) -> None:
	if was is None:
		return
	row.fate = rows.CHANGE if changes else rows.THERE
	row.messages += _in_words(doctype, changes, was)


def _tell_changes_if_same(maybe: Sequence[Row]) -> None:
	"""What Same person would change; the address stays as it is there."""
	names = [row.duplicate_of for row in maybe]
	by_name = {each["name"]: each for each in people.profiles_where({"name": ("in", names or [""])})}
	for row in maybe:
		was = by_name[row.duplicate_of]
		changes = people.changes(Person(row.file_row, **row.content), was)
		changes.pop("email", None)
		told = _in_words(PROFILE, changes, was)
		row.messages += [_("Choosing “Same person” changes this:"), *told] if told else []


def _in_words(doctype: str, changes: Mapping[str, Any], was: Mapping[str, Any]) -> list[str]:
	meta = frappe.get_meta(doctype)
	told = []
	for name, value in changes.items():
		before = was.get(name)
		is_shorter = isinstance(before, list) and not set(before) <= set(value)
		words = _("{0}: {1} → {2} (replaced, not added to)") if is_shorter else _("{0}: {1} → {2}")
		label = _(meta.get_label(name))
		told.append(words.format(label, _shown(name, before), _shown(name, value)))
	return told


def _shown(name: str, value: Any) -> str:
	"""A value as people call it: languages are kept by their codes."""
	if name == "languages":
		value = people.names_of_languages(value or ())
	words = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
	return (f"{words[:SHOWN]}…" if len(words) > SHOWN else words) or _("(empty)")


def _try_applications(doc: Any, good: Sequence[Row], stored: Mapping[str, Mapping[str, Any]]) -> None:
	"""Whether each may apply: tried, and taken back."""
	point = "mentoring_import_check"
	for row in good:
		if row.fate in (rows.WRONG, rows.DUPLICATE):
			continue
		person = Person(row.file_row, **row.content)
		sides = [
			side
			for side in person.applications
			if not (row.profile and people.has_applied(row.profile, doc.cycle, side))
		]
		if not sides:
			row.messages.append(_("Has already applied to this cycle. That application stays as it is."))
			continue
		frappe.db.savepoint(point)
		refused = people.refusal_of(lambda: people.write_person(person, stored.get(row.email), doc.cycle))  # noqa: B023
		frappe.db.rollback(save_point=point)
		if refused:
			row.fate, row.messages = rows.REFUSED, [refused]
		else:
			row.fate = rows.CHANGE if row.fate == rows.THERE else row.fate
			row.messages += [_("Applies as {0}.").format(_(side)) for side in sides]
