"""A person is taken out of texts as a whole, in every spelling; other words stay as they are."""

from __future__ import annotations

import json
from html import escape

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.erasure.known_as import known_as
from mentor_ispe.domain.erasure.wording import FORMER, Wording

NAME, ADDRESS, PHONE, GONE = "Zoë O'Quartermain", "zoe@example.org", "+49 30 12345678", "gone@example.org"


def wording(**values) -> Wording:
	return Wording(known_as(**{"names": [NAME], "addresses": [ADDRESS], "numbers": [PHONE], **values}), GONE)


@pytest.mark.parametrize(
	"written",
	[
		NAME,
		NAME.upper(),
		"zoë   o'quartermain",
		"O'Quartermain, Zoë",
		"Dr. Zoë O'Quartermain",
		"Zoe\u0308 O'Quartermain",
		escape(NAME),
		"Zoë&nbsp;O&#39;Quartermain",
		json.dumps(NAME),
		"O'Quartermain",
		"O'Quartermains",
	],
)
def test_every_way_to_write_a_name(written):
	said = wording().without(f"We met {written} today.")
	assert "uartermain" not in said.lower()
	assert said.startswith("We met ")
	assert said.endswith(" today.")


@pytest.mark.parametrize("written", [ADDRESS, ADDRESS.upper(), "zoe%40example.org", f"<{ADDRESS}>"])
def test_addresses(written):
	assert "zoe" not in wording().without(f"Write to {written}!").lower()
	assert wording().without("Write to anna.zoe@example.org") == "Write to anna.zoe@example.org"


@pytest.mark.parametrize(
	"written", [PHONE, "0049 30 12345678", "030/1234 5678", "(030) 12345678", "+49 (0)30 12345678"]
)
def test_telephone_numbers_as_people_dial_them(written):
	said = wording().without(f"Call {written}.")
	assert said == "Call …."
	assert wording().without("Order 9930123456789") == "Order 9930123456789"


def test_a_part_that_may_mean_something_else_stays_and_is_told():
	grace = wording(names=["Grace Winterbottom"], namesakes=["Ada Winterbottom"])
	said = "By the grace of Grace, Winterbottom won. Grace Winterbottom too."
	assert grace.without(said) == f"By the grace of Grace, Winterbottom won. {FORMER} too."
	assert grace.may_name("Winterbottom won")
	assert grace.may_name("Grace came")
	assert not grace.may_name("by the grace of")


def test_a_namesake_keeps_the_name():
	twins = wording(names=["Ann Lee"], namesakes=["ann lee"])
	assert twins.without("Ann Lee met Bo.") == "Ann Lee met Bo."
	assert twins.may_name("Ann Lee met Bo.")


def test_longer_words_stay():
	assert (
		wording(names=["Anna Bergfeld"]).without("Annabel lives in Bergfelden.")
		== "Annabel lives in Bergfelden."
	)


@given(st.text(max_size=120))
def test_a_text_without_the_person_stays_as_it_is(text):
	folded = text.casefold()
	if not any(word in folded for word in ("zo", "quartermain", "1234")):
		assert wording().without(text) == text


@given(st.text(max_size=60), st.text(max_size=60))
def test_twice_is_the_same_and_the_name_is_gone(before, after):
	once = wording().without(f"{before} {NAME} {after}")
	assert NAME not in once
	assert wording().without(once) == once


@given(
	st.recursive(st.text(max_size=20) | st.integers() | st.none(), lambda each: st.lists(each, max_size=3))
)
def test_json_stays_json(value):
	text = json.dumps({"said": f"–{NAME}", "rest": value})
	said = json.loads(wording().without(text))
	assert said == {"said": f"–{FORMER}", "rest": value}


@given(st.integers(0, 90))
def test_a_calendar_file_is_read_again_wherever_its_lines_are_folded(padding):
	calendar = icalendar.Calendar()
	calendar.add_component(icalendar.Event(summary=f"{'x' * padding} {NAME}", description="Bo, and others"))
	said = icalendar.Calendar.from_ical(wording().without(calendar.to_ical().decode()))
	event = said.walk("VEVENT")[0]
	assert event["SUMMARY"] == f"{'x' * padding} {FORMER}"
	assert event["DESCRIPTION"] == "Bo, and others"
