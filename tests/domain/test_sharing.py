"""Who sees what of a person: by choice, and by defaults that give no address away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain import sharing
from mentor_ispe.domain.sharing import GROUP, GROUPS, MATCH, NOBODY, SEARCH, SEEKER

fields = st.sampled_from(sorted(sharing.DEFAULTS))
chosen = st.one_of(st.none(), st.sampled_from(["", "Everyone", *sharing.LEVELS]))


@given(fields, chosen)
def test_whoever_is_nearer_sees_at_least_as_much(field, choice):
	group, match, seeker = (sharing.is_shown(field, choice, reader) for reader in (GROUP, MATCH, SEEKER))
	assert group >= match >= seeker


@given(fields)
def test_each_level_holds_as_it_says(field):
	assert not any(sharing.is_shown(field, NOBODY, reader) for reader in (GROUP, MATCH, SEEKER))
	assert all(sharing.is_shown(field, SEARCH, reader) for reader in (GROUP, MATCH, SEEKER))
	assert sharing.is_shown(field, GROUPS, GROUP)
	assert not sharing.is_shown(field, GROUPS, SEEKER)
	assert sharing.is_shown(field, GROUPS, MATCH) == (field in sharing.OF_A_MATCH)


def test_without_a_choice_the_address_is_shown_to_nobody_and_the_employer_to_groups_only():
	assert not sharing.is_shown("email", None, GROUP)
	assert sharing.is_shown("employer", None, GROUP)
	assert not sharing.is_shown("employer", "", MATCH)


@pytest.mark.parametrize(
	("choices", "codes"),
	[
		({"email": GROUPS, "city": NOBODY}, []),
		({"membership_state": GROUPS}, ["sharing_field"]),
		({"city": "Everyone"}, ["sharing_level"]),
	],
)
def test_only_these_fields_and_levels_are_chosen(choices, codes):
	assert [violation.code for violation in sharing.check_choices(choices)] == codes
