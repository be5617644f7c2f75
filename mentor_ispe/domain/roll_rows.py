"""Rows of a list of memberships, read through a mapping into entries of the roll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from mentor_ispe.domain import name_order
from mentor_ispe.domain.addresses import read_addresses
from mentor_ispe.domain.cell_values import (
	DAY_FIRST,
	MONTH_FIRST,
	damage,
	day_order,
	read_day,
	read_yes_no,
)
from mentor_ispe.domain.list_headings import wrong_headings
from mentor_ispe.domain.people_mapping import PeopleMapping, fold
from mentor_ispe.domain.roll import Entry, read_rows
from mentor_ispe.domain.violations import N_, Violation

OWN_FIELDS = ("member_number", "cancelled")
"""What no list may set for everybody at once."""
DAYS = ("from_date", "to_date")
ENDLESS = frozenset(
	{
		*("never", "none", "unlimited", "lifetime", "life", "for life", "indefinite", "-"),
		*("unbefristet", "unbegrenzt", "lebenslang", "auf lebenszeit", "lebenslänglich"),
	}
)
"""What other systems write, beside days of the year 9999, for a membership that doesn't end."""
LONGEST_SHOWN = 80
FOLLOWED = N_("A later membership of {number} is in row {row}. That row is used.")
DAMAGES = {
	"formula_error": N_("'{value}' is a formula error. Correct the cell and try again."),
	"damaged_letters": N_("Some characters in '{value}' are damaged. Correct the cell and try again."),
}


