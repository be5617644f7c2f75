"""Agreements and training come before the first meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions.readiness import (
	Participant,
	Requirement,
	Signature,
	Terms,
	Version,
	missing,
	missing_among,
)

DAY = date(2031, 3, 10)
EARLIER = DAY - timedelta(days=100)
CODE = Requirement("Code", "Everyone", (Version("code-1", EARLIER),))


def person(*parts: str, signed: tuple[Signature, ...] = (), trained: tuple[str, ...] = ()) -> Participant:
	return Participant("p", "Ana", frozenset(parts or ("Mentee",)), frozenset(trained), signed)


def codes(*args) -> list[str]:
	return [violation.code for violation in missing(*args)]


@pytest.mark.parametrize(
	("required_of", "parts", "asked"),
	[
		("Everyone", ("Mentor",), True),
		("Everyone", ("Mentee",), True),
		("Mentors", ("Mentor",), True),
		("Mentors", ("Mentee",), False),
		("Mentees", ("Mentee", "Moderator"), True),
		("Mentees", ("Mentor",), False),
		("Moderators", ("Mentee", "Moderator"), True),
		("Moderators", ("Mentee",), False),
	],
)
def test_an_agreement_is_asked_of_the_part_it_names(required_of, parts, asked):
	terms = Terms([replace(CODE, required_of=required_of)])
	assert bool(missing(person(*parts), terms, DAY)) is asked


@given(st.integers(-50, 50))
def test_a_signature_counts_from_the_day_it_was_given(days):
	signature = Signature("code-1", DAY + timedelta(days=days))
	assert codes(person(signed=(signature,)), Terms([CODE]), DAY) == ([] if days <= 0 else ["unsigned"])


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_new_version_asks_again_from_its_day_on(after_days, signed_days):
	published = DAY + timedelta(days=after_days)
	code = replace(CODE, versions=(*CODE.versions, Version("code-2", published)))
	ana = person(signed=(Signature("code-1", EARLIER),))
	assert codes(ana, Terms([code]), published - timedelta(days=1)) == []
	assert codes(ana, Terms([code]), published) == ["unsigned"]
	again = published + timedelta(days=signed_days)
	ana = replace(ana, signatures=(*ana.signatures, Signature("code-2", again)))
	assert codes(ana, Terms([code]), again - timedelta(days=1)) == ["unsigned"]
	assert codes(ana, Terms([code]), again) == []


def test_nobody_had_to_sign_what_wasnt_published_yet():
	assert codes(person(), Terms([CODE]), EARLIER - timedelta(days=1)) == []


def test_a_group_that_goes_on_signs_anew_for_the_cycle():
	terms = Terms([CODE], anew="next")
	old, other, new = (Signature("code-1", EARLIER, cycle) for cycle in (None, "other", "next"))
	assert codes(person(signed=(old, other)), terms, DAY) == ["unsigned"]
	assert codes(person(signed=(old, new)), terms, DAY) == []
	assert codes(person(signed=(new,)), Terms([CODE]), DAY) == []


@pytest.mark.parametrize("part", ["Mentor", "Mentee", "Moderator"])
def test_training_is_asked_of_the_part_it_is_for(part):
	terms = Terms(training_for={part})
	assert codes(person(part), terms, DAY) == ["untrained"]
	assert codes(person(part, trained=(part,)), terms, DAY) == []
	others = {"Mentor", "Mentee", "Moderator"} - {part}
	assert codes(person(*others), terms, DAY) == []


def test_whoever_is_ready_isnt_among_those_who_lack_something():
	ready = replace(person(signed=(Signature("code-1", EARLIER),)), profile="ready")
	late = replace(person(), profile="late")
	assert set(missing_among([ready, late], Terms([CODE]), DAY)) == {"late"}
