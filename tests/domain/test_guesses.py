"""What columns and words of somebody's list are taken for, and what is left for a person to say."""

from __future__ import annotations

import pytest

from mentor_ispe.domain.column_guesses import guess_columns, heading_key
from mentor_ispe.domain.import_fields import (
	AS_MENTEE,
	AS_MENTOR,
	DOCTYPES,
	PROFILE,
	ROLL,
	SIDE,
	fields_for,
)
from mentor_ispe.domain.profile_fields import PROFILE_FIELDS
from mentor_ispe.domain.word_guesses import guess_words, says_nothing

PEOPLE = fields_for(PROFILE)
STAGES = ("Student", "Recent Graduate", "Early Career", "Mid-Level", "Senior", "Executive")


def guessed(headings, rows=(), fields=PEOPLE) -> list[str | None]:
	return [
		guess.field.name if guess.field else None for guess in guess_columns(headings, list(rows), fields)
	]


@pytest.mark.parametrize(
	("headings", "fields"),
	[
		(["Name", "E-Mail", "Company", "Job title"], ["full_name", "email", "employer", "job_title"]),
		(["Vorname", "Nachname", "E-Mail-Adresse"], ["first_name", "last_name", "email"]),
		(["Nachname", "Vorname", "Mailadresse"], ["last_name", "first_name", "email"]),
		(["FULL NAME:", "e-mail (work)", "ORGANISATION"], ["full_name", "email", "employer"]),
		(["Your name", "Your e-mail address", "Time Zone"], ["full_name", "email", "time_zone"]),
		(["Firma", "Berufsbezeichnung", "Wohnort"], ["employer", "job_title", "city"]),
		(["Name", "First name", "Last name"], [None, "first_name", "last_name"]),
		(["Name", "Vorname"], ["last_name", "first_name"]),
		(["Organistion", "Langauges", "Adress"], ["employer", "languages", None]),
		(["Date of birth", "Emergency contact", "Remarks"], [None, None, None]),
		(["Mentor's name", "Manager's e-mail", "Where do you work?"], [None, None, None]),
		(["What is your current job title?", "Which company do you work for?"], ["job_title", "employer"]),
		(["In which country are you based?", "Country of birth"], ["country", None]),
		(["Arbeitgeber / Firma", "Ihre Themen", "Aktuelle Position"], ["employer", "topics", "job_title"]),
	],
)
def test_columns_by_their_headings(headings, fields):
	assert guessed(headings) == fields


def test_a_field_is_guessed_once_and_for_the_better_heading():
	assert guessed(["E-mail adress", "E-mail"]) == [None, "email"]


def test_addresses_are_known_by_the_cells_where_no_heading_says_it():
	rows = [["Ann", "ann@example.org"], ["Ben", "Ben Lee <ben@example.org>"], ["Cy", "cy@example.org"]]
	(_name, guess) = guess_columns(["Who", "Where to write"], rows, PEOPLE)
	assert (guess.field.name, str(guess.why), guess.sure) == (
		"email",
		"Its cells are email addresses.",
		False,
	)


def test_two_columns_of_addresses_without_a_heading_are_asked():
	assert guessed(["One", "Two"], [["a@example.org", "b@example.org"]]) == [None, None]


def test_cells_of_another_kind_speak_against_a_heading():
	assert guessed(["Seats"], [["window"], ["aisle"]], fields_for(AS_MENTOR)) == [None]
	assert guessed(["Seats"], [["2"], ["three"], ["4 mentees"]], fields_for(AS_MENTOR)) == ["seats_offered"]
	assert guessed(["From"], [["Berlin"], ["Rome"]], fields_for(ROLL)) == [None]
	assert guessed(["Mail"], [["by post"], ["by post"]]) == [None]


def test_the_columns_of_a_roll():
	assert guessed(
		["Mitglieds-Nr.", "Name", "E-Mail", "Eintritt", "gültig bis", "gekündigt"],
		[["1", "Ann", "a@example.org", "01.02.2020", "31.12.2027", "nein"]],
		fields_for(ROLL),
	) == ["member_number", "full_name", "email", "from_date", "to_date", "cancelled"]


def test_which_side_somebody_applies_on():
	fields = (*PEOPLE, *fields_for(AS_MENTOR), *fields_for(SIDE))
	assert guessed(["Rolle", "Plaetze"], [["Mentor", "2"]], fields) == ["side", "seats_offered"]


