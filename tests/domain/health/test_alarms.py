"""What calls a coordinator to a group."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mentor_ispe.domain.health.alarms import (
	LOW_HEALTH,
	LOW_RATING,
	MISSED_SESSIONS,
	NO_FIRST_MEETING,
	NOT_WORKING,
	QUIET,
	alarms_of,
)
from mentor_ispe.domain.health.facts import Answer, Facts, Session
from mentor_ispe.domain.seats import Seat

START = date(2031, 1, 15)
PEOPLE = (
	Seat("ana", "Mentor", "Active", profile="ana", full_name="Ana"),
	Seat("ben", "Mentee", "Active", profile="ben", full_name="Ben", joined_on=START),
)
BOTH = frozenset({"ana", "ben"})
CALM = Facts(on=START + timedelta(days=20), started_on=START, people=PEOPLE)


def session(day: int, status: str = "Held", there: frozenset[str] = BOTH) -> Session:
	return Session(f"s{day}", START + timedelta(days=day), status, there, BOTH)


def after(days: int, *sessions: Session, **values) -> Facts:
	return replace(CALM, on=START + timedelta(days=days), sessions=sessions, **values)


def found(facts: Facts, health: int | None = 80, threshold: int = 50) -> list[tuple[str, str]]:
	return [(alarm.name, alarm.occasion) for alarm in alarms_of(facts, health, threshold)]


def test_all_is_well():
	assert found(CALM) == []
	assert found(after(60, session(10), session(40))) == []


def test_no_first_meeting_in_time():
	assert found(after(30)) == []
	assert found(after(31)) == found(after(60)) == [(NO_FIRST_MEETING, str(START))]
	assert found(after(31, session(40, "Planned"))) == [(NO_FIRST_MEETING, str(START))]


def test_two_sessions_in_a_row_that_did_not_take_place():
	missed = (session(40, "Planned"), session(50, "Cancelled"))
	assert found(after(55, session(10), missed[0])) == []
	assert found(after(55, session(10), *missed)) == [(MISSED_SESSIONS, "s40")]
	again = after(60, session(10), *missed, session(56, "Planned"))
	assert found(again) == [(MISSED_SESSIONS, "s40")], "one row of missed sessions is one alarm"
	assert found(after(60, session(10), *missed, session(55))) == []
	not_recorded_yet = after(51, session(10), session(40, "Planned"), session(50, "Planned"))
	assert found(not_recorded_yet) == []


def test_twice_the_rhythm_without_a_meeting():
	assert found(after(75, session(10))) == []
	assert found(after(80, session(10))) == [(MISSED_SESSIONS, f"since {START + timedelta(days=10)}")]


def test_a_bad_rating_visible_or_private_stands_until_something_better_is_said():
	on = START + timedelta(days=15)
	bad = Answer("f1", "ben", on, stars=2)
	private = Answer("f2", "ana", on, stars=5, staff_stars=1)
	not_working = Answer("f3", "ana", on, going="Not Working")
	facts = after(20, session(10))
	assert found(replace(facts, answers=(bad,))) == [(LOW_RATING, "f1")]
	assert found(replace(facts, answers=(private,))) == [(LOW_RATING, "f2")]
	assert found(replace(facts, answers=(not_working,))) == [(NOT_WORKING, "f3")]
	same_day = Answer("f4", "ben", on, stars=5)
	assert found(replace(facts, answers=(bad, same_day))) == [(LOW_RATING, "f1")]
	better = Answer("f5", "ben", on + timedelta(days=1), stars=3)
	assert found(replace(facts, answers=(bad, better))) == []
	only_words = Answer("f6", "ben", on + timedelta(days=2))
	assert found(replace(facts, answers=(bad, only_words))) == [(LOW_RATING, "f1")]


def test_the_words_of_a_bad_rating_name_nobody():
	answers = (
		Answer("f1", "ben", START, stars=1),
		Answer("f2", "ana", START, staff_stars=1, going="Not Working"),
	)
	for alarm in alarms_of(replace(CALM, answers=answers), 80, 50):
		said = alarm.words.format(**alarm.params)
		assert not any(word in said for word in ("Ana", "Ben", "ana", "ben", "staff", "private"))


def test_a_member_who_came_to_none_of_the_last_meetings_is_quiet():
	only_ana = frozenset({"ana"})
	seen, *absent = (
		session(5),
		session(35, there=only_ana),
		session(65, there=only_ana),
		session(95, there=only_ana),
	)
	assert found(after(80, seen, *absent[:2])) == []
	quiet = after(100, seen, *absent)
	assert found(quiet) == [(QUIET, f"ben {START + timedelta(days=5)}")]
	said_something = (Answer("f", "ben", START + timedelta(days=70), stars=4),)
	assert found(replace(quiet, answers=said_something)) == []
	assert found(replace(quiet, wrote={"ben": START + timedelta(days=70)})) == []
	assert found(replace(quiet, wrote={"ben": START})) != []
	just_joined = (PEOPLE[0], replace(PEOPLE[1], joined_on=START + timedelta(days=60)))
	assert found(replace(quiet, people=just_joined)) == []


def test_low_health_is_one_alarm_until_it_is_clearly_better():
	def low(health, since=None):
		return [alarm.occasion for alarm in alarms_of(CALM, health, 50, since) if alarm.name == LOW_HEALTH]

	assert low(None) == low(50) == []
	assert low(49) == [str(CALM.on)]
	assert low(30, since="2031-01-20") == low(54, since="2031-01-20") == ["2031-01-20"]
	assert low(55, since="2031-01-20") == []
