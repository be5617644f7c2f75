"""A mapping made of columns says the same as one written as a file."""

from __future__ import annotations

from mentor_ispe.domain.mapping_columns import mapping_document
from mentor_ispe.domain.people_mapping import parse_mapping
from mentor_ispe.domain.people_rows import read_people
from mentor_ispe.domain.roll_rows import read_roll

COLUMNS = {
	"Nachname": "fields.last_name",
	"Vorname": "fields.first_name",
	"E-Mail": "fields.email",
	"Stufe": "fields.career_stage",
	"Rolle": "side",
	"Plätze": "mentor.seats_offered",
	"Bemerkungen": "",
}
WORDS = {"career_stage": {"Junior": "Early Career"}, "side": {"gibt": "mentor", "nimmt": "mentee"}}


def test_columns_make_a_mapping_that_reads_the_list():
	document = {**mapping_document(COLUMNS, WORDS), "constants": {"country": "Germany"}}
	people, broken = read_people(
		parse_mapping(document),
		list(COLUMNS),
		[
			(2, ["Lee", "Ann", "ann@example.org", "Junior", "gibt", "2", "secret"]),
			(3, ["Ray", "Ben", "ben@example.org", "", "nimmt", "", ""]),
		],
		choices={"career_stage": ["Early Career"]},
	)
	assert broken == []
	assert [person.profile["full_name"] for person in people] == ["Ann Lee", "Ben Ray"]
	assert people[0].profile["career_stage"] == "Early Career"
	assert people[0].applications == {"Mentor": {"seats_offered": 2}}
	assert people[1].applications == {"Mentee": {}}
	assert people[0].defaults == {"country": "Germany"}


def test_a_side_that_no_word_names_is_told():
	mapping = parse_mapping(mapping_document(COLUMNS, WORDS))
	_people, broken = read_people(
		mapping, list(COLUMNS), [(2, ["Lee", "Ann", "ann@example.org", "", "schaut zu", "", ""])]
	)
	assert [str(violation) for violation in broken] == [
		"Row 2, heading 'Rolle': 'schaut zu' doesn't say whether this is a mentor or a mentee."
	]


def test_usual_words_do_where_none_are_given():
	mapping = parse_mapping(mapping_document({"Name": "fields.full_name", "M": "fields.email", "As": "side"}))
	people, _broken = read_people(mapping, ["Name", "M", "As"], [(2, ["Ann", "ann@example.org", "Both"])])
	assert set(people[0].applications) == {"Mentor", "Mentee"}


def test_columns_of_a_roll():
	columns = {"Nr": "roll.member_number", "Name": "roll.last_name", "First": "roll.first_name", "x": ""}
	columns |= {"Mail": "roll.email", "From": "roll.from_date"}
	document = mapping_document(columns)
	assert document["roll"]["full_name"] == ["First", "Name"]
	entries, wrong, broken = read_roll(
		parse_mapping(document),
		list(columns),
		[(2, ["7", "Lee", "Ann", "-", "ann@example.org", "2027-01-31"])],
	)
	assert (wrong, broken) == ({}, [])
	assert [(row, entry.full_name, entry.member_number) for row, entry in entries] == [(2, "Ann Lee", "7")]
