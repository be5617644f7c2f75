"""A list with somebody else's headings, read through a mapping."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from mentor_ispe.domain.people_mapping import MappingError, parse_mapping
from mentor_ispe.domain.people_rows import Person, read_people

if sys.version_info >= (3, 11):
	import tomllib
else:
	import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
CIVIL_SERVICE = ROOT / "examples" / "civil_service" / "mapping.toml"
HEADINGS = ["Name", "Mail", "Grade"]
STAGES = {"career_stage": ["Early Career", "Executive"]}


def make_mapping(**parts: Any):
	document = {
		"fields": {"full_name": "name", "email": "mail", "career_stage": "grade"},
		"values": {"career_stage": {"AA": "Early Career", "SCS": "Executive"}},
	}
	return parse_mapping({**document, **parts})


def read(rows, mapping=None, headings=HEADINGS, side=None, choices=STAGES):
	return read_people(mapping or make_mapping(), headings, list(enumerate(rows, start=2)), side, choices)


def read_one(row, **kwargs) -> Person:
	people, broken = read([row], **kwargs)
	assert [str(violation) for violation in broken] == []
	return people[0]


def words(broken) -> list[str]:
	return [str(violation) for violation in broken]


def test_headings_and_values_are_translated_into_ours():
	person = read_one(["Ada Example", "Ada@Example.org", "scs"])
	assert person.profile == {
		"full_name": "Ada Example",
		"email": "ada@example.org",
		"career_stage": "Executive",
	}
	assert person.row == 2


def test_several_headings_make_one_field():
	mapping = make_mapping(fields={"full_name": ["first", "last"], "email": "mail"})
	person = read_one(
		["Ada", "Example", "ada@example.org"], mapping=mapping, headings=["First", "Last", "Mail"]
	)
	assert person.profile["full_name"] == "Ada Example"


def test_a_value_missing_from_the_table_is_told_by_row_heading_and_table():
	_, broken = read([["Ada", "ada@example.org", "AA"], ["Ben", "ben@example.org", "G9"]])
	assert words(broken) == [
		"Row 3, heading 'grade': 'G9' is not in the table [values.career_stage]; "
		"add it there or correct the file."
	]


def test_a_table_may_name_what_does_not_exist_here():
	mapping = make_mapping(values={"career_stage": {"AA": "Junior"}})
	_, broken = read([["Ada", "ada@example.org", "AA"]], mapping=mapping)
	assert [violation.code for violation in broken] == ["not_a_choice"]
	assert "'Junior' is not known as career_stage" in str(broken[0])


def test_an_empty_cell_says_nothing_about_the_person():
	assert "career_stage" not in read_one(["Ada", "ada@example.org", ""]).profile


def test_a_table_may_say_what_an_empty_cell_means():
	mapping = make_mapping(values={"career_stage": {"": "Early Career"}})
	assert read_one(["Ada", "ada@example.org", " "], mapping=mapping).profile["career_stage"] == (
		"Early Career"
	)


def test_everything_wrong_is_told_at_once():
	_, broken = read([["", "ada@example.org", "G9"], ["Ben", "nobody", "AA"], ["Cy", "ADA@example.org", ""]])
	assert [violation.code for violation in broken] == [
		"not_in_table",
		"cell_empty",
		"email_invalid",
		"email_twice",
	]
	assert "ada@example.org is already in row 2" in str(broken[-1])


def test_blank_rows_are_passed_over_and_still_counted():
	people, broken = read([["", "", ""], ["Ada", "ada@example.org", "AA"]])
	assert not broken
	assert [person.row for person in people] == [3]


def test_a_short_row_has_empty_cells_and_a_long_one_is_refused():
	people, broken = read([["Ada", "ada@example.org"], ["Ben", "ben@example.org", "AA", "and", "more"]])
	assert people[0].profile == {"full_name": "Ada", "email": "ada@example.org"}
	assert [violation.code for violation in broken] == ["row_too_long"]


def test_lists_are_split_at_their_sign():
	mapping = make_mapping(
		fields={"full_name": "name", "email": "mail", "topics": "grade"}, separators={"topics": "|"}
	)
	person = read_one(["Ada", "ada@example.org", "Biotech | Leadership, Teams||Biotech"], mapping=mapping)
	assert person.profile["topics"] == ["Biotech", "Leadership, Teams"]


def test_constants_come_beside_what_the_file_says():
	mapping = make_mapping(constants={"time_zone": "Europe/London", "languages": ["en"]})
	person = read_one(["Ada", "ada@example.org", "AA"], mapping=mapping)
	assert person.defaults == {"time_zone": "Europe/London", "languages": ["en"]}
	assert "time_zone" not in person.profile


def test_a_heading_that_nobody_decided_about_stops_the_import():
	_, broken = read([], headings=[*HEADINGS, "Religion"])
	assert words(broken) == [
		"The mapping doesn't say what to do with the heading 'Religion'. Read it, or list it under leave_out."
	]


def test_a_heading_left_out_is_not_read():
	mapping = make_mapping(leave_out=["religion"])
	person = read_one(
		["Ada", "ada@example.org", "AA", "secret"], mapping=mapping, headings=[*HEADINGS, "Religion"]
	)
	assert "secret" not in str(person)


def test_a_missing_heading_and_one_that_is_there_twice_are_told():
	_, broken = read([], headings=["Name", "Grade", "Grade"])
	assert [violation.code for violation in broken] == ["heading_missing", "heading_twice"]


@pytest.mark.parametrize(
	("side", "answer", "sides"),
	[
		("Mentor", "no", {"Mentor"}),
		("Mentee", "No ", {"Mentee"}),
		("Mentor", "YES", {"Mentor", "Mentee"}),
		(None, "yes", set()),
	],
)
def test_who_takes_part_on_both_sides_applies_on_both(side, answer, sides):
	mapping = make_mapping(
		fields={"full_name": "name", "email": "mail"},
		both={"heading": "grade"},
		mentor={"constants": {"seats_offered": 2}},
	)
	person = read_one(["Ada", "ada@example.org", answer], mapping=mapping, side=side)
	assert set(person.applications) == sides
	if "Mentor" in sides:
		assert person.applications["Mentor"] == {"seats_offered": 2}


def test_both_answered_with_another_word_is_told():
	mapping = make_mapping(fields={"full_name": "name", "email": "mail"}, both={"heading": "grade"})
	_, broken = read([["Ada", "ada@example.org", "perhaps"]], mapping=mapping, side="Mentor")
	assert [violation.code for violation in broken] == ["not_yes_or_no"]


def test_seats_from_the_file_come_before_the_constant():
	mapping = make_mapping(
		fields={"full_name": "name", "email": "mail"},
		mentor={"seats_offered": "grade", "constants": {"seats_offered": 2}},
	)
	rows = [["Ada", "ada@example.org", "4"], ["Ben", "ben@example.org", ""], ["Cy", "cy@example.org", "some"]]
	people, broken = read(rows, mapping=mapping, side="Mentor", choices={})
	assert [person.applications["Mentor"]["seats_offered"] for person in people] == [4, 2, 2]
	assert [violation.code for violation in broken] == ["not_a_number"]


def test_a_wrong_mapping_is_told_whole():
	with pytest.raises(MappingError) as caught:
		parse_mapping(
			{
				"fields": {"full_name": "name", "shoe_size": "shoe", "employer": 3},
				"constants": {"languages": "en"},
				"values": {"grade": {"AA": "Early Career"}},
				"both": {},
				"fieds": {},
			}
		)
	told = str(caught.value)
	for part in ("shoe_size", "[fieds]", "employer", "languages", "grade", "[both]", "'email' is needed"):
		assert part in told


def test_the_civil_service_mapping_leaves_protected_traits_out():
	mapping = parse_mapping(tomllib.loads(CIVIL_SERVICE.read_text(encoding="utf-8")))
	headings = [
		"first name",
		"last name",
		"email address",
		"both mentor and mentee",
		"job title",
		"grade",
		"organisation",
		"profession",
		"characteristics",
		"biography",
	]
	row = [
		"Ada",
		"Example",
		"ada@example.org",
		"yes",
		"Clerk",
		"AA",
		"Ministry of Tests",
		"DDaT",
		"Trait",
		"Trait",
	]
	person = read_one(row, mapping=mapping, headings=headings, side="Mentor", choices={})
	assert "Trait" not in str(person)
	assert person.profile["industry"] == "Digital, Data and Technology"
	assert set(person.applications) == {"Mentor", "Mentee"}
