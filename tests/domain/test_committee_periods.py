"""When the committee hears of a program, and about which days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.committee.periods import Period, by_hand, due
from mentor_ispe.domain.months import DAY, add_months

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
rhythms = st.integers(1, 12)


def test_every_two_months_from_the_day_the_first_cycle_started():
	start = date(2027, 1, 15)
	assert due(start, None, 2, date(2027, 3, 14)) is None
	first = due(start, None, 2, date(2027, 3, 15))
	assert first == Period(date(2027, 1, 15), date(2027, 3, 14))
	assert due(start, first.last, 2, date(2027, 5, 14)) is None
	assert due(start, first.last, 2, date(2027, 5, 15)) == Period(date(2027, 3, 15), date(2027, 5, 14))


def test_an_association_that_comes_with_an_old_program_hears_of_the_last_period_first():
	assert due(date(2020, 1, 1), None, 2, date(2027, 3, 20)) == Period(date(2027, 1, 1), date(2027, 2, 28))


def test_what_a_missed_run_left_out_is_in_the_next_report_up_to_a_year_of_it():
	start = date(2027, 1, 1)
	assert due(start, date(2027, 2, 28), 2, date(2027, 9, 3)) == Period(date(2027, 3, 1), date(2027, 8, 31))
	assert due(start, date(2027, 2, 28), 2, date(2029, 1, 3)) == Period(date(2028, 1, 1), date(2028, 12, 31))


def test_sent_by_hand_late_in_a_period_the_next_waits_and_early_it_does_not():
	start = date(2027, 1, 1)
	assert due(start, date(2027, 2, 20), 2, date(2027, 3, 2)) is None
	assert due(start, date(2027, 2, 20), 2, date(2027, 5, 1)) == Period(date(2027, 2, 21), date(2027, 4, 30))
	assert due(start, date(2027, 1, 20), 2, date(2027, 3, 1)) == Period(date(2027, 1, 21), date(2027, 2, 28))


def test_no_rhythm_or_no_cycle_yet_is_no_report():
	assert due(date(2027, 1, 1), None, 0, date(2028, 1, 1)) is None
	assert due(None, None, 2, date(2028, 1, 1)) is None
	assert due(date(2028, 2, 1), None, 2, date(2028, 1, 1)) is None


def test_by_hand_is_what_no_report_was_about_up_to_yesterday():
	start, today = date(2027, 1, 1), date(2027, 3, 20)
	assert by_hand(start, date(2027, 2, 28), 2, today) == Period(date(2027, 3, 1), date(2027, 3, 19))
	assert by_hand(start, date(2027, 3, 19), 2, today) is None
	assert by_hand(start, None, 1, today) == Period(date(2027, 2, 20), date(2027, 3, 19))
	assert by_hand(None, None, 0, today) == Period(date(2027, 1, 20), date(2027, 3, 19))


@given(start=days, every=rhythms, length=st.integers(1, 900))
def test_asked_every_day_the_reports_follow_each_other_without_a_gap_or_an_overlap(start, every, length):
	sent: list[Period] = []
	for day in (start + timedelta(days=number) for number in range(length)):
		period = due(start, sent[-1].last if sent else None, every, day)
		if period:
			assert period.last == day - DAY
			assert due(start, period.last, every, day) is None, "twice"
			sent.append(period)
	assert [period.first for period in sent] == [add_months(start, each * every) for each in range(len(sent))]
	assert all(one.last + DAY == other.first for one, other in pairwise(sent))


@given(start=days, every=rhythms, wait=st.lists(st.tuples(st.integers(1, 150), st.booleans()), max_size=30))
def test_whenever_it_runs_and_whatever_is_sent_by_hand_no_day_is_told_twice(start, every, wait):
	day, reported = start, None
	for days_on, hand in wait:
		day += timedelta(days=days_on)
		period = (by_hand if hand else due)(start, reported, every, day)
		if not period:
			continue
		assert period.first <= period.last < day
		assert reported is None or period.first > reported
		if reported and (day - reported).days < 300:
			assert period.first == reported + DAY, "a day is left out"
		assert period.days <= 366 or every == 12
		reported = period.last


@given(first=days, length=st.integers(1, 400))
def test_the_days_compared_with_come_right_before_and_a_year_before(first, length):
	period = Period(first, first + timedelta(days=length - 1))
	before, year = period.before(), period.year_before()
	assert before.last + DAY == period.first
	assert before.first <= before.last
	assert abs(before.days - period.days) <= 3 * max(1, (period.months or 0))
	assert year.first == add_months(first, -12)
	assert abs(year.days - period.days) <= 1


def test_whole_months_are_compared_with_whole_months():
	period = Period(date(2027, 3, 1), date(2027, 4, 30))
	assert period.months == 2
	assert period.before() == Period(date(2027, 1, 1), date(2027, 2, 28))
	assert Period(date(2028, 3, 1), date(2028, 3, 31)).before() == Period(date(2028, 2, 1), date(2028, 2, 29))
	assert Period(date(2027, 3, 2), date(2027, 3, 20)).before() == Period(date(2027, 2, 11), date(2027, 3, 1))
