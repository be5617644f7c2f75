"""Rows of a list of memberships, read through a mapping into entries of the roll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mentor_ispe.domain.people_mapping import PeopleMapping, fold
from mentor_ispe.domain.people_rows import wrong_headings
from mentor_ispe.domain.roll import Entry, read_rows
from mentor_ispe.domain.violations import N_, Violation

OWN_FIELDS = ("member_number", "cancelled")
"""What no list may set for everybody at once."""


def read_roll(
	mapping: PeopleMapping, headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> tuple[list[tuple[int, Entry]], dict[int, list[Violation]], list[Violation]]:
	"""([(row, entry)], what is wrong by row, what is wrong with the headings), rows as the spreadsheet counts."""
	broken = wrong_headings(mapping, headings)
	if broken:
		return [], {}, broken
	columns = {fold(heading): index for index, heading in enumerate(headings)}
	numbers, fields = [], []
	unknown: dict[int, list[Violation]] = {}
	for number, cells in rows:
		found, wrong = _fields(mapping, columns, cells)
		numbers.append(number)
		fields.append(found)
		if wrong:
			unknown[number] = wrong
	entries, wrong_rows = read_rows(fields)
	broken_rows = {
		numbers[place - 1]: [_as_the_spreadsheet_counts(violation, numbers) for violation in violations]
		for place, violations in wrong_rows.items()
	}
	broken_rows.update(unknown)  # what else is wrong there may come of the unknown word
	row_of = {
		" ".join(str(found.get("member_number", "")).split()).casefold(): number
		for number, found in zip(reversed(numbers), reversed(fields), strict=True)
	}
	good = [(row_of[key], entry) for key, entry in entries.items() if row_of[key] not in broken_rows]
	return good, broken_rows, []


def _as_the_spreadsheet_counts(violation: Violation, numbers: Sequence[int]) -> Violation:
	"""The rule counts the rows that it is given from 1."""
	if violation.code != "twice":
		return violation
	return replace(violation, params={**violation.params, "row": numbers[violation.params["row"] - 1]})


def _fields(
	mapping: PeopleMapping, columns: dict[str, int], cells: Sequence[str]
) -> tuple[dict[str, str], list[Violation]]:
	found = {name: str(value) for name, value in mapping.constants.items() if name not in OWN_FIELDS}
	wrong = []
	for name, headings in mapping.roll.items():
		places = [columns[fold(heading)] for heading in headings]
		text = " ".join(
			cells[place].strip() for place in places if place < len(cells) and cells[place].strip()
		)
		table = mapping.values.get(name)
		if table is not None and (text or "" in table):
			if fold(text) in table:
				text = table[fold(text)]
			else:
				wrong.append(
					Violation(
						"not_in_table",
						N_(
							"'{value}' is not in the table [values.{field}]; add it there or correct the file."
						),
						{"value": text, "field": name},
					)
				)
		if text or name not in found:
			found[name] = text
	return found, wrong
