"""The lists: files read through the program's mapping into people the engine knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from mentor_ispe.cli.errors import Refused
from mentor_ispe.cli.program import Program
from mentor_ispe.domain.cell_values import LARGEST_NUMBER, whole_number
from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.people_mapping import fold
from mentor_ispe.domain.people_rows import Person, read_people
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.time_zones import hours_ahead
from mentor_ispe.spreadsheets import Table, TableError, read_table


@dataclass
class Lists:
	"""Everybody in the files, by side."""

	mentees: list[Candidate]
	mentors: list[Candidate]
	separator: str = ""
	"""As the files have it, empty for workbooks: what is written opens in the same spreadsheet."""
	notes: list[str] = field(default_factory=list)
	"""How the files were understood where one may have meant it otherwise."""


def read_file(path: Path, known: Iterable[str], sheet: str = "") -> Table:
	"""Headings and rows of a CSV file or a workbook; raise Refused, naming what is wrong by row."""
	try:
		return read_table(path.read_bytes(), known, sheet)
	except OSError as error:
		raise Refused([f"{path}: {error.strerror}."]) from error
	except TableError as error:
		raise Refused([f"{path.name}: {violation}" for violation in error.violations]) from error


def read_lists(program: Program, people: Path, mentors: Path | None, sheet: str = "") -> Lists:
	"""Read one list with a column for the side, or a list of mentees and one of mentors; of workbooks, that sheet.

	Raise Refused, naming file, row and heading, when anything in them can't be read.
	"""
	if mentors is None and not program.mapping_of(None).side:
		raise Refused(
			["One list needs [side] in the program file, to say who is a mentor; or give two lists."]
		)
	found = Lists([], [])
	wrong: list[str] = []
	for path, side in ((people, MENTEE if mentors else None), (mentors, MENTOR)):
		if path is not None:
			_read_list(program, read_file(path, program.mapping.headings, sheet), path, side, found, wrong)
	for side, list_ in (("mentees", found.mentees), ("mentors", found.mentors)):
		seen: set[str] = set()
		for person in list_:
			if person.name in seen:
				wrong.append(f"{person.name} is among the {side} twice, once in each list.")
			seen.add(person.name)
	if wrong:
		raise Refused(wrong)
	return found


def _read_list(
	program: Program, table: Table, path: Path, side: str | None, found: Lists, wrong: list[str]
) -> None:
	headings, rows = table.headings, table.rows
	found.separator = table.separator or found.separator
	found.notes += [f"{path.name}: {note}" for note in table.notes]
	more = program.columns.values()
	missing = [name for name in more if name and fold(name) not in map(fold, headings)]
	if missing:
		wrong += [f"{path.name}: The file has no heading '{name}'." for name in missing]
		return
	people, broken = read_people(program.mapping_of(side), headings, rows, side)
	if broken:
		wrong += [f"{path.name}: {violation}" for violation in broken]
		return
	found.notes += [f"{path.name}: Row {person.row}: {note}" for person in people for note in person.notes]
	reader = _Row(program, headings, rows, path.name, wrong)
	for person in people:
		for each in person.applications:
			(found.mentors if each == MENTOR else found.mentees).append(reader.candidate(person, each))


class _Row:
	"""Makes candidates of rows, and collects what is wrong with them."""

	def __init__(
		self,
		program: Program,
		headings: Sequence[str],
		rows: Iterable[tuple[int, Sequence[str]]],
		file: str,
		wrong: list[str],
	):
		self.program, self.rows, self.file, self.wrong = program, dict(rows), file, wrong
		self.column = {fold(heading): index for index, heading in enumerate(headings)}
		self.offsets: dict[str, float | None] = {}

	def candidate(self, person: Person, side: str) -> Candidate:
		mapping = self.program.mapping
		values = {**person.defaults, **person.profile}
		part = person.applications.get(side) or mapping.application_constants.get(side, {})
		topics, own = tuple(values.get("topics", ())), tuple(part.get("topics", ()))
		is_mentor = side == MENTOR
		texts = {kind.field: values.get(kind.profile_field, "") for kind in KINDS.values() if kind.is_text}
		texts["career_stage"] = self._stage(person, texts["career_stage"])
		return Candidate(
			**texts,
			name=person.email,
			person=person.email,
			full_name=values.get("full_name", ""),
			wants=() if is_mentor else own or topics,
			offers=own if is_mentor else (),
			knows=tuple(topic for topic in topics if topic not in own) if is_mentor else (),
			utc_offset=self._offset(person, values.get("time_zone", "")),
			languages=tuple(values.get("languages", ())),
			seats=int(part.get("seats_offered", 1)),
			wishes=self._names(person, "wishes"),
			refuses=self._names(person, "refuses"),
			waited=self._waited(person),
			willing_to_moderate=bool(part.get("willing_to_moderate", 0)),
		)

	def _cell(self, person: Person, heading: str) -> str:
		row = self.rows[person.row]
		index = self.column.get(fold(heading), len(row)) if heading else len(row)
		return row[index].strip() if index < len(row) else ""

	def _names(self, person: Person, column: str) -> tuple[str, ...]:
		text = self._cell(person, self.program.columns.get(column, ""))
		return tuple(name.strip().casefold() for name in text.replace(";", ",").split(",") if name.strip())

	def _waited(self, person: Person) -> int:
		heading = self.program.columns.get("waited", "")
		word = self._cell(person, heading)
		number = whole_number(word or "0")
		if number is None or number > LARGEST_NUMBER:
			self._refuse(person, heading, f"'{word[:40]}' is not a whole number of cycles.")
			return 0
		return number

	def _stage(self, person: Person, stage: str) -> str:
		if stage and stage not in self.program.rules.stages:
			self._refuse(
				person,
				self._heading("career_stage"),
				f"'{stage}' is not one of the stages: {', '.join(self.program.rules.stages)}.",
			)
		return stage

	def _offset(self, person: Person, zone: str) -> float | None:
		"""Hours ahead of UTC at noon of the day the program starts."""
		if not zone:
			return None
		if zone not in self.offsets:
			self.offsets[zone] = hours_ahead(zone, datetime.combine(self.program.starts_on, time(12)))
			if self.offsets[zone] is None:
				self._refuse(
					person, self._heading("time_zone"), f"'{zone}' is not a time zone like Europe/Berlin."
				)
		return self.offsets[zone]

	def _heading(self, field: str) -> str:
		return " / ".join(self.program.mapping.fields.get(field, (field,)))

	def _refuse(self, person: Person, heading: str, words: str) -> None:
		self.wrong.append(f"{self.file}: Row {person.row}, heading '{heading}': {words}")


def read_pairs(path: Path, lists: Lists) -> list[tuple[str, str]]:
	"""Pairs of e-mail addresses, mentee and mentor, from a file with these two headings."""
	table = read_file(path, ("mentee", "mentor"))
	folded = [fold(heading) for heading in table.headings]
	if not {"mentee", "mentor"} <= set(folded):
		raise Refused([f"{path.name}: needs the headings mentee and mentor."])
	places = [("mentee", folded.index("mentee")), ("mentor", folded.index("mentor"))]
	known = {"mentee": _names_of(lists.mentees), "mentor": _names_of(lists.mentors)}
	pairs, wrong = [], []
	for number, row in table.rows:
		cells = {side: row[at].strip().casefold() if at < len(row) else "" for side, at in places}
		wrong += [
			f"{path.name}: Row {number}, heading '{side}': there is no {side} '{cells[side]}'."
			for side in cells
			if cells[side] not in known[side]
		]
		pairs.append((cells["mentee"], cells["mentor"]))
	if wrong:
		raise Refused(wrong)
	return pairs


def _names_of(people: Iterable[Candidate]) -> frozenset[str]:
	return frozenset(person.name for person in people)
