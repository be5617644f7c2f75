"""Two reminders, then missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.feedback.due import MISS, REMIND, WAIVE, Waiting, due_date, next_step

ASKED = date(2031, 3, 1)


def chase(days: int, runs: list[date]) -> list[tuple[str, date]]:
	"""What happens to a request that nobody answers, when the job runs on these days."""
	request, steps = Waiting(due_date(ASKED, days)), []
	for on in runs:
		step = next_step(request, on, days)
		if step:
			steps.append((step, on))
		if step == MISS:
			break
		if step == REMIND:
			request = replace(request, reminders=request.reminders + 1, reminded_on=on)
	return steps


def test_with_two_weeks_to_answer():
	steps = chase(14, [ASKED + timedelta(days=day) for day in range(60)])
	assert steps == [
		(REMIND, date(2031, 3, 15)),
		(REMIND, date(2031, 3, 22)),
		(MISS, date(2031, 3, 29)),
	]


def test_who_left_is_let_off_and_who_is_suspended_is_left_alone():
	overdue = Waiting(ASKED, reminders=2, reminded_on=ASKED)
	on = ASKED + timedelta(days=100)
	assert next_step(replace(overdue, place="gone"), on, 14) == WAIVE
	assert next_step(replace(overdue, place="suspended"), on, 14) is None
	assert next_step(overdue, on, 14) == MISS


@given(st.integers(0, 60), st.lists(st.integers(1, 9), min_size=200, max_size=200))
def test_whatever_days_the_job_misses_there_are_two_reminders_apart_from_each_other(days, gaps):
	steps = chase(days, [ASKED + timedelta(days=day) for day in accumulate(gaps, initial=0)])
	assert [step for step, _ in steps] == [REMIND, REMIND, MISS]
	assert steps[0][1] >= due_date(ASKED, days)
	pause = timedelta(days=max(1, -(-max(1, days) // 2)))
	assert all(later - earlier >= pause for (_, earlier), (_, later) in pairwise(steps))
