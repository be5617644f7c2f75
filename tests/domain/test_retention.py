"""How long private words are kept: by properties."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.retention import ANNOUNCED_DAYS, announced_from, deletes_on, due_on

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(0, 120)


@given(DAYS, MONTHS)
def test_nothing_is_due_before_its_months_are_over_and_all_of_it_then(ended, months):
	due = due_on(ended, months)
	if months == 0:
		assert due is None
	else:
		assert (due.year - ended.year) * 12 + due.month - ended.month == months
		assert due.day == ended.day or (due + timedelta(days=1)).day == 1


def test_a_cycle_without_an_end_keeps_everything():
	assert due_on(None, 3) is None


@given(DAYS, MONTHS, MONTHS)
def test_more_months_are_never_less_time(ended, fewer, more):
	first, second = due_on(ended, min(fewer, more)), due_on(ended, max(fewer, more))
	if first and second:
		assert first <= second


@given(DAYS, DAYS)
def test_nothing_is_deleted_before_it_was_announced_for_thirty_days(due, announced):
	day = deletes_on(due, announced)
	assert day >= due
	assert (day - announced).days >= ANNOUNCED_DAYS
	assert day == due or (day - announced).days == ANNOUNCED_DAYS


@given(DAYS)
def test_who_announces_in_time_deletes_on_the_day(due):
	assert deletes_on(due, announced_from(due)) == due
