"""What a mapping says beyond people: the column of the side, the membership roll, and its text as TOML."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.mapping_text import from_toml, to_toml
from mentor_ispe.domain.people_mapping import MappingError, parse_mapping
from mentor_ispe.domain.people_rows import read_people
from mentor_ispe.domain.roll_rows import read_roll

FIELDS = {"fields": {"full_name": "name", "email": "mail"}}
ROLL = {"member_number": "No", "full_name": "Name", "email": "Mail", "from_date": "Since"}
HEADINGS = ["No", "Name", "Mail", "Since", "Left"]
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
VALUES = TEXTS | st.integers(-(10**9), 10**9) | st.booleans() | st.lists(TEXTS, max_size=3)
DOCUMENTS = st.dictionaries(
	TEXTS, VALUES | st.dictionaries(TEXTS, VALUES | st.dictionaries(TEXTS, VALUES, max_size=3), max_size=3)
)


def sides(word: str, **side) -> tuple[list[tuple[str, ...]], list[str]]:
	mapping = parse_mapping({**FIELDS, "side": {"heading": "As", **side}})
	people, broken = read_people(mapping, ["Name", "Mail", "As"], [(2, ["Ada", "ada@example.org", word])])
	return [tuple(person.applications) for person in people], [violation.code for violation in broken]


@pytest.mark.parametrize(
	("word", "expected"),
	[("Mentor", ("Mentor",)), ("MENTEE", ("Mentee",)), ("both", ("Mentor", "Mentee"))],
)
def test_a_column_says_as_what_a_person_takes_part(word, expected):
	assert sides(word) == ([expected], [])


def test_words_of_their_own_say_it_too():
	assert sides("gibt Rat", mentor=["Gibt  Rat"], mentee=["fragt"]) == ([("Mentor",)], [])


@pytest.mark.parametrize("word", ["", "perhaps", "mentor"])
def test_a_word_that_says_neither_is_told(word):
	assert sides(word, mentor=["M"])[1] == ["not_a_side"]


def test_one_word_for_both_sides_is_refused():
	with pytest.raises(MappingError, match="can't mean two things"):
		sides("m", mentor=["M"], mentee=["m"])


def roll_mapping(**parts):
	return parse_mapping({"roll": ROLL, "leave_out": ["Left"], **parts})


def test_a_list_of_memberships_is_read_by_row():
	rows = [
		(3, ["7", "Ada", "ada@example.org", "2027-01-31"]),
		(5, ["8", "Ben", "no address", "2027-01-31"]),
		(6, ["7", "Cleo", "cleo@example.org", "2027-01-31"]),
	]
	good, broken, headings = read_roll(roll_mapping(), HEADINGS, rows)
	assert [(row, entry.full_name, entry.from_date) for row, entry in good] == [(3, "Ada", date(2027, 1, 31))]
	assert {row: [violation.code for violation in each] for row, each in broken.items()} == {
		5: ["email"],
		6: ["twice"],
	}
	assert broken[6][0].params["row"] == 3
	assert headings == []


def test_constants_and_words_fill_a_list_of_memberships():
	mapping = roll_mapping(
		roll={**ROLL, "cancelled": "Left"},
		leave_out=[],
		constants={"membership_type": "Regular"},
		values={"cancelled": {"ausgetreten": "1", "": "0"}},
	)
	rows = [
		(2, ["7", "Ada", "ada@example.org", "2027-01-31", "Ausgetreten"]),
		(3, ["8", "Ben", "ben@example.org", "2027-01-31", ""]),
		(4, ["9", "Cleo", "cleo@example.org", "2027-01-31", "?"]),
	]
	good, broken, _headings = read_roll(mapping, HEADINGS, rows)
	assert [(entry.cancelled, entry.membership_type) for _row, entry in good] == [
		(1, "Regular"),
		(0, "Regular"),
	]
	assert [violation.code for violation in broken[4]] == ["not_in_table"]


def test_a_heading_that_the_list_lacks_is_told():
	good, _broken, headings = read_roll(roll_mapping(), HEADINGS[1:], [(2, ["Ada"])])
	assert good == []
	assert [violation.code for violation in headings] == ["heading_missing"]


def test_a_list_of_memberships_needs_its_columns_or_one_value_for_all():
	with pytest.raises(MappingError, match="from_date"):
		parse_mapping({"roll": {key: value for key, value in ROLL.items() if key != "from_date"}})
	without = {key: value for key, value in ROLL.items() if key != "from_date"}
	assert parse_mapping({"roll": without, "constants": {"from_date": "2027-01-01"}}).constants


@given(DOCUMENTS)
def test_a_mapping_as_text_is_read_back_as_it_was(document):
	assert from_toml(to_toml(document)) == document


DATED = ["No", "Name", "Mail", "Since", "Until", "State"]


def read_dated(*rows: list[str], **parts):
	mapping = parse_mapping(
		{"roll": {**ROLL, "to_date": "Until", "cancelled": "State"}, **parts},
	)
	good, broken, _headings = read_roll(mapping, DATED, list(enumerate(rows, 2)))
	entries = [(row, entry.from_date, entry.to_date) for row, entry in good]
	return entries, {row: [violation.code for violation in each] for row, each in broken.items()}


def member(start: str, end: str, state: str = "", mail: str = "zoe@example.org") -> list[str]:
	return ["8", "Zoe", mail, start, end, state]


def test_who_came_back_has_the_membership_that_came_last():
	later = member("01.06.2024", "31.05.2027")
	entries = [(3, date(2024, 6, 1), date(2027, 5, 31))]
	assert read_dated(member("01.05.2018", "30.04.2021"), later) == (entries, {2: ["followed"]})


def test_a_renewal_in_a_row_of_its_own_lets_nobody_pause():
	now, next_year = member("01.01.2026", "31.12.2026"), member("01.01.2027", "31.12.2027")
	assert read_dated(next_year, now) == ([(2, date(2026, 1, 1), date(2027, 12, 31))], {3: ["followed"]})
	assert read_dated(member("01.01.2026", "31.12.2026", "yes"), next_year)[0] == [
		(3, date(2027, 1, 1), date(2027, 12, 31))
	]


def test_rows_of_one_number_that_do_not_follow_each_other_are_told():
	within = member("01.03.2026", "30.06.2026")
	assert read_dated(member("01.01.2026", "31.12.2026"), within)[1] == {3: ["twice"]}
	other = member("01.01.2027", "31.12.2027", mail="ada@example.org")
	assert read_dated(member("01.01.2026", "31.12.2026"), other)[1] == {3: ["twice"]}


@pytest.mark.parametrize("word", ["31.12.9999", "9999-12-31", "Lebenslang", "lifetime", "unbefristet", ""])
def test_a_membership_without_end_as_other_systems_write_it(word):
	assert read_dated(member("01.01.2020", word)) == ([(2, date(2020, 1, 1), None)], {})
