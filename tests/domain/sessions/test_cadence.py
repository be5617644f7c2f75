"""When a group meets next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions.cadence import Rhythm, next_start, rhythm_of, series

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(
	lambda at: at.replace(second=0, microsecond=0)
)
rhythms = st.builds(Rhythm, st.integers(1, 6), st.sampled_from(["Week", "Month"]))
FAR = date(2100, 1, 1)
LONG_AGO = date(2000, 1, 1)


@given(rhythms, moments, moments)
def test_the_next_meeting_keeps_weekday_and_hour_and_is_never_in_the_past(rhythm, last, now):
	found = next_start(rhythm, last, now, LONG_AGO, FAR)
	assert found > now
	assert found > last
	assert found.weekday() == last.weekday()
	assert found.time() == last.time()


@given(rhythms, moments)
def test_the_next_meeting_comes_after_one_turn_of_the_rhythm(rhythm, last):
	found = next_start(rhythm, last, last, LONG_AGO, FAR)
	weeks = (found - last) / timedelta(weeks=1)
	if rhythm.unit == "Week":
		assert weeks == rhythm.every
	else:
		assert rhythm.every * 4 <= weeks <= rhythm.every * 4 + (rhythm.every * 0.5) + 1
		assert (found.year * 12 + found.month) - (last.year * 12 + last.month) == rhythm.every


@given(rhythms, st.none() | moments, moments, moments, st.integers(0, 800))
def test_nothing_is_proposed_outside_the_cycle(rhythm, last, now, begins, days):
	first, until = begins.date(), begins.date() + timedelta(days=days)
	found = next_start(rhythm, last, now, first, until)
	assert found is None or (found > now and first <= found.date() <= until)


@given(moments, moments)
def test_the_first_meeting_is_on_a_working_day_within_ten_days(now, begins):
	found = next_start(Rhythm(), None, now, begins.date(), FAR)
	assert found > now
	assert found.weekday() < 5
	assert found.date() - max(now.date(), begins.date()) <= timedelta(days=10)


@given(rhythms, moments, st.integers(0, 700), st.none() | st.integers(1, 30))
def test_a_series_runs_to_the_end_or_for_so_many_times(rhythm, start, days, times):
	until = start.date() + timedelta(days=days)
	found = series(rhythm, start, until, times)
	assert found[0] == start
	assert found == sorted(set(found))
	assert all(at.date() <= until and at.weekday() == start.weekday() for at in found)
	assert len(found) <= (times or 60)
	if times is None and len(found) < 60:
		longer = series(rhythm, start, FAR, len(found) + 1)
		assert longer[: len(found)] == found
		assert longer[-1].date() > until


@pytest.mark.parametrize(
	("last", "expected"),
	[
		("2031-01-21 18:30", "2031-02-18 18:30"),  # the third Tuesday
		("2031-01-31 09:00", "2031-02-28 09:00"),  # the fifth and last Friday
		("2031-12-03 10:00", "2032-01-07 10:00"),  # the first Wednesday, over New Year
	],
)
def test_a_month_keeps_the_weekday_of_the_month(last, expected):
	last, expected = datetime.fromisoformat(last), datetime.fromisoformat(expected)
	assert next_start(Rhythm(), last, last, LONG_AGO, FAR) == expected


def test_a_series_on_the_last_friday_stays_on_the_last_friday():
	found = series(Rhythm(), datetime(2031, 1, 31, 9), date(2031, 6, 30))
	assert [at.day for at in found] == [31, 28, 28, 25, 30, 27]


def test_a_group_that_didnt_meet_for_a_while_keeps_its_weekday():
	found = next_start(Rhythm(2, "Week"), datetime(2031, 1, 7, 17), datetime(2031, 3, 3), LONG_AGO, FAR)
	assert found == datetime(2031, 3, 4, 17)


@pytest.mark.parametrize(
	("charter", "expected"), [((2, "Week"), Rhythm(2, "Week")), ((0, "Week"), Rhythm(3, "Month"))]
)
def test_the_charter_decides_before_the_program(charter, expected):
	assert rhythm_of(*charter, 3, "Month") == expected
