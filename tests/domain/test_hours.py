"""Hours by person and month: examples, and what holds whatever was met."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.hours import (
	MET,
	MISSED,
	OPEN,
	Asked,
	earliest_last_day,
	hours_of,
	latest_first_day,
)
from mentor_ispe.domain.months import month_end, month_of
from mentor_ispe.domain.sessions.attendance import MeetingRecord, minutes_attended, minutes_spent

FIRST, LAST = date(2031, 1, 20), date(2031, 7, 10)


def meeting(day: date, minutes: int = 60, held: bool = True, hour: int = 17) -> MeetingRecord:
	return MeetingRecord(
		f"{day}", datetime(day.year, day.month, day.day, hour), minutes, held=held, attended={"ana": minutes}
	)


def hours(meetings, on: date, per_month: int = 60, in_all: int = 360):
	return hours_of(meetings, "ana", FIRST, LAST, on, Asked(per_month, in_all))


def test_month_that_runs_is_open_and_says_by_when():
	found = hours([meeting(date(2031, 2, 3), 40)], date(2031, 2, 10))
	january, february = found.months
	assert (january.asked, january.state) == (0, MET)
	assert (february.missing, february.by, february.state) == (20, date(2031, 2, 28), OPEN)
	assert [words.code for words in found.says()] == ["month_open", "all_open"]


def test_month_that_is_over_cant_be_made_up_by_the_next():
	found = hours([meeting(date(2031, 3, 3), 300)], date(2031, 3, 10))
	assert [(month.minutes, month.state) for month in found.months] == [(0, MET), (0, MISSED), (300, MET)]
	assert found.minutes == 300


def test_last_month_is_asked_for_when_half_of_it_is_left():
	assert hours([], LAST).months[-1].asked == 0
	assert hours_of([], "ana", FIRST, date(2031, 7, 16), LAST, Asked(60)).months[-1].asked == 60


def test_everybody_who_came_without_minutes_was_there_all_the_time():
	assert minutes_attended(True, None, 90) == 90
	assert minutes_attended(True, 0, 90) == 90
	assert minutes_attended(True, 30, 90) == 30
	assert minutes_attended(False, 30, 90) is None


def test_planned_meetings_and_those_of_others_count_for_nothing():
	planned = meeting(date(2031, 2, 3), held=False)
	others = MeetingRecord("other", datetime(2031, 2, 4, 17), 60, attended={"ben": 60})
	assert hours([planned, others], date(2031, 2, 10)).minutes == 0


DAYS = st.integers(0, 200).map(lambda number: FIRST + timedelta(days=number))


@given(
	st.lists(st.tuples(DAYS, st.integers(1, 240), st.booleans()), max_size=15),
	DAYS,
	st.integers(0, 300),
	st.integers(0, 2000),
)
def test_months_add_up_and_every_word_is_true(rows, on, per_month, in_all):
	meetings = [meeting(day, minutes, held) for day, minutes, held in rows]
	found = hours(meetings, on, per_month, in_all)
	there = [(day, minutes) for day, minutes, held in rows if held and day <= on]
	assert found.minutes == sum(minutes for _day, minutes in there)
	assert sum(month.minutes for month in found.months) == found.minutes
	for month in found.months:
		assert month.minutes == sum(minutes for day, minutes in there if month_of(day) == month.month)
		assert (month.state == MET) == (month.missing == 0)
		assert month.by <= month_end(month.month)
		if month.state == MISSED:
			assert on > month.by
	assert (found.state == MET) == (found.missing == 0)
	assert bool(found.says()) == bool(found.missing or any(month.missing for month in found.months))
	earlier = hours(meetings, on - timedelta(days=1), per_month, in_all)
	assert earlier.minutes <= found.minutes


@given(DAYS)
def test_a_month_is_asked_for_up_to_the_days_that_the_reports_turn_on(day):
	"""Reports can't count days in every database; they compare with these two days of each month."""
	month, end = month_of(day), month_end(day)
	for first, last, asked in (
		(latest_first_day(month), end, 60),
		(latest_first_day(month) + timedelta(days=1), end, 0),
		(month, earliest_last_day(month), 60),
		(month, earliest_last_day(month) - timedelta(days=1), 0),
	):
		(found,) = hours_of([], "ana", first, last, end, Asked(60)).months
		assert found.asked == asked


def test_a_moment_at_two_meetings_counts_once():
	"""A mentor of two groups who meet together spends one hour, not two."""
	day = date(2031, 2, 3)
	together = [meeting(day, 60), meeting(day, 60)]
	assert minutes_spent(together, "ana", day) == 60
	overlapping = [meeting(day, 90, hour=17), meeting(day, 60, hour=18)]
	assert minutes_spent(overlapping, "ana", day) == 120
	assert minutes_spent([*together, meeting(day + timedelta(days=1))], "ana", day) == 60
	assert minutes_spent([meeting(day, held=False)], "ana", day) == 0


@given(
	st.lists(st.tuples(DAYS, st.integers(1, 240), st.booleans()), max_size=15, unique_by=lambda row: row[0]),
	DAYS,
)
def test_minutes_apart_from_each_other_add_up(rows, on):
	meetings = [meeting(day, minutes, held) for day, minutes, held in rows]
	assert minutes_spent(meetings, "ana", on) == hours(meetings, on).minutes