def read_roll(
	mapping: PeopleMapping, headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> tuple[list[tuple[int, Entry]], dict[int, list[Violation]], list[Violation]]:
	"""([(row, entry)], what is wrong by row, what is wrong with the headings), rows as the spreadsheet counts."""
	broken = wrong_headings(mapping, headings)
	if broken:
		return [], {}, broken
	reader = _Reader(mapping, headings, list(rows))
	found = [(number, *reader.fields(cells)) for number, cells in reader.rows]
	followed = _followed(found)
	read = [row for row in found if row[0] not in followed]
	numbers = [number for number, _fields, _wrong in read]
	entries, wrong_rows = read_rows([fields for _number, fields, _wrong in read])
	broken_rows = {
		numbers[place - 1]: [_as_the_spreadsheet_counts(violation, numbers) for violation in violations]
		for place, violations in wrong_rows.items()
	}
	broken_rows.update(
		{number: wrong + _of_others(wrong, broken_rows.get(number, [])) for number, _, wrong in read if wrong}
	)
	broken_rows.update(followed)
	row_of = {
		" ".join(str(fields.get("member_number", "")).split()).casefold(): number
		for number, fields, _wrong in reversed(read)
	}
	good = [(row_of[key], entry) for key, entry in entries.items() if row_of[key] not in broken_rows]
	return good, broken_rows, []


def _of_others(unread: Sequence[Violation], wrong: Sequence[Violation]) -> list[Violation]:
	"""What is wrong in a row beside what may come of its cells that weren't understood."""
	fields = {violation.params.get("field") for violation in unread}
	if None in fields:
		return []
	return [each for each in wrong if each.params.get("field") not in {*fields, None}]


def _followed(read: Sequence[tuple[int, dict[str, Any], Sequence[Violation]]]) -> dict[int, list[Violation]]:
	"""Rows of memberships that a later one of the same member followed; the last row stands for them all.

	Where there was no day between two of them the last begins with the first.
	"""
	memberships: dict[tuple[str, str], list[tuple[date, date, int, dict[str, Any]]]] = {}
	for number, fields, wrong in read:
		start, end = fields.get("from_date"), fields.get("to_date") or date.max
		if not wrong and isinstance(start, date) and isinstance(end, date):
			who = (fold(fields.get("member_number", "")), fold(fields.get("email", "")))
			memberships.setdefault(who, []).append((end, start, number, fields))
	followed = {}
	for rows in memberships.values():
		rows.sort(key=lambda row: row[:3])
		if any(earlier[1] >= later[1] for earlier, later in pairwise(rows)):
			continue  # one lies within another, and which of them counts isn't plain
		for earlier, later in pairwise(rows):
			gap = earlier[0] < date.max and later[1] > earlier[0] + timedelta(days=1)
			if not gap and earlier[3].get("cancelled") in (None, "", 0):
				later[3]["from_date"] = earlier[3]["from_date"]
			params = {"number": str(later[3]["member_number"]), "row": rows[-1][2]}
			followed[earlier[2]] = [Violation("followed", FOLLOWED, params)]
	return followed


def _as_the_spreadsheet_counts(violation: Violation, numbers: Sequence[int]) -> Violation:
	"""The rule counts the rows that it is given from 1."""
	if violation.code != "twice":
		return violation
	return replace(violation, params={**violation.params, "row": numbers[violation.params["row"] - 1]})


class _Reader:
	"""Reads cells as people type them into what the roll takes."""

	def __init__(
		self, mapping: PeopleMapping, headings: Sequence[str], rows: list[tuple[int, Sequence[str]]]
	):
		self.mapping, self.rows = mapping, rows
		self.columns = {fold(heading): index for index, heading in enumerate(headings)}
		self.orders = {
			name: day_order(self._text(name, cells) for _number, cells in rows)
			for name in DAYS
			if name in mapping.roll
		}
		self.is_family_name_first = len(mapping.roll.get("full_name", ())) == 1 and (
			name_order.is_family_name_first([self._text("full_name", cells) for _number, cells in rows])
		)

	def fields(self, cells: Sequence[str]) -> tuple[dict[str, Any], list[Violation]]:
		"""The row's fields, and what isn't understood."""
		found: dict[str, Any] = {
			name: str(value) for name, value in self.mapping.constants.items() if name not in OWN_FIELDS
		}
		wrong: list[Violation] = []
		for name in self.mapping.roll:
			text = self._in_our_words(name, self._text(name, cells), wrong)
			if text or name not in found:
				found[name] = self._read(name, text, wrong)
		return found, wrong

	def _text(self, name: str, cells: Sequence[str]) -> str:
		places = [self.columns[fold(heading)] for heading in self.mapping.roll[name]]
		return " ".join(
			cells[place].strip() for place in places if place < len(cells) and cells[place].strip()
		)

	def _in_our_words(self, name: str, text: str, wrong: list[Violation]) -> str:
		table = self.mapping.values.get(name)
		if table is None or not (text or "" in table):
			return text
		if fold(text) not in table:
			wrong.append(
				Violation(
					"not_in_table",
					N_("'{value}' is not in the table [values.{field}]; add it there or correct the file."),
					{"value": text, "field": name},
				)
			)
			return ""
		return table[fold(text)]

	def _read(self, name: str, text: str, wrong: list[Violation]) -> Any:
		if broken := damage(text):
			wrong.append(Violation(broken, DAMAGES[broken], {"value": text[:LONGEST_SHOWN]}))
		elif name == "full_name" and self.is_family_name_first:
			return name_order.given_name_first(text)
		elif name in DAYS and text:
			return self._day(name, text, wrong)
		elif name == "cancelled":
			answer = read_yes_no(text)
			return text if answer is None else int(answer)
		elif name == "email" and (found := read_addresses(text)):
			if not found.others:
				return found.email
			# Whom the roll names is found by the address alone, so that none is left out here.
			wrong.append(
				Violation(
					"more_addresses",
					N_(
						"There are several addresses: {addresses}. Keep only the one that the member uses here."
					),
					{"addresses": ", ".join([found.email, *found.others])},
				)
			)
		return text

	def _day(self, name: str, text: str, wrong: list[Violation]) -> Any:
		if name == "to_date" and (fold(text) in ENDLESS or "9999" in text):
			return ""
		order = self.mapping.days or self.orders[name]
		day = read_day(text, order)
		if day is None and read_day(text, DAY_FIRST) and read_day(text, MONTH_FIRST):
			wrong.append(
				Violation(
					"which_day",
					N_("{field}: “{value}” can be {one} or {other}. Say whether days or months come first."),
					{
						"field": name,
						"value": text[:LONGEST_SHOWN],
						"one": read_day(text, DAY_FIRST),
						"other": read_day(text, MONTH_FIRST),
					},
				)
			)
		# What is no day the roll refuses itself.
		return day or text
