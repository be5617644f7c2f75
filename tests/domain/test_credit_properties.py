"""What holds of the credit rules whatever a partnership did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.credit.findings import MET, NOT_MET, ON_TRACK, STATES, Finding
from mentor_ispe.domain.credit.schemes import CREDIT_SCHEMES, evaluate, overall, to_scheme
from mentor_ispe.domain.months import Rhythm, last_day_of
from mentor_ispe.domain.partnership import Partnership, StatedGoal, fold
from tests.domain.partnerships import ANA, BEN, DAYS, START, meeting, meetings, partnerships

HRCI = to_scheme("HRCI", CREDIT_SCHEMES["HRCI"])
LATER = st.integers(1, 300).map(lambda number: timedelta(days=number))


def answers(pair: Partnership, on: date) -> dict[str, Finding]:
	return {each.rule: each.finding for each in evaluate(HRCI, pair, on)}


@settings(max_examples=300)
@given(pair=partnerships(), on=DAYS, wait=LATER)
def test_what_cant_be_met_any_more_is_never_met_by_waiting(pair, on, wait):
	before, after = answers(pair, on), answers(pair, on + wait)
	for rule, finding in before.items():
		if finding.state == NOT_MET:
			assert after[rule].state == NOT_MET, (rule, str(finding.because), str(after[rule].because))


@settings(max_examples=300)
@given(pair=partnerships(), on=DAYS, wait=LATER, data=st.data())
def test_what_cant_be_met_any_more_isnt_saved_by_anything_that_happens_later(pair, on, wait, data):
	later = st.integers(1, 200).map(lambda number: on + timedelta(days=number))
	more = data.draw(st.lists(meetings(later), max_size=8))
	reviewed = tuple(
		StatedGoal(False, data.draw(later)) if goal.open and data.draw(st.booleans()) else goal
		for goal in pair.goals
	)
	happened = replace(pair, meetings=(*pair.meetings, *more), goals=reviewed)
	before, after = answers(pair, on), answers(happened, on + wait)
	for rule, finding in before.items():
		if finding.state == NOT_MET:
			assert after[rule].state == NOT_MET, (rule, str(finding.because), str(after[rule].because))


@settings(max_examples=300)
@given(pair=partnerships(), on=DAYS, one_more=meetings())
def test_another_meeting_never_makes_it_worse(pair, on, one_more):
	before = answers(pair, on)
	after = answers(replace(pair, meetings=(*pair.meetings, one_more)), on)
	for rule, finding in before.items():
		assert STATES.index(after[rule].state) >= STATES.index(finding.state), (
			rule,
			str(finding.because),
			str(after[rule].because),
		)


@settings(max_examples=300)
@given(pair=partnerships(), on=DAYS, wait=LATER)
def test_what_was_met_by_its_meetings_and_months_stays_met(pair, on, wait):
	before, after = answers(pair, on), answers(pair, on + wait)
	for rule in ("one_to_one", "duration", "regular_meetings"):
		if before[rule].state == MET:
			assert after[rule].state == MET


@settings(max_examples=300)
@given(pair=partnerships(), on=DAYS)
def test_the_whole_is_as_good_as_its_worst_rule(pair, on):
	found = evaluate(HRCI, pair, on)
	assert len(found) == 5
	assert overall(found) == min((each.finding.state for each in found), key=STATES.index)
	assert all(str(each.finding.because).startswith("Because ") for each in found)


# Each "because" against the partnership itself, worked out another way than the rules do it.


def days_both_met(pair: Partnership, on: date) -> list[date]:
	return sorted(
		each.day
		for each in pair.meetings
		if each.held and {ANA, BEN} <= set(each.attended) and START <= each.day <= last_counted(pair, on)
	)


def last_counted(pair: Partnership, on: date) -> date:
	days = [on, *([pair.ended] if pair.ended else []), *([] if pair.may_go_on else [pair.planned_end])]
	return min(days)


def covered(pair: Partnership, days: list[date]) -> set[date]:
	"""Day by day: the days within a rhythm of a meeting."""
	found = set()
	for day in days:
		step = max(START, pair.rhythm.before(day))
		while step <= pair.rhythm.after(day):
			found.add(step)
			step += timedelta(days=1)
	return found


def check_regular(pair: Partnership, on: date, finding: Finding) -> None:
	days, said = days_both_met(pair, on), finding.because.params
	if "meetings" in said:
		assert said["meetings"] == len(days)
	if finding.state == MET:
		assert last_day_of(said["first"], 6) <= said["last"] <= last_counted(pair, on)
		here = covered(pair, days)
		assert all(
			said["first"] + timedelta(days=n) in here for n in range((said["last"] - said["first"]).days + 1)
		)
	match finding.because.code:
		case "never_met":
			assert not days
		case "irregular":
			assert not [day for day in days if said["after"] < day < said["before"]]
		case "overdue":
			assert max(days, default=START) == said["since"] < on <= said["by"]
			# An end that comes later isn't known on that day.
			again = replace(pair, ended=None, meetings=(*pair.meetings, meeting(said["by"])))
			kept = answers(again, said["by"])["regular_meetings"]
			assert kept.because.code in ("meeting", "regular")
		case "scheduled":
			assert said["day"] in [each.day for each in pair.meetings if not each.held]
			assert said["day"] >= on
		case "meeting":
			assert days[-1] == said["last"]
			assert on <= pair.rhythm.after(said["last"])
		case "break" | "needs_next_cycle" | "no_time_left":
			assert max(days, default=START) == said["since"]
			assert (said["full"] > pair.planned_end) == (finding.because.code != "break")


def check_duration(pair: Partnership, on: date, finding: Finding) -> None:
	full, counted = last_day_of(START, 6), last_counted(pair, on)
	assert (finding.state == MET) == (counted >= full)
	if finding.because.code == "ended_before":
		assert pair.ended <= on
		assert counted < full
	if finding.because.code in ("too_short", "ends_before"):
		assert pair.planned_end < full
		assert pair.may_go_on == (finding.because.code == "ends_before")


def check_employers(pair: Partnership, on: date, finding: Finding) -> None:
	last = max(START, last_counted(pair, on))
	days = [START + timedelta(days=number) for number in range((last - START).days + 1)]
	known = [[one.employer_on(day) for one in pair.partners] for day in days]
	same = [day for day, (one, two) in zip(days, known, strict=True) if one and fold(one) == fold(two)]
	assert (finding.state == NOT_MET) == bool(same)
	if same:
		assert finding.because.params["day"] in same
	else:
		blank = any(not one or not two for one, two in known)
		assert (finding.because.code == "employer_unknown") == blank


def check_outcomes(pair: Partnership, on: date, finding: Finding) -> None:
	code, said = finding.because.code, finding.because.params
	assert ("stated" in code or code == "to_state") == (not pair.goals)
	if code == "reviewed":
		end = pair.end
		assert all(not goal.open for goal in pair.goals)
		assert abs((said["day"] - end).days) <= 30
		assert said["day"] <= on
	if code in ("review_due", "review_still", "not_reviewed"):
		assert 0 < said["left"] <= said["goals"] == len(pair.goals)
	if code == "not_reviewed":
		assert on > said["last"] == pair.end + timedelta(days=30)


@settings(max_examples=300)
@given(pair=partnerships(), on=DAYS)
def test_every_because_is_true(pair, on):
	found = answers(pair, on)
	check_regular(pair, on, found["regular_meetings"])
	check_duration(pair, on, found["duration"])
	check_employers(pair, on, found["employers_apart"])
	check_outcomes(pair, on, found["outcomes_revisited"])
	assert (found["one_to_one"].state == MET) == (pair.format == "One-on-One")


@given(pair=partnerships(), on=DAYS)
def test_meetings_that_one_of_the_two_missed_count_for_nothing(pair, on):
	alone = tuple(each for each in pair.meetings if not {ANA, BEN} <= set(each.attended) and each.held)
	assume(alone)
	without = replace(pair, meetings=tuple(each for each in pair.meetings if each not in alone))
	assert answers(pair, on) == answers(without, on)


@pytest.mark.parametrize("rhythm", [Rhythm(1, "Month"), Rhythm(2, "Week")])
def test_meetings_in_the_rhythm_are_regular_all_along(rhythm):
	from tests.domain.partnerships import pair

	days = [rhythm.after(START, number) for number in range(26)]
	together = pair(
		rhythm=rhythm, meetings=tuple(map(meeting, days)), planned_end=START + timedelta(days=364)
	)
	for number in range(0, 364, 3):
		assert answers(together, START + timedelta(days=number))["regular_meetings"].state in (ON_TRACK, MET)
