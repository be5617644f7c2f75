"""What a meeting must keep to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions.meetings import Facts, Guest, Meeting, check, invited
from mentor_ispe.domain.violations import Violation

NOW = datetime(2031, 3, 10, 12)
LACK = Violation("unsigned", "{name} hasn't signed", {"name": "C"})
FACTS = Facts(
	"Active",
	NOW,
	date(2031, 12, 31),
	active=("A", "B", "C"),
	belonging=("A", "B", "C", "gone"),
	missing={"C": [LACK]},
)
NEXT = Meeting("Planned", NOW + timedelta(days=3), 60, (Guest("A"), Guest("B")))
HELD = Meeting("Held", NOW - timedelta(days=1), 60, (Guest("A", "", True, 60), Guest("B", "", True, 50)))


def codes(before, after, facts=FACTS) -> list[str]:
	return [violation.code for violation in check(before, after, facts)]


def test_two_who_are_ready_plan_a_meeting():
	assert codes(None, NEXT) == []
	assert codes(None, HELD) == []
	assert codes(NEXT, replace(NEXT, status="Cancelled", cancel_reason="Ill")) == []


@pytest.mark.parametrize(
	("before", "after", "facts", "expected"),
	[
		(None, replace(NEXT, starts_on=NOW), FACTS, ["in_the_past"]),
		(None, NEXT, replace(FACTS, group_status="Proposed"), ["group_not_active"]),
		(None, NEXT, replace(FACTS, last_day=NOW.date()), ["after_the_end"]),
		(
			None,
			NEXT,
			replace(FACTS, missing={"B": [LACK], "C": [LACK]}),
			["unsigned", "too_few", "unsigned", "unsigned"],
		),
		(None, replace(NEXT, people=(*NEXT.people, Guest("C"))), FACTS, ["unsigned"]),
		(None, replace(NEXT, people=(*NEXT.people, Guest("X"))), FACTS, ["stranger"]),
		(None, replace(NEXT, people=(*NEXT.people, Guest("gone"))), FACTS, ["not_active"]),
		(None, replace(NEXT, people=(*NEXT.people, Guest("A"))), FACTS, ["twice"]),
		(None, replace(NEXT, host="X"), FACTS, ["host"]),
		(None, replace(NEXT, minutes=0), FACTS, ["no_length"]),
		(None, replace(NEXT, minutes=721), FACTS, ["too_long"]),
		(
			None,
			NEXT,
			replace(FACTS, others=[replace(NEXT, starts_on=NEXT.starts_on + timedelta(minutes=59))]),
			["overlap"],
		),
		(None, NEXT, replace(FACTS, others=[replace(NEXT, starts_on=NEXT.ends_on)]), []),
		(NEXT, replace(NEXT, status="Held"), FACTS, ["in_the_future", "nobody_met"]),
		(None, replace(HELD, starts_on=NOW + timedelta(minutes=1)), FACTS, ["in_the_future"]),
		(None, replace(HELD, people=HELD.people[:1]), FACTS, ["nobody_met"]),
		(None, replace(HELD, people=(*HELD.people, Guest("C", "", True, 60))), FACTS, ["unsigned"]),
		(None, replace(HELD, people=(*HELD.people, Guest("C", "", False, 0))), FACTS, []),
		(None, replace(HELD, people=(*HELD.people[:1], Guest("B", "", True, 121))), FACTS, ["minutes"]),
		(None, HELD, replace(FACTS, group_status="Ended Early", ended_on=NOW.date()), []),
		(
			None,
			HELD,
			replace(FACTS, group_status="Completed", ended_on=date(2031, 1, 1)),
			["group_not_active"],
		),
		(HELD, replace(HELD, status="Planned"), FACTS, ["status_final"]),
		(NEXT, replace(NEXT, status="Cancelled", cancel_reason=" "), FACTS, ["no_reason"]),
		(
			replace(NEXT, status="Cancelled"),
			replace(NEXT, starts_on=NOW - timedelta(days=1)),
			FACTS,
			["in_the_past"],
		),
		(NEXT, replace(NEXT, host="B"), replace(FACTS, missing={"A": [LACK], "B": [LACK]}), []),
	],
)
def test_rule(before, after, facts, expected):
	assert codes(before, after, facts) == expected


@given(st.integers(1, 720), st.integers(-2000, 2000), st.integers(1, 720))
def test_two_meetings_overlap_exactly_when_a_minute_is_in_both(minutes, shift, others):
	one = replace(NEXT, minutes=minutes)
	two = Meeting("Planned", NEXT.starts_on + timedelta(minutes=shift), others)
	shared = set(range(minutes)) & set(range(shift, shift + others))
	assert one.overlaps(two) is bool(shared)
	assert two.overlaps(one) is bool(shared)


@given(
	st.lists(st.sampled_from("ABCDEF"), unique=True),
	st.lists(st.sampled_from("ABCDEF"), unique=True),
	st.sets(st.sampled_from("ABCDEF")),
)
def test_invited_are_the_active_people_who_are_ready_or_were_invited_before(listed, active, lacking):
	found = invited(listed, active, {profile: [LACK] for profile in lacking})
	assert set(found) <= set(active)
	assert set(active) - set(found) == {one for one in active if one in lacking and one not in listed}
	assert invited(found, active, {profile: [LACK] for profile in lacking}) == found


def test_a_recorded_meeting_stays_correct_when_somebody_lacks_a_new_version():
	facts = replace(FACTS, missing={"A": [LACK]})
	assert codes(HELD, replace(HELD, people=(HELD.people[0], Guest("B", "", True, 45))), facts) == []
