"""Goals without a database: progress, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.goals import REVIEWED, check_group, check_review, check_words, progress
from mentor_ispe.domain.statuses import GOAL


@given(st.sampled_from(sorted(GOAL)), st.lists(st.booleans()), st.floats(0, 100))
def test_progress_follows_the_steps(status, steps, given_progress):
	found = progress(status, steps, given_progress)
	assert 0 <= found <= 100
	if status == "Achieved":
		assert found == 100
	elif steps:
		assert (found == 100) == all(steps)
		assert progress(status, [True, *steps], given_progress) >= found
	else:
		assert found == given_progress


@pytest.mark.parametrize("status", sorted(GOAL))
def test_review_needs_words(status):
	assert bool(check_review(status, " ")) == (status in REVIEWED)
	assert not check_review(status, "Led it.")


def test_new_goals_are_for_those_who_sit_in_an_open_group():
	assert not check_group("Active", "Active")
	assert not check_group("Active", "Suspended")
	assert [each.code for each in check_group("Completed", "Completed")] == ["group_closed"]
	assert [each.code for each in check_group("Active", "Withdrawn")] == ["seat"]
	assert [each.code for each in check_group("Active", None)] == ["stranger"]


def test_words_are_asked_for():
	assert [each.code for each in check_words(" ", ["One", " "])] == ["title", "step"]
	assert not check_words("Lead a project", ["One"])
