"""When the next update of a group is due, as its pages say it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.feedback.facts import Rhythm
from mentor_ispe.domain.feedback.kinds import next_period_end, period_end

START = date(2031, 1, 31)


@pytest.mark.parametrize(
	("every", "on", "ends_on", "expected"),
	[
		(2, date(2031, 2, 1), None, date(2031, 3, 31)),
		(2, date(2031, 3, 31), None, date(2031, 5, 31)),
		(1, date(2031, 2, 27), None, date(2031, 2, 28)),
		(2, date(2031, 1, 1), None, date(2031, 3, 31)),
		(2, date(2031, 2, 1), date(2031, 3, 31), None),
		(0, date(2031, 2, 1), None, None),
	],
)
def test_the_next_day(every, on, ends_on, expected):
	assert next_period_end(START, Rhythm(every), on, ends_on) == expected


@given(st.dates(date(2031, 1, 1), date(2033, 1, 1)), st.integers(1, 12), st.integers(0, 800))
def test_it_is_the_day_on_which_it_will_be_asked_for(started_on, every, days):
	on = date.fromordinal(started_on.toordinal() + days)
	due = next_period_end(started_on, Rhythm(every), on)
	assert due > on
	assert period_end(started_on, every, due) == due
	assert period_end(started_on, every, date.fromordinal(due.toordinal() - 1)) in (
		None,
		period_end(started_on, every, on),
	)
