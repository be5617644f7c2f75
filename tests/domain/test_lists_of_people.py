"""A list of people in whatever dialect comes back as the same people; a damaged one is told, or does no harm."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.column_guesses import guess_columns
from mentor_ispe.domain.import_fields import (
	AS_MENTEE,
	AS_MENTOR,
	PROFILE,
	ROLL,
	SIDE,
	fields_for,
	known_headings,
)
from mentor_ispe.domain.mapping_columns import mapping_document
from mentor_ispe.domain.people_mapping import PeopleMapping, parse_mapping
from mentor_ispe.domain.people_rows import read_people
from mentor_ispe.domain.roll_rows import read_roll
from mentor_ispe.domain.word_guesses import guess_words
from mentor_ispe.spreadsheets import Table, TableError, read_table
from tests.domain.tables import ods_file, text_file, xlsx_file

PEOPLE_FIELDS = tuple(field for part in (PROFILE, AS_MENTOR, AS_MENTEE, SIDE) for field in fields_for(part))
STAGES = ("Student", "Early Career", "Senior")
SIDES = {"mentor": ("Mentor",), "mentee": ("Mentee",), "both": ("Mentor", "Mentee")}

WESTERN = (
	("Jürgen", "Groß"),
	("Zoë", "Lefèvre"),
	("María", "Núñez"),
	("Søren", "Åkesson"),
	("Ann", "O'Brien"),
)
CENTRAL = (("Łukasz", "Dvořák"), ("Święta", "Żak"), ("Jiří", "Kučera"), ("Jürgen", "Groß"))
ANYWHERE = (*WESTERN, *CENTRAL, ("花子", "山田"), ("Νίκος", "Παπάς"), ("Δ", "😀 Lee"))
# In the encodings that don't say which they are, one name at least must be possible in one language only.
ENCODINGS = {
	**dict.fromkeys(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"), ANYWHERE),
	**dict.fromkeys(("cp1252", "latin-1", "mac_roman"), WESTERN),
	"cp1250": CENTRAL,
	"ascii": (("Ann", "Lee"), ("Ben", "Ray-Smith"), ("Cy", "O'Brien")),
}
HEADINGS = (
	{
		"name": ("Full name",),
		"email": "E-mail",
		"employer": "Company",
		"career_stage": "Career level",
		"topics": "Topics (max. 3)",
		"side": "Mentor or mentee?",
		"seats_offered": "How many mentees",
		"willing_to_moderate": "Moderator",
	},
	{
		"name": ("Nachname", "Vorname"),
		"email": "E-Mail-Adresse",
		"employer": "Firma",
		"career_stage": "Karrierestufe",
		"topics": "Themen",
		"side": "Rolle",
		"seats_offered": "Anzahl Mentees",
		"willing_to_moderate": "Moderation",
	},
	{
		"name": ("First name", "Last name"),
		"email": "MAIL",
		"employer": "organisation",
		"career_stage": "Seniority:",
		"topics": "areas of expertise",
		"side": "Role",
		"seats_offered": "Capacity",
		"willing_to_moderate": "Moderates",
	},
)
WORDS = (
	{"Student": "Student", "Early Career": "Junior", "Senior": "Senior"},
	{"Student": "Studierende", "Early Career": "Nachwuchs", "Senior": "SENIOR"},
)
SIDE_WORDS = (
	{"mentor": "Mentor", "mentee": "Mentee", "both": "both"},
	{"mentor": "MENTORIN", "mentee": "Mentee", "both": "Beides"},
)
TICKS = (("yes", "no"), ("ja", "nein"), ("X", ""), ("1", "0"), ("WAHR", "FALSCH"), ("TRUE", "FALSE"))
NUMBERS = (
	str,
	"{}.0".format,
	"{},00".format,
	"{} mentees".format,
	lambda n: ("zero", "one", "two", "drei")[n],
)
ADDRESSES = (
	"{1}",
	" {1} ",
	"{0} <{1}>",
	"mailto:{1}",
	"<{1}>",
	"{1}.",
	"{1},",
	"{2}",
	"{1} ",
)
DAYS = (
	"%Y-%m-%d",
	"%d.%m.%Y",
	"%m/%d/%Y",
	"%d/%m/%Y",
	"%m/%d/%y",
	"%B %d, %Y",
	"%d-%b-%Y",
	"%Y-%m-%d 00:00:00",
)


@dataclass(frozen=True)
class Dialect:
	"""How somebody's spreadsheet writes a list."""

	file: str
	encoding: str
	separator: str
	quoting: Any
	newline: str
	first_line: bool
	titles: int
	blank_above: bool
	blank_between: bool
	left_column: bool
	total: bool
	headings: dict[str, Any]
	words: dict[str, str]
	sides: dict[str, str]
	ticks: tuple[str, str]
	number: Any
	address: str
	items: str
	day: str

	@property
	def names(self) -> tuple[tuple[str, str], ...]:
		return ENCODINGS[self.encoding] if self.file == "text" else ANYWHERE

	def write(self, rows: list[list[Any]]) -> bytes:
		"""The headings are the first of the rows."""
		lines = [list(rows[0]), *([] if not self.blank_between else [[]]), *rows[1:]]
		if self.total:
			lines.append(["Total", str(len(rows) - 1)])
		if self.left_column:
			lines = [["", *line] for line in lines]
		width = max(map(len, lines))
		above = [["Members of our association"], ["printed on a Monday"], ["for internal use"]][: self.titles]
		above += [[]] if self.blank_above else []
		lines = [[*line, *[""] * (width - len(line))] for line in [*above, *lines]]
		if self.file != "text":
			return (xlsx_file if self.file == "xlsx" else ods_file)(lines)
		first = f"sep={self.separator}{self.newline}" if self.first_line else ""
		encoding = self.encoding
		body = text_file(lines, encoding, self.separator, self.newline, self.quoting)
		if not first:
			return body
		mark = next((mark for mark in (b"\xef\xbb\xbf", b"\xff\xfe") if body.startswith(mark)), b"")
		wide = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
		return mark + first.encode(wide) + body[len(mark) :]


