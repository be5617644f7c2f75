"""The health of a group, sign by sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.health.facts import Answer, Facts, Goal, Interval, Session
from mentor_ispe.domain.health.signs import SIGNS, WEIGHTS, Sign, health_of, weighted
from mentor_ispe.domain.months import add_months
from mentor_ispe.domain.seats import Seat

START = date(2031, 1, 15)
ON = date(2031, 6, 20)
PEOPLE = (
	Seat("ana", "Mentor", "Active", profile="ana", full_name="Ana"),
	Seat("ben", "Mentee", "Active", profile="ben", full_name="Ben", joined_on=START),
	Seat("cal", "Mentee", "Active", profile="cal", full_name="Cal", joined_on=START),
)
EVERYBODY = frozenset(person.profile for person in PEOPLE)
EMPTY = Facts(on=ON, started_on=START, people=PEOPLE)


def held(*days: date, there: frozenset[str] = EVERYBODY) -> tuple[Session, ...]:
	return tuple(Session(f"s{day}", day, "Held", there, EVERYBODY) for day in days)


def sign(name: str, facts: Facts) -> Sign:
	score, words, params = SIGNS[name](facts)
	return Sign(name, score, words.format(**params))


def test_every_sign_has_a_weight_and_a_reading():
	assert set(SIGNS) == set(WEIGHTS)
	assert sum(WEIGHTS.values()) == 100


def test_silence_after_the_start_counts_until_they_are_in_touch():
	def score(days: int, **facts) -> float | None:
		return sign("Contact", replace(EMPTY, on=START + timedelta(days=days), **facts)).score

	assert [score(days) for days in (0, 13, 14, 21, 28, 300)] == [None, None, 100, 50, 0, 0]
	assert score(28, wrote={"ben": START}) is None
	assert score(28, meeting_planned=True) is None
	assert score(28, sessions=held(START + timedelta(days=5))) is None
	reading = sign("Contact", replace(EMPTY, on=START + timedelta(days=21)))
	assert reading.words == "Nobody has written a message or scheduled a meeting in 21 days."


def test_first_meeting():
	on_time, late = held(START + timedelta(days=20)), held(START + timedelta(days=45))
	assert sign("First Meeting", replace(EMPTY, sessions=on_time)).score == 100
	reading = sign("First Meeting", replace(EMPTY, sessions=late))
	assert (reading.score, reading.words) == (
		70,
		"The first meeting was 45 days after the start, 15 days late.",
	)
	assert sign("First Meeting", EMPTY).score == 0
	assert sign("First Meeting", replace(EMPTY, on=START + timedelta(days=30))).score is None
	assert sign("First Meeting", replace(EMPTY, on=START + timedelta(days=31))).score == 0


def test_rhythm():
	three = held(date(2031, 3, 10), date(2031, 4, 11), date(2031, 6, 10))
	reading = sign("Rhythm", replace(EMPTY, sessions=three))
	assert (reading.score, reading.words) == (75, "3 of 4 meetings held in the last 4 months.")
	assert sign("Rhythm", replace(EMPTY, on=START + timedelta(days=20))).score is None
	weekly = replace(EMPTY, interval=Interval(2, "Week"), sessions=held(date(2031, 6, 10)))
	assert sign("Rhythm", weekly).words == "1 of 4 meetings held in the last 8 weeks."
	young = replace(EMPTY, on=add_months(START, 2), sessions=held(START))
	assert sign("Rhythm", young).words == "1 of 2 meetings held in the last 2 months."


def test_attendance():
	some = held(date(2031, 4, 1), date(2031, 5, 1), there=frozenset({"ana", "ben"}))
	reading = sign("Attendance", replace(EMPTY, sessions=some))
	assert reading.score == pytest.approx(200 / 3)
	assert reading.words == "4 of 6 attended the last 2 meetings."
	assert sign("Attendance", EMPTY).score is None


def test_feedback_given():
	assert sign("Feedback Given", EMPTY).score is None
	reading = sign("Feedback Given", replace(EMPTY, owed=4, given=3))
	assert (reading.score, reading.words) == (75, "3 of 4 feedback requests answered.")


def test_how_it_sounded_takes_the_worst_of_each_persons_last_answer():
	early, late = date(2031, 3, 1), date(2031, 5, 1)
	answers = (
		Answer("1", "ben", early, stars=1),
		Answer("2", "ben", late, stars=5),
		Answer("3", "cal", late, stars=5, staff_stars=2),
	)
	reading = sign("How It Sounded", replace(EMPTY, answers=answers))
	assert reading.score == (100 + 25) / 2
	assert reading.words == "2 of 3 people have said how it is going. Each person's latest answer counts."
	not_working = (Answer("1", "ben", late, stars=5, going="Not Working"),)
	assert sign("How It Sounded", replace(EMPTY, answers=not_working)).score == 0
	only_words = (Answer("1", "ben", late),)
	assert sign("How It Sounded", replace(EMPTY, answers=only_words)).score is None


def test_agreement():
	assert sign("Agreement", EMPTY).score is None
	signed = replace(EMPTY, to_sign=4, signed=3)
	assert sign("Agreement", signed).score == 75
	met = replace(signed, sessions=held(START))
	assert sign("Agreement", met).score == 37.5
	assert sign("Agreement", replace(met, signed=4, charter_agreed=True)).score == 100
	assert sign("Agreement", replace(met, to_sign=0)).words == "Not everyone has agreed to the charter."


def test_goals():
	half_way = replace(EMPTY, on=START + timedelta(days=100), ends_on=START + timedelta(days=200))
	assert sign("Goals", half_way).score == 0
	assert sign("Goals", replace(half_way, on=START + timedelta(days=59))).score is None
	one = replace(half_way, goals=(Goal("ben", 50),))
	assert (sign("Goals", one).score, sign("Goals", one).words) == (50, "1 of 2 people have goals.")
	both = replace(half_way, goals=(Goal("ben", 50), Goal("cal", achieved=True), Goal("ana", 0)))
	assert sign("Goals", both).score == 100
	slow = replace(half_way, goals=(Goal("ben", 25), Goal("cal", 25)))
	assert sign("Goals", slow).score == 80


def test_signs_that_say_nothing_yet_are_left_out():
	young = replace(EMPTY, on=START + timedelta(days=5))
	assert health_of(young).score is None
	assert health_of(replace(young, to_sign=2, signed=1)).score == 50


def test_the_program_chooses_signs_and_weights():
	facts = replace(EMPTY, owed=2, given=1)
	health = health_of(facts, {"Feedback Given": 30, "First Meeting": 10, "Rhythm": 0})
	assert [each.name for each in health.signs] == ["Feedback Given", "First Meeting"]
	assert health.score == round(0.75 * 50 + 0.25 * 0)


# Whatever the group is like

DAY = st.dates(START, date(2032, 3, 1))
SOME = st.frozensets(st.sampled_from(sorted(EVERYBODY)))
STARS = st.sampled_from([0, 0.5, 1, 2, 3, 4, 5])


@st.composite
def facts(draw) -> Facts:
	to_sign, owed = draw(st.integers(0, 6)), draw(st.integers(0, 9))
	return Facts(
		on=draw(DAY),
		started_on=START,
		first_meeting_days=draw(st.integers(0, 60)),
		interval=Interval(draw(st.integers(1, 3)), draw(st.sampled_from(["Week", "Month"]))),
		ends_on=draw(st.none() | DAY),
		people=PEOPLE,
		sessions=tuple(
			Session(
				f"s{number}", draw(DAY), draw(st.sampled_from(["Held", "Planned"])), draw(SOME), EVERYBODY
			)
			for number in range(draw(st.integers(0, 5)))
		),
		answers=tuple(
			Answer(
				f"a{number}",
				draw(st.sampled_from(sorted(EVERYBODY))),
				draw(DAY),
				draw(STARS),
				draw(STARS),
				draw(st.sampled_from(["", "On Track", "Needs Attention", "Not Working"])),
			)
			for number in range(draw(st.integers(0, 4)))
		),
		goals=tuple(
			Goal(draw(st.sampled_from(["ana", "ben", "cal"])), draw(st.floats(-10, 120)), draw(st.booleans()))
			for _ in range(draw(st.integers(0, 3)))
		),
		owed=owed,
		given=draw(st.integers(0, owed)),
		to_sign=to_sign,
		signed=draw(st.integers(0, to_sign)),
		charter_agreed=draw(st.booleans()),
	)


@given(facts(), st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.integers(0, 100), min_size=1))
def test_health_is_bounded_and_the_same_facts_give_the_same(facts, weights):
	health = health_of(facts, weights)
	assert health == health_of(facts, weights)
	assert health.score is None or 0 <= health.score <= 100
	for each in health.signs:
		assert each.score is None or 0 <= each.score <= 100
		assert each.words.format(**each.params)
	known = [each.score for each in health.signs if each.score is not None]
	assert (health.score is None) == (not known)
	if known:
		assert min(known) - 1 <= health.score <= max(known) + 1


SCORED = st.lists(st.tuples(st.none() | st.floats(0, 100), st.integers(0, 50)), min_size=1, max_size=7)


@given(SCORED, st.integers(0, 6), st.floats(0, 100))
def test_a_better_sign_never_makes_the_group_less_healthy(scored, index, better):
	signs = [Sign(str(number), score, "", weight=weight) for number, (score, weight) in enumerate(scored)]
	sign = signs[index % len(signs)]
	if sign.score is None or better < sign.score:
		return
	improved = [replace(each, score=better) if each is sign else each for each in signs]
	assert weighted(signs) is None or weighted(improved) >= weighted(signs)


def at_least(facts: Facts, more: Facts, name: str) -> bool:
	before, after = SIGNS[name](facts)[0], SIGNS[name](more)[0]
	return before is None or after is None or after >= before - 1e-9


@given(facts(), DAY)
def test_one_more_meeting_never_spoils_rhythm_or_the_first_meeting(facts, day):
	more = replace(facts, sessions=(*facts.sessions, *held(day)))
	assert at_least(facts, more, "Rhythm")
	assert at_least(facts, more, "First Meeting")


@given(facts())
def test_one_more_answer_signature_or_step_never_spoils_its_sign(facts):
	assert at_least(facts, replace(facts, given=facts.given + 1), "Feedback Given")
	assert at_least(facts, replace(facts, signed=facts.signed + 1), "Agreement")
	assert at_least(facts, replace(facts, charter_agreed=True), "Agreement") or not facts.to_sign
	further = tuple(replace(goal, progress=goal.progress + 10) for goal in facts.goals)
	assert at_least(facts, replace(facts, goals=further), "Goals")
	there = tuple(replace(session, there=EVERYBODY) for session in facts.sessions)
	assert at_least(facts, replace(facts, sessions=there), "Attendance")
