"""What is chosen on a page becomes a mapping, also as text, and comes back as it was chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.import_fields import AS_MENTEE, AS_MENTOR, PROFILE, ROLL, SIDE, fields_for
from mentor_ispe.domain.mapping_forms import (
	LEAVE_EMPTY,
	add_constants,
	fields_of_either,
	form_document,
	mapping_form,
)
from mentor_ispe.domain.mapping_text import from_toml, to_toml
from mentor_ispe.domain.people_mapping import fold

PEOPLE = [field.key for part in (PROFILE, AS_MENTOR, AS_MENTEE, SIDE) for field in fields_for(part)]
PROFILES = [field.key for field in fields_for(PROFILE)]
EITHER = [field.key for field in fields_of_either()]
MEMBERS = [field.key for field in fields_for(ROLL)]
NAMES = ("full_name", "first_name", "last_name")
words = st.text("abcÄß é|;[]\"'.=#", min_size=1, max_size=12).filter(str.strip)


@st.composite
def choices(draw, keys: list[str]) -> dict[str, str]:
	"""Columns with different headings, each field once; a name in one column or in two."""
	headings = draw(st.lists(words, min_size=4, max_size=12, unique_by=fold))
	in_two = draw(st.booleans())
	names = {key for key in keys if key.partition(".")[2] in NAMES}
	whole = [key for key in names if key.endswith("full_name")]
	taken = sorted(names - set(whole)) if in_two else whole
	others = draw(
		st.lists(
			st.sampled_from([key for key in keys if key not in names]), unique=True, max_size=len(headings)
		)
	)
	chosen = [*taken, *others][: len(headings)]
	chosen += [""] * (len(headings) - len(chosen))
	return dict(zip(headings, draw(st.permutations(chosen)), strict=True))


@given(
	st.one_of(choices(PEOPLE), choices([*PROFILES, SIDE, *EITHER])),
	st.dictionaries(words, st.sampled_from(["Senior", "Executive"]), max_size=4),
)
def test_choices_for_people_come_back_from_the_mapping_and_from_its_text(columns, stages):
	values = {"career_stage": stages} if stages else {}
	document = form_document(columns, values)
	constants = {"fields.country": "Ireland", "mentor.seats_offered": 2, "fields.languages": ["en"]}
	add_constants(document, constants)
	for each in (document, from_toml(to_toml(document))):
		form = mapping_form(each, list(columns))
		assert form["columns"] == columns
		assert form["values"] == values
		assert form["constants"] == constants


def test_two_columns_for_either_side_are_both_read_on_both_sides():
	key = EITHER[0]
	name = key.partition(".")[2]
	document = form_document({"One": key, "Two": key})
	assert document[AS_MENTOR][name] == document[AS_MENTEE][name] == ["One", "Two"]


@given(choices(MEMBERS))
def test_choices_for_memberships_come_back(columns):
	document = {ROLL: {}, **form_document(columns)}
	add_constants(document, {"roll.chapter": "North"})
	form = mapping_form(document, list(columns))
	assert (form["columns"], form["constants"]) == (columns, {"roll.chapter": "North"})


def test_words_for_the_sides_come_back():
	sides = {"M": "mentor", "m/m": "both", "learner": "mentee"}
	document = form_document({"As": "side", "Mail": "fields.email"}, {"side": sides})
	assert mapping_form(document, ["As", "Mail", "Else"]) == {
		"columns": {"As": "side", "Mail": "fields.email", "Else": ""},
		"values": {"side": sides},
		"constants": {},
		"separators": {},
	}


def test_a_word_that_counts_as_an_empty_cell_comes_back():
	words = {"career_stage": {"k.a.": LEAVE_EMPTY}}
	document = form_document({"Level": "fields.career_stage"}, words)
	assert document["values"] == {"career_stage": {"k.a.": ""}}
	assert mapping_form(document, ["Level"])["values"] == words