DIALECTS = st.builds(
	Dialect,
	file=st.sampled_from(("text", "text", "text", "xlsx", "ods")),
	encoding=st.sampled_from(tuple(ENCODINGS)),
	separator=st.sampled_from(",;\t|"),
	quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
	newline=st.sampled_from(("\n", "\r\n", "\r")),
	first_line=st.booleans(),
	titles=st.integers(0, 3),
	blank_above=st.booleans(),
	blank_between=st.booleans(),
	left_column=st.booleans(),
	total=st.booleans(),
	headings=st.sampled_from(HEADINGS),
	words=st.sampled_from(WORDS),
	sides=st.sampled_from(SIDE_WORDS),
	ticks=st.sampled_from(TICKS),
	number=st.sampled_from(NUMBERS),
	address=st.sampled_from(ADDRESSES),
	items=st.sampled_from((", ", "; ", "\n", "|")),
	day=st.sampled_from(DAYS),
)


@dataclass(frozen=True)
class Somebody:
	name: int
	employer: str
	stage: str
	topics: tuple[str, ...]
	side: str
	seats: int
	moderates: bool


PEOPLE = st.lists(
	st.builds(
		Somebody,
		name=st.integers(0, 50),
		employer=st.sampled_from(("", "Roche", "Acme, Inc.", 'The "Lab"', "A; B & C", "+cmd", "R|S")),
		stage=st.sampled_from(("", *STAGES)),
		topics=st.sampled_from(((), ("Law",), ("Law", "Quality"), ("Leading a team", "Law"))),
		side=st.sampled_from(tuple(SIDES)),
		seats=st.integers(0, 3),
		moderates=st.booleans(),
	),
	min_size=2,
	max_size=6,
)


def rows_of(people: list[Somebody], dialect: Dialect) -> tuple[list[list[Any]], list[tuple]]:
	"""The list as it is written, and the people who are in it, as they must be read."""
	headings = dialect.headings
	rows: list[list[Any]] = [[*headings["name"], *(text for key, text in headings.items() if key != "name")]]
	meant = []
	for number, person in enumerate(people):
		# The first of the names is always there: an encoding that isn't told must be seen from something.
		first, last = dialect.names[person.name % len(dialect.names) if number else 0]
		email = f"person{number}@example.org"
		names = {"Full name": f"{first} {last}", "First name": first, "Vorname": first}
		rows.append(
			[
				*(names.get(heading, last) for heading in headings["name"]),
				dialect.address.format(f"{first} {last}", email, email.upper()),
				person.employer,
				dialect.words.get(person.stage, ""),
				dialect.items.join(person.topics),
				dialect.sides[person.side],
				dialect.number(person.seats),
				dialect.ticks[0 if person.moderates else 1],
			]
		)
		applications = {
			side: person.seats if side == "Mentor" else int(person.moderates) for side in SIDES[person.side]
		}
		meant.append((f"{first} {last}", email, person.employer, person.stage, person.topics, applications))
	return rows, meant


