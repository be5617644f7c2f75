"""Rows of another organisation's list, read through a mapping; what is wrong is told by row and heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentor_ispe.domain import name_order
from mentor_ispe.domain.addresses import read_addresses
from mentor_ispe.domain.cell_values import LARGEST_NUMBER, damage, read_yes_no, several, whole_number
from mentor_ispe.domain.list_headings import DAMAGES, wrong_headings
from mentor_ispe.domain.other_side import left_out
from mentor_ispe.domain.people_mapping import (
	APPLICATION_FIELDS,
	PROFILE_FIELDS,
	SIDES,
	PeopleMapping,
	SideColumn,
	fold,
)
from mentor_ispe.domain.spelling import Spellings
from mentor_ispe.domain.violations import N_, Message, Violation

# Free texts that are compared with each other.
SPELLED = ("topics", "industry", "employer")
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Person:
	"""One row, in our words. `row` counts as a spreadsheet does.

	`profile` holds what the file says, without empty cells; `defaults` what the mapping says for
	everybody. `applications` has one entry for each side on which the person takes part. `notes` say what was read
	otherwise than one might think.
	"""

	row: int
	profile: Mapping[str, Any]
	defaults: Mapping[str, Any]
	applications: Mapping[str, Mapping[str, Any]]
	notes: tuple[Message, ...] = ()

	@property
	def email(self) -> str:
		return self.profile.get("email", "")


def read_people(
	mapping: PeopleMapping,
	headings: Sequence[str],
	rows: Iterable[tuple[int, Sequence[str]]],
	side: str | None = None,
	choices: Mapping[str, Iterable[str]] | None = None,
	spelled: Mapping[str, Iterable[str]] | None = None,
) -> tuple[list[Person], list[Violation]]:
	"""Read every (number, cells); return the people and everything that is wrong, in the order of the rows.

	`side` is what the file is a list of ("Mentor", "Mentee" or None: of neither), `choices` the values
	that a field may have, for fields that aren't free text, `spelled` those that are known of the fields in
	SPELLED: another spelling of one of them is read as it, and the first of several new ones stands for all.
	"""
	broken = wrong_headings(mapping, headings)
	if broken:
		return [], broken
	filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
	reader = _RowReader(mapping, headings, filled, side, choices or {}, spelled or {})
	people = [reader.read(number, cells) for number, cells in filled]
	return people, reader.broken


class _RowReader:
	"""Reads rows one after the other and collects what is wrong with them."""

	def __init__(
		self,
		mapping: PeopleMapping,
		headings: Sequence[str],
		rows: Sequence[tuple[int, Sequence[str]]],
		side: str | None,
		choices: Mapping[str, Iterable[str]],
		spelled: Mapping[str, Iterable[str]],
	):
		self.mapping = mapping
		self.columns = {fold(heading): index for index, heading in enumerate(headings)}
		self.width = len(headings)
		self.side = side
		self.choices = {name: {fold(value): value for value in values} for name, values in choices.items()}
		self.spellings = {name: Spellings(tuple(spelled.get(name, ()))) for name in SPELLED}
		self.row_of_email: dict[str, int] = {}
		self.broken: list[Violation] = []
		names = mapping.fields.get("full_name", ())
		self.is_family_name_first = len(names) == 1 and name_order.is_family_name_first(
			[self._cell(cells, names[0]) for _number, cells in rows]
		)

	def read(self, row: int, cells: Sequence[str]) -> Person:
		if len(cells) > self.width:
			self._report(
				"row_too_long",
				N_(
					"Row {row} has {count} cells, but there are only {width} headings. Check for a text with a comma that isn't in quotes."
				),
				row=row,
				count=len(cells),
				width=self.width,
			)
		profile = self._fields(row, cells, self.mapping.fields, PROFILE_FIELDS)
		profile["email"], notes = self._email(row, profile.get("email", ""))
		notes += name_order.turned(profile, self.is_family_name_first)
		if not profile.get("full_name"):
			self._report_cell(
				"cell_empty", N_("Row {row}, heading '{heading}': enter a name."), row, "full_name"
			)
		sides = self._sides(row, cells)
		return Person(
			row=row,
			profile={name: value for name, value in profile.items() if value not in ("", [])},
			defaults=dict(self.mapping.constants),
			applications={
				side: {
					**self.mapping.application_constants.get(side, {}),
					**self._fields(
						row, cells, self.mapping.applications.get(side, {}), APPLICATION_FIELDS[side]
					),
				}
				for side in sides
			},
			notes=notes + left_out(self.mapping, sides, lambda heading: self._cell(cells, heading)),
		)

	def _fields(
		self,
		row: int,
		cells: Sequence[str],
		headings_of: Mapping[str, tuple[str, ...]],
		kinds: Mapping[str, str],
	) -> dict[str, Any]:
		values = {}
		for name, headings in headings_of.items():
			words = [word for heading in headings if (word := self._whole(row, cells, heading))]
			value = self._value(row, " / ".join(headings), name, kinds[name], " ".join(words))
			if value not in ("", [], None):
				values[name] = value
		return values

	def _cell(self, cells: Sequence[str], heading: str) -> str:
		index = self.columns[fold(heading)]
		return cells[index].strip() if index < len(cells) else ""

	def _whole(self, row: int, cells: Sequence[str], heading: str) -> str:
		"""The cell; one that a program left damaged is told, and nothing stands there."""
		text = self._cell(cells, heading)
		wrong = damage(text)
		if wrong:
			self._report_value(wrong, DAMAGES[wrong], row, heading, text)
		return "" if wrong else text

	def _value(self, row: int, heading: str, name: str, kind: str, text: str) -> Any:
		if kind == "list":
			items = several(text, self.mapping.separators.get(name))
			read = [self._word(row, heading, name, item) for item in items]
			return list(dict.fromkeys(word for word in read if word))
		word = self._word(row, heading, name, text)
		if kind == "number" and word:
			number = whole_number(word)
			if number is None or number > LARGEST_NUMBER:
				message = N_(
					"Row {row}, heading '{heading}': '{value}' is not a whole number from 0 to {most}."
				)
				self._report_value("not_a_number", message, row, heading, text, most=LARGEST_NUMBER)
				return None
			return number
		if kind == "yes_no":
			return self._tick(row, heading, word)
		return word

	def _word(self, row: int, heading: str, name: str, text: str) -> str:
		"""Their word in ours: through the value table if there is one, and among the choices."""
		table = self.mapping.values.get(name)
		word = text
		if table is not None and (text or "" in table):
			if fold(text) not in table:
				self._report(
					"not_in_table",
					N_(
						"Row {row}, heading '{heading}': '{value}' is not in the table [values.{field}]; "
						"add it there or correct the file."
					),
					row=row,
					heading=heading,
					value=text,
					field=name,
				)
				return ""
			word = table[fold(text)]
		choices = self.choices.get(name)
		if choices is None or not word:
			return self.spellings[name].one(word) if name in self.spellings else word
		if fold(word) not in choices:
			self._report(
				"not_a_choice",
				N_(
					"Row {row}, heading '{heading}': '{value}' is not known as {field}; "
					"say in a table [values.{field}] what it is called here."
				),
				row=row,
				heading=heading,
				value=word,
				field=name,
			)
			return ""
		return choices[fold(word)]

	def _sides(self, row: int, cells: Sequence[str]) -> tuple[str, ...]:
		if self.mapping.side:
			return self._side_by_column(row, cells, self.mapping.side)
		both = self.mapping.both
		if self.side is None:
			return ()
		if both is None or fold(both.heading) not in self.columns:
			return (self.side,)
		on_both = self._yes_no(row, both.heading, self._cell(cells, both.heading), both.yes, both.no)
		return SIDES if on_both else (self.side,)

	def _side_by_column(self, row: int, cells: Sequence[str], column: SideColumn) -> tuple[str, ...]:
		word = self._cell(cells, column.heading)
		sides = column.words.get(fold(word))
		if sides is None:
			self._report(
				"not_a_side",
				N_(
					"Row {row}, heading '{heading}': '{value}' doesn't say whether this is a mentor or a mentee."
				),
				row=row,
				heading=column.heading,
				value=word,
			)
		return sides or ()

	def _tick(self, row: int, heading: str, text: str) -> int:
		answer = read_yes_no(text)
		if answer is None:
			message = N_(
				"Row {row}, heading '{heading}': '{value}' is neither a yes nor a no; write yes or no."
			)
			self._report_value("not_yes_or_no", message, row, heading, text)
		return int(answer or 0)

	def _yes_no(self, row: int, heading: str, text: str, yes: frozenset[str], no: frozenset[str]) -> int:
		if fold(text) not in yes | no:
			self._report(
				"not_yes_or_no",
				N_("Row {row}, heading '{heading}': '{value}' is neither yes ({yes}) nor no ({no})."),
				row=row,
				heading=heading,
				value=text,
				yes=sorted(yes),
				no=sorted(no - {""}),
			)
		return int(fold(text) in yes)

	def _email(self, row: int, text: str) -> tuple[str, tuple[Message, ...]]:
		"""The address, lower case, and a note where there are several: the first is taken."""
		found = read_addresses(text)
		if found is None:
			self._report_cell(
				"email_invalid",
				N_("Row {row}, heading '{heading}': '{value}' is not an email address."),
				row,
				"email",
				value=text[:LONGEST_SHOWN],
			)
			return "", ()
		first = self.row_of_email.setdefault(found.email, row)
		if first != row:
			self._report_cell(
				"email_twice",
				N_("Row {row}, heading '{heading}': {value} is already in row {first}."),
				row,
				"email",
				value=found.email,
				first=first,
			)
		others = N_("The first address, {email}, is used; {others} is left out.")
		params = {"email": found.email, "others": ", ".join(found.others)}
		return found.email, (Message("more_addresses", others, params),) if found.others else ()

	def _report_value(
		self, code: str, message: str, row: int, heading: str, text: str, **params: Any
	) -> None:
		self._report(code, message, row=row, heading=heading, value=text[:LONGEST_SHOWN], **params)

	def _report_cell(self, code: str, message: str, row: int, name: str, **params: Any) -> None:
		self._report(code, message, row=row, heading=" / ".join(self.mapping.fields[name]), **params)

	def _report(self, code: str, message: str, **params: Any) -> None:
		self.broken.append(Violation(code, message, params))
