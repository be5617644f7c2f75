"""Letters to many: fields in the words, and who gets them, for any words and any people."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain import mailings
from mentor_ispe.domain.mailings import FIELDS, Addressee, check_words, choose, fill, used_fields

NAMES = sorted(FIELDS)
VALUES = st.fixed_dictionaries({name: st.text() for name in NAMES})
NESTING = dict.fromkeys(NAMES, "{Full name} <b>{{ x }}</b>")
# Two of them are at the same address.
ADDRESSES = {"a": "one@example.org", "b": "ONE@example.org", "c": "two@example.org", "d": "three@example.org"}
people = st.lists(
	st.builds(
		lambda profile, **values: Addressee(profile, "Ada", ADDRESSES[profile], **values),
		profile=st.sampled_from(sorted(ADDRESSES)),
		language=st.sampled_from(["en", "de", "de-CH"]),
		hindrance=st.sampled_from(["", "", mailings.NO_ADDRESS]),
		values=st.fixed_dictionaries({"mentor": st.sampled_from(["", "Mara"])}),
	)
)


def codes(subject: str = "News", message: str = "<p>Hi</p>") -> list[str]:
	return [violation.code for violation in check_words(subject, message)]


@given(st.text(alphabet=st.characters(exclude_characters="{}")), VALUES)
def test_words_without_braces_stay_as_they_are(text, values):
	assert fill(text, values) == text


@given(VALUES)
def test_each_field_is_filled_once_and_escaped(values):
	text = " | ".join(f"{{{label}}}" for label in FIELDS.values())
	assert fill(text, values, escape) == " | ".join(escape(values[name]) for name in FIELDS)


def test_what_a_name_says_is_never_read_as_a_field_or_as_markup():
	filled = fill("<p>{First name}</p>", NESTING, escape)
	assert filled == "<p>{Full name} &lt;b&gt;{{ x }}&lt;/b&gt;</p>"


def test_labels_of_another_language_are_kept_in_english():
	german = {"Vorname": "first_name"}
	assert mailings.with_english_labels("Guten Tag {Vorname}, {Unsinn}", german) == (
		"Guten Tag {First name}, {Unsinn}"
	)


def test_the_fields_in_use_are_found_in_subject_and_message():
	assert used_fields("{Name of the mentor}", "{First name} {nonsense}") == ["first_name", "mentor"]


@pytest.mark.parametrize(
	("subject", "message", "wrong"),
	[
		("News", "<p>Hi {First name}</p>", []),
		("", "<p><br></p>", ["no_subject", "no_words"]),
		("n" * 141, "<p>Hi</p>", ["long_subject"]),
		("{{ 7 * 7 }}", "<p>Hi</p>", ["code"]),
		("News", "<p>{% for x in y %}</p>", ["code"]),
		("News", "<p>{<b>{ frappe.db }</b>}</p>", ["code"]),
		("News", "<p>{First nmae}</p>", ["unknown_field"]),
		("News", "<p>{First <b>name</b>}</p>", ["broken_field"]),
		("News", '<p><a href="{Full name}">Page</a></p>', ["field_in_link"]),
		("News", '<p><a href="https://example.org">{Full name}</a></p>', []),
		("News", "<p>a set {of things</p>", []),
	],
)
def test_words_that_cannot_be_sent_are_refused(subject, message, wrong):
	assert codes(subject, message) == wrong


@given(people, st.sampled_from(["", "de"]), st.sampled_from([[], ["mentor"]]))
def test_everyone_gets_it_once_or_is_told_of(chosen, language, used):
	kept, left = choose(chosen, used, language)
	assert len(kept) + len(left) == len(chosen)
	assert len({each.profile for each in kept}) == len(kept)
	assert len({each.address.lower() for each in kept}) == len(kept)
	for each in kept:
		assert each in chosen
		assert not each.hindrance
		assert not language or each.language.startswith(language)
		assert all(each.values[name] for name in used)


@given(people)
def test_nobody_who_could_get_it_is_left_out(chosen):
	kept, _left = choose(chosen, [])
	reached = {each.address.lower() for each in kept}
	assert {each.address.lower() for each in chosen if not each.hindrance} == reached