def test_headings_that_are_questions():
	fields = (*PEOPLE, *fields_for(AS_MENTOR), *fields_for(SIDE))
	assert guessed(
		[
			*(
				"Are you applying as a mentor or mentee?",
				"How many mentees can you take?",
				"Tell us about yourself",
			),
			*("Möchten Sie Mentor oder Mentee sein?", "Warum möchten Sie Mentor werden?"),
		],
		fields=fields,
	) == ["side", "seats_offered", "biography", None, "motivation"]


def test_a_guess_says_why():
	guesses = guess_columns(["E-Mail", "Organistion"], [], PEOPLE)
	assert [(str(guess.why), guess.sure) for guess in guesses] == [
		("By its heading.", True),
		("Its heading is similar to “organisation”.", False),
	]


@pytest.mark.parametrize("part", [PROFILE, AS_MENTOR, AS_MENTEE, ROLL])
def test_every_field_is_found_by_its_own_name_and_by_each_of_its_headings(part):
	fields = fields_for(part)
	for field in fields:
		for heading in field.headings:
			(guess,) = guess_columns([heading], [], fields)
			assert guess.field == field, heading


@pytest.mark.parametrize("part", [PROFILE, AS_MENTOR, AS_MENTEE, ROLL])
def test_no_two_fields_share_a_heading(part):
	seen: dict[str, str] = {}
	for field in fields_for(part):
		for heading in field.headings:
			assert seen.setdefault(heading_key(heading), field.key) == field.key, heading


def test_every_field_of_the_profile_may_be_filled():
	assert {field.name for field in PROFILE_FIELDS} < {field.name for field in PEOPLE}
	assert {field.doctype for field in PEOPLE if not field.joins} == {DOCTYPES[PROFILE]}


@pytest.mark.parametrize(
	("word", "choice"),
	[
		("Student", "Student"),
		("STUDIERENDE", "Student"),
		("mid level", "Mid-Level"),
		("Berufseinsteigerin", "Recent Graduate"),
		("Execuitve", "Executive"),
		("Director", "Senior"),
		("wizard", None),
		("S", None),
	],
)
def test_their_words_for_ours(word, choice):
	(guess,) = guess_words("career_stage", [word], STAGES)
	assert guess.choice == choice


def test_each_word_is_asked_once_however_it_is_written():
	guesses = guess_words("career_stage", ["Junior", "junior ", "", "JUNIOR", "Senior"], STAGES)
	assert [(guess.word, guess.choice) for guess in guesses] == [
		("Junior", "Early Career"),
		("Senior", "Senior"),
	]


def test_names_in_the_sites_language_come_along_with_the_choices():
	choices = {"Ireland": ("Irland", "ie"), "Iceland": ("Island", "is")}
	assert [guess.choice for guess in guess_words("country", ["Irland", "IS", "Island"], choices)] == [
		"Ireland",
		"Iceland",
		"Iceland",
	]


def test_a_word_of_ours_is_never_taken_for_another():
	choices = {"Student": ("Senior",), "Senior": ()}
	assert [guess.choice for guess in guess_words("x", ["Senior"], choices)] == ["Senior"]


def test_what_another_system_says_of_a_membership():
	words = ["aktiv", "ausgetreten", "gekündigt", "ruhend", "ja", "inaktiv"]
	guessed = {guess.word: guess.choice for guess in guess_words("cancelled", words, ("yes", "no"))}
	# Who has given notice is a member until the last day; that, and what isn't known, a person decides.
	assert guessed == dict(zip(words, ["no", "yes", None, None, "yes", None], strict=True))


def test_a_column_of_the_states_of_memberships():
	[guess] = guess_columns(["Status"], [["aktiv"], ["aktiv"], ["ruhend"]], fields_for("roll"))
	assert guess.field.name == "cancelled"


@pytest.mark.parametrize("word", ["-", "–", "k.A.", "K. A.", "n/a", "N.A.", "keine Angabe", "unbekannt", "?"])
def test_words_that_say_nothing(word):
	assert says_nothing(word)


@pytest.mark.parametrize("word", ["no", "nein", "Senior", "a", "None of these", "日本"])
def test_words_that_say_something(word):
	assert not says_nothing(word)
