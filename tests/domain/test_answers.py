"""Reminders of an unanswered proposal."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.answers import reminder_days, reminders_due

START = date(2031, 5, 1)


def test_two_weeks_have_two_reminders():
	assert reminder_days(START, START + timedelta(days=14)) == [date(2031, 5, 8), date(2031, 5, 13)]


def test_a_time_too_short_has_fewer():
	assert reminder_days(START, START) == []
	assert len(reminder_days(START, START + timedelta(days=1))) == 1


@given(length=st.integers(0, 90), offset=st.integers(-5, 120))
def test_a_reminder_comes_after_the_proposal_and_before_the_end(length, offset):
	end, day = START + timedelta(days=length), START + timedelta(days=offset)
	due = reminders_due(START, end, day)
	assert len(due) <= 1
	if day <= START or day > end:
		assert due == []


@given(length=st.integers(1, 90), days=st.lists(st.integers(0, 95)))
def test_however_often_the_job_runs_there_are_at_most_two(length, days):
	end = START + timedelta(days=length)
	sent = {number for day in days for number in reminders_due(START, end, START + timedelta(days=day))}
	assert len(sent) <= 2


@given(length=st.integers(3, 90))
def test_a_job_that_runs_every_day_sends_every_reminder(length):
	end = START + timedelta(days=length)
	sent = {n for day in range(length + 1) for n in reminders_due(START, end, START + timedelta(days=day))}
	assert sent == set(range(1, len(reminder_days(START, end)) + 1))