def mapping_of(table: Table) -> PeopleMapping:
	"""As a person gets it who agrees to every guess."""
	rows = [cells for _row, cells in table.rows]
	guesses = guess_columns(table.headings, rows, PEOPLE_FIELDS)
	columns = {guess.heading: guess.field.key if guess.field else "" for guess in guesses if guess.heading}
	place = {guess.field.name: guess.column for guess in guesses if guess.field}
	words = {
		name: {
			guess.word: guess.choice or "?"
			for guess in guess_words(
				name, [row[place[name]] for row in rows if place[name] < len(row)], choices
			)
		}
		for name, choices in (("career_stage", STAGES), ("side", SIDES))
		if name in place
	}
	return parse_mapping(mapping_document(columns, words))


def read(content: bytes, mapping: PeopleMapping | None = None) -> tuple[list[tuple], list[str]]:
	"""The people in a file, and everything that was told."""
	try:
		table = read_table(content, known_headings(PEOPLE_FIELDS))
	except TableError as error:
		return [], [str(each) for each in error.violations]
	people, broken = read_people(
		mapping or mapping_of(table), table.headings, table.rows, choices={"career_stage": STAGES}
	)
	found = [
		(
			person.profile.get("full_name"),
			person.email,
			person.profile.get("employer", ""),
			person.profile.get("career_stage", ""),
			tuple(person.profile.get("topics", ())),
			{
				side: values.get("seats_offered" if side == "Mentor" else "willing_to_moderate", 0)
				for side, values in person.applications.items()
			},
		)
		for person in people
	]
	notes = [note.code for note in table.notes if note.code not in ("encoding", "totals")]
	# A list has a column of seats, and people who fill it without being mentors.
	said = [note for person in people for note in person.notes if note.code != "other_side"]
	return found, [*notes, *map(str, broken), *map(str, said)]


@settings(max_examples=100)
@given(PEOPLE, DIALECTS)
def test_people_come_back_from_every_dialect(people, dialect):
	rows, meant = rows_of(people, dialect)
	assert read(dialect.write(rows)) == (meant, [])


MEMBERS = st.lists(
	st.tuples(
		st.integers(0, 50),
		st.dates(date(1980, 1, 1), date(2030, 12, 31)),
		st.one_of(st.none(), st.integers(0, 9_000)),
		st.booleans(),
	),
	min_size=1,
	max_size=6,
)
ROLL_HEADINGS = (
	("Member ID", "Name", "E-mail", "Member since", "Valid until", "Cancelled?"),
	("Mitglieds-Nr.", "Name", "E-Mail", "Eintritt", "gültig bis", "gekündigt"),
)


@settings(max_examples=100)
@given(MEMBERS, DIALECTS, st.sampled_from(ROLL_HEADINGS), st.booleans())
def test_memberships_come_back_from_every_dialect_or_the_order_of_days_is_asked(
	members, dialect, headings, as_days
):
	assume(dialect.encoding != "ascii")
	as_days = as_days and dialect.file != "text"
	rows: list[list[Any]] = [list(headings)]
	meant = []
	for number, (name, start, length, cancelled) in enumerate(members):
		end = None if length is None else start + timedelta(days=length)
		full_name = " ".join(dialect.names[name % len(dialect.names) if number else 0])
		email = f"person{number}@example.org"
		written = [day if as_days or day is None else day.strftime(dialect.day) for day in (start, end)]
		address = dialect.address.format(full_name, email, email.upper())
		rows.append([f"{number:05}", full_name, address, *written, dialect.ticks[0 if cancelled else 1]])
		meant.append((f"{number:05}", full_name, email, start, end, int(cancelled)))
	table = read_table(dialect.write(rows), known_headings(fields_for(ROLL)))
	guesses = guess_columns(table.headings, [cells for _row, cells in table.rows], fields_for(ROLL))
	document = mapping_document({guess.heading: guess.field.key for guess in guesses if guess.field})
	_entries, wrong, _broken = read_roll(parse_mapping(document), table.headings, table.rows)
	if wrong:
		assert dialect.day in ("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y")
		assert {each.code for broken in wrong.values() for each in broken} == {"which_day"}
		document["days"] = "day first" if dialect.day == "%d/%m/%Y" else "month first"
	entries, wrong, broken = read_roll(parse_mapping(document), table.headings, table.rows)
	assert (wrong, broken) == ({}, [])
	assert [
		(entry.member_number, entry.full_name, entry.email, entry.from_date, entry.to_date, entry.cancelled)
		for _row, entry in entries
	] == meant


