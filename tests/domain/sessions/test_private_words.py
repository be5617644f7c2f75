"""Which reasons open a group's notes, and which words can be kept at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions.private_words import (
	LONGEST_REASON,
	check_reason,
	check_storable,
	is_storable,
)


def codes(violations) -> list[str]:
	return [violation.code for violation in violations]


@pytest.mark.parametrize(
	"reason", ["", " ", ". . .", "1 2 3", "because", "just looking", "why why Why", "- concern - raised -"]
)
def test_a_reason_without_words_is_refused(reason):
	assert codes(check_reason(reason)) == ["reason_without_words"]


@pytest.mark.parametrize(
	"reason", ["A concern was raised", "Die Gruppe bat darum", "a b 3c", "Жалоба от участника"]
)
def test_a_reason_in_words_is_taken(reason):
	assert not check_reason(reason)


def test_a_reason_is_bounded():
	assert not check_reason(("one two three " * 100)[:LONGEST_REASON])
	assert codes(check_reason("one two three " * 100)) == ["reason_too_long"]


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0])
def test_what_cant_be_stored_is_refused(code):
	assert codes(check_storable(f"Our plan{chr(code)}")) == ["unstorable"]
	assert codes(check_reason(f"A concern was raised{chr(code)}")) == ["unstorable"]


@given(st.text(st.characters()) | st.text(st.characters(categories=["Cs", "Cc", "Lu"])))
def test_storable_is_what_can_be_encoded(text):
	try:
		encodable = "\0" not in text.encode().decode()
	except UnicodeEncodeError:
		encodable = False
	assert is_storable(text) is encodable
