"""The dates and the name of the next cycle."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.months import DAY, add_months, month_end
from mentor_ispe.domain.next_cycle import YEAR, dates_moved_on, moved_on, name_moved_on, rhythm

DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))


MONTHS = st.sampled_from((YEAR, 6, 4, 3))


@given(DAYS, MONTHS)
def test_a_day_is_near_its_anniversary_and_keeps_its_weekday_or_its_end_of_the_month(day, months):
	later = moved_on(day, months)
	assert abs((later - add_months(day, months)).days) <= (2 if months == YEAR else 4)
	if day.day == 1:
		assert later == add_months(day, months)
	elif day == month_end(day):
		assert later == month_end(later)
		assert later.month == add_months(day, months).month
	else:
		assert later.weekday() == day.weekday()


@given(st.lists(DAYS, min_size=5, max_size=5), MONTHS)
def test_dates_keep_their_order(days, months):
	names = ("application_from", "application_until", "announcement_date", "start_date", "end_date")
	dates = dict(zip(names, sorted(days), strict=True))
	moved = dates_moved_on(dates, months)
	for one in names:
		for other in names:
			assert (dates[one] < dates[other]) == (moved[one] < moved[other])


def test_days_next_to_each_other_stay_apart():
	dates = {"until": date(2027, 2, 28), "start": date(2027, 3, 2)}
	assert dates_moved_on(dates, YEAR) == {"until": date(2028, 2, 29), "start": date(2028, 2, 29) + DAY}


@pytest.mark.parametrize(
	("name", "later"),
	[
		("Women in Pharma 2027", "Women in Pharma 2028"),
		("2027 Guided Mentorship, “East” & West", "2028 Guided Mentorship, “East” & West"),
		("Mentoring 2026/27", "Mentoring 2027/28"),
		("Mentoring 2026–2027", "Mentoring 2027–2028"),
		("Mentoring 2098-99", "Mentoring 2099-00"),
		("Circle 12027 of Boston", "Circle 12027 of Boston 2030"),
		("Boston Moai", "Boston Moai 2030"),
	],
)
def test_years_in_the_name_are_counted_up(name, later):
	assert name_moved_on(name, 2030) == later


def test_a_name_of_the_same_year_keeps_it():
	assert name_moved_on("Boston 2026", 2026, 0) == "Boston 2026"
	assert name_moved_on("Boston", 2026, 0) == "Boston 2026"


@given(DAYS, MONTHS, st.integers(-10, 10))
def test_cycles_go_on_as_they_began_and_side_by_side_says_nothing(day, months, off):
	later = moved_on(day, months) + off * DAY
	assert rhythm(day, later) == months
	assert rhythm(day, moved_on(day, YEAR) + abs(off) * DAY) == YEAR
	assert rhythm(day, day + abs(off) * DAY) == YEAR