def cut(content: bytes, rows: list[list[Any]], at: int) -> bytes:
	return content[: at % len(content)]


def quote(content: bytes, rows: list[list[Any]], at: int) -> bytes:
	return content[: at % len(content)] + b'"' + content[at % len(content) :]


def without_quote(content: bytes, rows: list[list[Any]], at: int) -> bytes:
	places = [place for place, byte in enumerate(content) if byte == ord('"')]
	place = places[at % len(places)] if places else len(content)
	return content[:place] + content[place + 1 :]


def other_encoding(content: bytes, rows: list[list[Any]], at: int) -> bytes:
	letters = [
		place for place in range(len(content) - 1) if content[place : place + 2].hex() in ("c3bc", "c3ab")
	]
	if not letters:
		return content
	place = letters[at % len(letters)]
	return content[:place] + content[place : place + 2].decode().encode("cp1252") + content[place + 2 :]


def outside_quotes(content: bytes, place: int) -> bool:
	"""A text within quotes may have line breaks; one more or less is another text, which nobody can tell."""
	return content[:place].count(b'"') % 2 == 0


def line_break(content: bytes, rows: list[list[Any]], at: int) -> bytes:
	places = [place for place in range(len(content)) if outside_quotes(content, place)]
	place = places[at % len(places)]
	return content[:place] + b"\n" + content[place:]


def without_line_break(content: bytes, rows: list[list[Any]], at: int) -> bytes:
	breaks = [
		place for place, byte in enumerate(content) if byte == ord("\n") and outside_quotes(content, place)
	]
	place = breaks[at % len(breaks)]
	return content[:place] + content[place + 1 :]


def of_rows(damage):
	def damaged(content: bytes, rows: list[list[Any]], at: int) -> bytes:
		kept = [list(row) for row in rows]
		row = kept[1 + at % (len(kept) - 1)]
		damage(kept, row, at % len(row))
		return text_file(kept)

	damaged.__name__ = damage.__name__
	return damaged


@of_rows
def blank_cell(rows, row, place):
	row.insert(place, "")


@of_rows
def lost_cell(rows, row, place):
	del row[place]


@of_rows
def row_twice(rows, row, place):
	rows.append(row)


@of_rows
def lost_column(rows, row, place):
	for each in rows:
		del each[place]


@of_rows
def other_heading(rows, row, place):
	rows[0][place] += " of it"


@of_rows
def blank_heading(rows, row, place):
	rows[0][place] = ""


@of_rows
def heading_twice(rows, row, place):
	rows[0][place] = rows[0][place - 1]


@of_rows
def number_in_words(rows, row, place):
	row[-2] = "a few"


@of_rows
def perhaps(rows, row, place):
	row[-1] = "perhaps"


@of_rows
def no_side(rows, row, place):
	row[-3] = "guest"


@of_rows
def unknown_stage(rows, row, place):
	row[-5] = "Wizard"


@of_rows
def no_address(rows, row, place):
	row[-7] = row[-7].replace("@", " ")


@of_rows
def two_addresses(rows, row, place):
	row[-7] += "; another@example.org"


@of_rows
def read_in_another_encoding(rows, row, place):
	row[0] = row[0].encode().decode("cp1252", errors="replace")


@of_rows
def error_of_a_formula(rows, row, place):
	row[place] = "#REF!"


DAMAGES = (
	*(
		cut,
		quote,
		without_quote,
		other_encoding,
		line_break,
		without_line_break,
		blank_cell,
		lost_cell,
		row_twice,
	),
	*(
		lost_column,
		other_heading,
		blank_heading,
		heading_twice,
		number_in_words,
		perhaps,
		no_side,
		unknown_stage,
	),
	*(no_address, two_addresses, read_in_another_encoding, error_of_a_formula),
)


@settings(max_examples=150)
@given(PEOPLE, DIALECTS, st.sampled_from(DAMAGES), st.integers(0, 10_000))
def test_a_damage_is_told_or_harmless(people, dialect, damage, at):
	"""A mapping that was kept reads the damaged file. Whole rows lost at the end no reader can see: callers say how many
	there are.
	"""
	rows, meant = rows_of(people, dialect)
	whole = text_file(rows)
	mapping = mapping_of(read_table(whole, known_headings(PEOPLE_FIELDS)))
	damaged = damage(whole, rows, at)
	found, told = read(damaged, mapping)
	lost_at_the_end = damage is cut and damaged.endswith(b"\n") and found == meant[: len(found)]
	assert told or found == meant or lost_at_the_end
