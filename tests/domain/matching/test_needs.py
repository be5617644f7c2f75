"""What an application needs is what the criteria of its program compare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.application_fields import APPLICATION_FIELDS
from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.needs import needs_of
from mentor_ispe.domain.profile_fields import OWN_FIELDS

OWN = {field.name for field in OWN_FIELDS}


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_every_criterion_says_where_its_value_is_asked(kind):
	assert bool(kind.profile_field) != bool(kind.application_field)
	if kind.application_field:
		for fields in APPLICATION_FIELDS.values():
			assert kind.application_field in {field.name for field in fields}


def test_a_match_that_can_do_without_an_answer_does_not_ask_for_it():
	needs = needs_of(["Employer"])
	assert (needs.profile, needs.application) == (frozenset(), frozenset())


def test_what_the_association_says_of_a_person_is_not_asked_of_them():
	assert needs_of(["Chapter"]).missing_of_profile({}) == []


@given(
	st.lists(st.sampled_from(sorted(KINDS)), unique=True),
	st.sets(st.sampled_from(sorted(OWN))),
	st.booleans(),
)
def test_exactly_what_is_compared_and_empty_is_missing(criteria, given_fields, has_topics):
	needs = needs_of(criteria)
	lacking = {field.name for field in needs.missing_of_profile(dict.fromkeys(given_fields, "x"))}
	assert lacking == (needs.profile & OWN) - given_fields
	for role in APPLICATION_FIELDS:
		answers = {"topics": ["One"] if has_topics else []}
		names = {field.name for field in needs.missing_of_application(role, answers)}
		assert names == ({"topics"} if "Topics" in criteria and not has_topics else set())
