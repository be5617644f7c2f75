"""Pauses of a person in a group, and what they take from what is asked of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain import pauses
from mentor_ispe.domain.health.alarms import alarms_of
from mentor_ispe.domain.health.facts import Facts, Interval, Session
from mentor_ispe.domain.health.signs import health_of
from mentor_ispe.domain.hours import Asked, hours_of
from mentor_ispe.domain.months import month_end
from mentor_ispe.domain.pauses import Pause
from mentor_ispe.domain.seats import MENTOR, Seat
from mentor_ispe.domain.sessions.attendance import MeetingRecord

START = date(2031, 1, 1)
TODAY = date(2031, 3, 1)
AWAY = Pause(date(2031, 3, 1), date(2031, 4, 26))
days = st.integers(0, 700).map(lambda number: START + timedelta(days=number))
some = st.lists(st.tuples(days, st.integers(1, 90)), max_size=6).map(
	lambda found: pauses.together(Pause(first, first + timedelta(days=length)) for first, length in found)
)


@given(some)
def test_what_is_written_is_read(found):
	assert pauses.read(pauses.write(found)) == found


@given(some, days, st.integers(0, 200))
def test_days_away_are_counted_one_by_one(found, first, length):
	last = first + timedelta(days=length)
	counted = sum(pauses.is_away(found, first + timedelta(days=number)) for number in range(length + 1))
	assert pauses.days_away(found, first, last) == counted


@given(some)
def test_months_away_are_those_of_more_than_half_their_days(found):
	for month in pauses.months_away(found):
		away = sum(
			pauses.is_away(found, month + timedelta(days=number)) for number in range(month_end(month).day)
		)
		assert 2 * away > month_end(month).day


@given(some, days, days, st.integers(1, 100))
def test_a_pause_begins_and_ends(found, today, first, length):
	first = max(first, today)
	back = first + timedelta(days=length)
	after = pauses.begin(found, first, back, today)
	assert pauses.together(after) == pauses.together(sorted(after))
	assert pauses.is_away(after, back - timedelta(days=1))
	assert not pauses.is_away(after, back)
	assert not any(pauses.is_away(pauses.end(after, today), today + timedelta(days=n)) for n in range(200))
	before = today - timedelta(days=1)
	assert pauses.days_away(after, START, before) == pauses.days_away(found, START, before)


@given(some, days)
def test_nobody_is_away_after_their_last_day(found, last):
	kept = pauses.trimmed(found, last)
	assert pauses.days_away(kept, START, last) == pauses.days_away(found, START, last)
	assert not any(pauses.is_away(kept, last + timedelta(days=number)) for number in range(1, 100))


@given(st.lists(some, max_size=2), st.lists(some, max_size=4), days)
def test_a_group_stands_still_when_too_few_or_no_mentor_is_there(mentors, others, day):
	there = [not pauses.is_away(one, day) for one in (*mentors, *others)]
	anybody_away = not all(there)
	no_mentor = bool(mentors) and not any(there[: len(mentors)])
	expected = anybody_away and (no_mentor or sum(there) < 2)
	assert pauses.is_away(pauses.standstill(mentors, others), day) == expected


@pytest.mark.parametrize(
	("first", "returns_on", "code"),
	[
		(TODAY - timedelta(days=1), date(2031, 4, 1), "past"),
		(TODAY, TODAY, "return"),
		(TODAY, date(2032, 1, 2), "after_the_end"),
		(TODAY, date(2031, 12, 1), "too_long"),
		(TODAY, date(2031, 4, 26), None),
	],
)
def test_what_is_no_pause(first, returns_on, code):
	broken = pauses.check(first, returns_on, TODAY, date(2032, 1, 1))
	assert [violation.code for violation in broken] == ([code] if code else [])


def test_hours_arent_asked_for_months_away():
	asked = Asked(per_month=60, in_all=12 * 60, months=12)
	meetings = [MeetingRecord("m", datetime(2031, 1, 5, 17), 60, False, True, {"ana": 60})]
	on, last = date(2031, 6, 1), date(2031, 12, 31)
	without = hours_of(meetings, "ana", START, last, on, asked)
	paused = hours_of(meetings, "ana", START, last, on, asked, (AWAY,))
	missed = [month.month.month for month in paused.months if month.state == "Missed"]
	assert missed == [2, 5], "March and April are the pause"
	assert [month.month.month for month in without.months if month.state == "Missed"] == [2, 3, 4, 5]
	assert (without.asked, paused.asked) == (12 * 60, 10 * 60)


def pair(away: pauses.Pauses, on: date, **values) -> Facts:
	people = (Seat("m", MENTOR, "Active", profile="m", pauses=away), Seat("b", status="Active", profile="b"))
	return Facts(
		on,
		START,
		people=people,
		standstill=pauses.standstill([away], [()]),
		interval=Interval(2, "Week"),
		**values,
	)


def names(facts: Facts) -> list[str]:
	return [alarm.name for alarm in alarms_of(facts, health_of(facts).score, 50)]


def held(*on: date) -> tuple[Session, ...]:
	both = frozenset({"m", "b"})
	return tuple(Session(str(day), day, "Held", both, both) for day in on)


@pytest.mark.parametrize("on", [date(2031, 4, 20), date(2031, 5, 3)])
def test_nobody_is_alarmed_of_a_pair_while_one_is_away_or_just_back(on):
	sessions = held(date(2031, 1, 14), date(2031, 1, 28), date(2031, 2, 11), date(2031, 2, 25))
	cancelled = tuple(Session(f"c{day}", date(2031, 3, day), "Cancelled") for day in (10, 24))
	facts = pair((AWAY,), on, sessions=sessions + cancelled)
	assert names(facts) == []
	assert "Missed Sessions" in names(replace(facts, standstill=(), people=()))
	without = replace(facts, standstill=())
	assert health_of(facts).score > health_of(without).score


def test_a_first_meeting_isnt_late_by_the_pause():
	away = (Pause(START, date(2031, 2, 26)),)
	on = date(2031, 3, 10)
	assert "No First Meeting" in names(pair((), on))
	assert names(pair(away, on)) == []


def test_who_is_away_isnt_called_quiet():
	there = frozenset({"b", "c"})
	on = date(2031, 4, 10)
	sessions = tuple(
		Session(str(day), date(2031, 3, day), "Held", there, there | {"m"}) for day in (4, 11, 18)
	)
	people = tuple(Seat(name, status="Active", profile=name) for name in "mbc")
	facts = Facts(on, START, people=people, sessions=sessions)
	assert "Member Quiet" in names(facts)
	people = (replace(people[0], pauses=(AWAY,)), *people[1:])
	assert "Member Quiet" not in names(replace(facts, people=people))
