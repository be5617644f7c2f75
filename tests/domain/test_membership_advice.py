"""What a person reads about their own membership before they apply, over every standing that there can be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.eligibility import JoinRules, may_commit
from mentor_ispe.domain.membership import Period, Standing, judge, unknown
from mentor_ispe.domain.membership_advice import ASK, ASK_FOR_OTHER_ADDRESS, JOIN, RENEW, Advice, advise

DAY = timedelta(days=1)
ON = date(2026, 12, 1)
YEAR = timedelta(days=364)


def period(start: date, end: date | None, kind: str = "Full", **values) -> Period:
	return Period(start, end, kind, "Membership", "MSH-1", **values)


def told(*periods: Period, grace: int = 0, **values) -> Advice:
	return advise(judge(periods, ON, grace), address="mara@example.org", **values)


ENDED = period(ON - YEAR, ON - DAY)
NEXT = period(ON + DAY, ON + YEAR)
# name → (standing's periods, grace days), words, what to do, where
TABLE = {
	"active": (([period(ON, ON + YEAR)], 0), "Your membership is active until 2027-11-30.", None, ()),
	"active for life": (([period(ON, None)], 0), "Your membership is active.", None, ()),
	"starts tomorrow": (
		([NEXT], 0),
		"Your membership starts on 2026-12-02.",
		"You can apply from that day on.",
		(),
	),
	"ended yesterday": (
		([ENDED], 0),
		"Your membership ended on 2026-11-30.",
		"Renew it to apply.",
		(RENEW,),
	),
	"ended, renewed from tomorrow": (
		([ENDED, NEXT], 0),
		"Your membership ended on 2026-11-30, and the next one starts on 2026-12-02.",
		"You can apply from that day on.",
		(),
	),
	"in grace": (
		([ENDED], 30),
		"Your membership ended on 2026-11-30.",
		"Renew it to apply or accept a match. You keep the place you have until 2026-12-30.",
		(RENEW,),
	),
	"in grace, renewed from tomorrow": (
		([ENDED, NEXT], 30),
		"Your membership ended on 2026-11-30, and the next one starts on 2026-12-02.",
		"You can apply from that day on.",
		(),
	),
	"unpaid": (
		([period(ON - DAY, None, past_due=True)], 30),
		"Your membership fee has been due since 2026-11-30.",
		"Pay it to apply or accept a match. Until then you keep the place you have.",
		(RENEW,),
	),
	"no membership": (
		([], 30),
		"We couldn't find a membership under mara@example.org.",
		"Join the association to apply. Already a member? Your membership may be under another email address. Tell the coordinator which one.",
		(JOIN, ASK_FOR_OTHER_ADDRESS),
	),
	"a status that nobody knows": (
		([period(ON, None, unclear="Honorary")], 30),
		"We can't confirm your membership right now.",
		"Try again tomorrow. If you still see this message, tell the coordinator.",
		(ASK,),
	),
}


@pytest.mark.parametrize("case", TABLE)
def test_each_standing_has_its_sentence_what_to_do_and_where(case):
	(periods, grace), words, next_step, ways = TABLE[case]
	advice = told(*periods, grace=grace)
	assert str(advice.words) == words
	assert (str(advice.next_step) if advice.next_step else None) == next_step
	assert advice.ways == ways


def test_the_source_that_cannot_be_asked_is_not_blamed_on_the_reader():
	advice = advise(unknown("The membership roll is empty."))
	assert (advice.code, advice.may_apply) == ("unknown", False)
	assert "roll" not in str(advice.words)


def test_a_state_of_another_app_is_told_as_unknown():
	assert advise(Standing("Honorary")).code == "unknown"


def test_in_grace_one_may_apply_where_the_program_says_so():
	advice = told(ENDED, grace=30, rules=JoinRules(grace_may_commit=True))
	assert advice.may_apply
	assert str(advice.next_step) == "You can still apply. Renew it to keep your place."


def test_whose_place_waits_hears_that_it_comes_back():
	assert told(ENDED, suspended=True).next_step.code == "suspended"


@pytest.mark.parametrize(
	("rules", "words"),
	[
		(
			JoinRules(frozenset({"Fellow", "Senior"})),
			"This program is for these membership types: Fellow, Senior. Yours is Full.",
		),
		(
			JoinRules(chapter="Boston"),
			"This program is for members of Boston. You are registered with Delaware.",
		),
	],
	ids=["type", "chapter"],
)
def test_a_program_for_others_says_for_whom(rules, words):
	advice = told(period(ON, None), rules=rules, chapter="Delaware")
	assert (str(advice.words), advice.may_apply, advice.ways) == (words, False, (ASK,))


days = st.integers(-400, 400).map(lambda number: ON + number * DAY)
histories = st.lists(
	st.builds(
		period,
		days,
		st.none() | days,
		st.sampled_from(["Full", "Student", ""]),
		past_due=st.booleans(),
		unclear=st.sampled_from(["", "Honorary"]),
	),
	max_size=5,
)
programs = st.builds(
	JoinRules,
	st.sampled_from([frozenset(), frozenset({"Full"})]),
	st.booleans(),
	st.sampled_from([None, "Boston"]),
)


@given(histories, st.integers(0, 60), programs, st.sampled_from([None, "Boston", "Delaware"]), st.booleans())
def test_it_says_yes_exactly_when_the_rule_does_and_else_leads_on(history, grace, rules, chapter, suspended):
	standing = judge(history, ON, grace)
	advice = advise(standing, rules, chapter=chapter, address="mara@example.org", suspended=suspended)
	assert advice.may_apply == (not may_commit("Mara", standing, chapter, rules))
	assert str(advice.words)
	assert "None" not in f"{advice.words} {advice.next_step or ''}"
	if not advice.may_apply:
		assert advice.next_step
		later = advice.code in ("starts_later", "renewed_from")
		assert bool(advice.ways) != later


@given(histories, st.integers(0, 60))
def test_a_membership_ended_on_its_last_day_not_on_the_day_after(history, grace):
	advice = advise(judge(history, ON, grace))
	if advice.code in ("lapsed", "in_grace", "renewed_from"):
		assert advice.words.params["day"] in {each.end for each in history}
