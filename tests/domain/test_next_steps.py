"""The table of next steps: every kind leads somewhere, ends somehow, and has words for each of its values."""

from __future__ import annotations

from datetime import date, datetime
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain import moderating
from mentor_ispe.domain.next_steps import KINDS, TOLD, Asked, in_order

VALUES = dict.fromkeys(
	("group", "meeting", "cycle", "title", "name", "people", "due", "question", "renewal"), "a/b c"
)
dues = (
	st.none()
	| st.dates(date(2030, 1, 1), date(2031, 1, 1))
	| st.datetimes(datetime(2030, 1, 1), datetime(2031, 1, 1))
)
asked = st.builds(Asked, st.sampled_from(sorted(KINDS)), st.text(max_size=3), dues, values=st.just(VALUES))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_asked_can_be_done_there_and_dismissed(kind):
	row = KINDS[kind]
	if not row.page:
		assert row.day == TOLD, "a sentence"
		return
	assert row.otherwise, "nobody is asked something for ever"
	names = {
		name for text in (row.words, row.many, row.page) for _text, name, *_rest in Formatter().parse(text)
	}
	assert names - {None} <= {*VALUES, "count"}
	assert Asked(kind, values=VALUES).link.startswith(("/mentoring", "a/b c"))
	assert " " not in Asked(kind, values={**VALUES, "renewal": "/"}).link


def test_every_task_of_whoever_keeps_a_group_going_has_words():
	assert set(moderating.KINDS) == {kind for kind, row in KINDS.items() if row.keeps_going}


@given(st.lists(asked, max_size=8), st.randoms())
def test_the_order_is_one_whatever_order_the_facts_come_in(facts, random):
	shuffled = [*facts]
	random.shuffle(shuffled)
	assert in_order(shuffled) == in_order(facts)
	steps = in_order(facts)
	days = [each.day for each in steps if each.kind != "Agreement"]
	assert days == sorted(days)
	kinds = [each.kind for each in steps]
	assert "Sign" not in kinds or "Agreement" not in kinds[kinds.index("Sign") :], (
		"one signs before one reminds"
	)
