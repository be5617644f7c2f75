"""The five rules of HRCI on days that matter, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentor_ispe.domain.credit.findings import AT_RISK, MET, NOT_MET, ON_TRACK
from mentor_ispe.domain.credit.regular import regular
from mentor_ispe.domain.credit.schemes import CREDIT_SCHEMES, evaluate, overall, to_scheme
from mentor_ispe.domain.months import DAY, Rhythm, add_months, last_day_of
from mentor_ispe.domain.partnership import Employment, StatedGoal
from tests.domain.partnerships import ANA, BEN, START, meeting, pair, partner

HRCI = to_scheme("HRCI", CREDIT_SCHEMES["HRCI"])
SIX_MONTHS = date(2031, 7, 14)


def answer(rule: str, partnership, on: date) -> tuple[str, str]:
	finding = next(each.finding for each in evaluate(HRCI, partnership, on) if each.rule == rule)
	return finding.state, finding.because.code


def monthly(number: int, first: int = 5) -> tuple:
	return tuple(meeting(add_months(START, month) + first * DAY) for month in range(number))


@pytest.mark.parametrize(
	("start", "full"),
	[
		(date(2021, 10, 1), date(2022, 3, 31)),
		(date(2031, 1, 15), date(2031, 7, 14)),
		(date(2031, 8, 31), date(2032, 2, 28)),
		(date(2031, 8, 30), date(2032, 2, 28)),
	],
)
def test_six_months_are_six_calendar_months_first_and_last_day_counted(start, full):
	assert last_day_of(start, 6) == full
	together = pair(start=start, planned_end=full)
	assert answer("duration", together, full - DAY)[0] == ON_TRACK
	assert answer("duration", together, full)[0] == MET


@pytest.mark.parametrize(
	("ended", "state"), [(SIX_MONTHS, MET), (SIX_MONTHS - DAY, NOT_MET), (START + 20 * DAY, NOT_MET)]
)
def test_partnership_that_ended_before_six_months_were_full(ended, state):
	assert answer("duration", pair(ended=ended), ended)[0] == state


def test_cycle_that_is_too_short_is_known_on_the_first_day():
	short = pair(planned_end=SIX_MONTHS - DAY)
	assert answer("duration", short, START) == (NOT_MET, "too_short")
	assert answer("duration", replace(short, may_go_on=True), START) == (AT_RISK, "ends_before")


def test_regular_meetings_from_the_first_to_the_last():
	together = pair(meetings=monthly(6), ended=SIX_MONTHS)
	states = [answer("regular_meetings", together, START + days * DAY)[0] for days in range(0, 181)]
	assert states == [ON_TRACK] * 180 + [MET]


def test_meeting_that_falls_out_is_a_warning_until_it_is_caught_up_with():
	met = monthly(2)  # on 20 January and 20 February
	together = pair(meetings=met)
	assert answer("regular_meetings", together, date(2031, 3, 20))[0] == ON_TRACK
	assert answer("regular_meetings", together, date(2031, 3, 21)) == (AT_RISK, "overdue")
	planned = replace(together, meetings=(*met, meeting(date(2031, 4, 20), held=False)))
	assert answer("regular_meetings", planned, date(2031, 3, 21)) == (ON_TRACK, "scheduled")
	too_late = replace(together, meetings=(*met, meeting(date(2031, 4, 22), held=False)))
	assert answer("regular_meetings", too_late, date(2031, 3, 21)) == (AT_RISK, "overdue")


def test_a_break_that_needs_the_next_cycle_is_the_same_trouble_every_day():
	together = pair(meetings=monthly(2), planned_end=date(2031, 9, 1), may_go_on=True)
	days = [date(2031, 5, 10) + days * DAY for days in range(60)]
	troubles = [regular(together, day, 6) for day in days]
	assert {each.because.code for each in troubles} == {"needs_next_cycle"}
	assert len({each.occasion for each in troubles}) == 1


def test_longer_break_starts_the_count_anew_while_there_is_time():
	later = tuple(meeting(date(2031, month, 20)) for month in range(6, 12))
	together = pair(meetings=(*monthly(2), *later), planned_end=date(2032, 1, 14))
	assert answer("regular_meetings", together, date(2031, 5, 10)) == (AT_RISK, "break")
	assert answer("regular_meetings", together, date(2031, 6, 20)) == (ON_TRACK, "meeting")
	assert answer("regular_meetings", together, date(2031, 11, 19)) == (MET, "regular")
	no_time = replace(together, planned_end=date(2031, 9, 1))
	assert answer("regular_meetings", no_time, date(2031, 5, 10)) == (NOT_MET, "no_time_left")
	assert answer("regular_meetings", replace(no_time, may_go_on=True), date(2031, 5, 10)) == (
		AT_RISK,
		"needs_next_cycle",
	)


def test_pair_that_never_met():
	assert answer("regular_meetings", pair(ended=SIX_MONTHS), SIX_MONTHS) == (NOT_MET, "never_met")


def test_meetings_in_person_are_counted_apart():
	in_person = tuple(replace(each, in_person=number < 2) for number, each in enumerate(monthly(6)))
	found = evaluate(HRCI, pair(meetings=in_person, ended=SIX_MONTHS), SIX_MONTHS)[2].finding
	assert (found.because.params["meetings"], found.because.params["in_person"]) == (6, 2)


def test_rhythm_of_the_program_says_what_is_regular():
	fortnightly = pair(rhythm=Rhythm(2, "Week"), meetings=monthly(6), ended=SIX_MONTHS)
	assert answer("regular_meetings", fortnightly, SIX_MONTHS)[0] == NOT_MET


@pytest.mark.parametrize(
	("changes", "state", "code"),
	[
		((), MET, "employers_differ"),
		((Employment(START + 40 * DAY, "Cygnus"),), MET, "employers_differ_still"),
		((Employment(START + 40 * DAY, "works of ANA "),), NOT_MET, "same_employer"),
		(
			(Employment(START + 40 * DAY, "Works of Ana"), Employment(START + 50 * DAY, "Cygnus")),
			NOT_MET,
			"same_employer",
		),
		((Employment(START + 40 * DAY, ""),), AT_RISK, "employer_unknown"),
		((Employment(SIX_MONTHS + DAY, "Works of Ana"),), MET, "employers_differ"),
	],
)
def test_employers_are_different_from_the_start_to_the_end(changes, state, code):
	ben = partner(BEN, "Mentee", Employment(None, "Borealis"), *changes)
	together = pair(partners=(partner(ANA), ben), ended=SIX_MONTHS)
	assert answer("employers_apart", together, SIX_MONTHS + 10 * DAY) == (state, code)


def test_same_employer_before_they_began_is_nobodys_business():
	ben = partner(BEN, "Mentee", Employment(None, "Works of Ana"), Employment(START, "Borealis"))
	assert answer("employers_apart", pair(partners=(partner(ANA), ben)), START)[0] == ON_TRACK


@pytest.mark.parametrize(
	("reviewed", "asked_after", "state"),
	[
		(-31, 0, AT_RISK),
		(-30, 0, MET),
		(0, 0, MET),
		(20, 19, AT_RISK),
		(20, 20, MET),
		(30, 400, MET),
		(31, 30, AT_RISK),
		(31, 31, NOT_MET),
	],
)
def test_goals_are_looked_at_again_around_the_last_day(reviewed, asked_after, state):
	goal = StatedGoal(open=False, reviewed_on=SIX_MONTHS + timedelta(days=reviewed))
	together = pair(ended=SIX_MONTHS, goals=(goal,))
	assert answer("outcomes_revisited", together, SIX_MONTHS + asked_after * DAY)[0] == state


def test_one_goal_left_open_isnt_all_of_them():
	goals = (StatedGoal(False, SIX_MONTHS), StatedGoal(True))
	together = pair(ended=SIX_MONTHS, goals=goals)
	assert answer("outcomes_revisited", together, SIX_MONTHS) == (AT_RISK, "review_still")
	assert answer("outcomes_revisited", together, SIX_MONTHS + 31 * DAY) == (NOT_MET, "not_reviewed")


def test_goal_reached_early_counts_when_another_is_looked_at_in_the_end():
	goals = (StatedGoal(False, START + 60 * DAY), StatedGoal(False, SIX_MONTHS))
	assert answer("outcomes_revisited", pair(ended=SIX_MONTHS, goals=goals), SIX_MONTHS)[0] == MET


def test_last_two_weeks_ask_for_the_review():
	together = pair(planned_end=SIX_MONTHS, goals=(StatedGoal(True),))
	assert answer("outcomes_revisited", together, SIX_MONTHS - 14 * DAY) == (ON_TRACK, "to_review")
	assert answer("outcomes_revisited", together, SIX_MONTHS - 13 * DAY) == (AT_RISK, "review_due")


def test_group_isnt_one_to_one():
	three = (partner(ANA), partner(BEN, "Mentee"), partner("cal", "Mentee"))
	assert answer("one_to_one", pair(partners=three), START) == (NOT_MET, "more_than_two")
	assert answer("one_to_one", pair(format="Group"), START) == (NOT_MET, "not_one_to_one")


def test_scheme_of_other_rules_is_data():
	scheme = to_scheme("Society", {"title": "Ours", "rules": [{"rule": "duration", "months": 2}]})
	found = evaluate(scheme, pair(), last_day_of(START, 2))
	assert [(each.title, each.finding.state) for each in found] == [("duration", MET)]
	assert overall(found) == MET


@pytest.mark.parametrize(
	("data", "words"),
	[
		({"rules": [{"rule": "hearsay"}]}, "no rule 'hearsay'"),
		({"rules": [{"rule": "duration"}]}, "months"),
		({"rules": [{"rule": "duration", "months": 6, "weeks": 1}]}, "weeks"),
		({"rules": []}, "no rules"),
	],
)
def test_scheme_that_cant_be_read_is_refused(data, words):
	with pytest.raises(ValueError, match=words):
		to_scheme("Odd", data)
