"""Who may move and cancel a group's meetings: by the program's choice, and always somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.pauses import Pause
from mentor_ispe.domain.seats import MENTEE, MENTOR, PEER, Seat
from mentor_ispe.domain.sessions.managing import EVERYBODY, MENTORS_AND_MODERATOR, managers


def seat(profile: str, role: str = MENTEE, status: str = "Active", moderator: bool = False) -> Seat:
	return Seat(profile, role, status, is_moderator=moderator, profile=profile)


DAY = date(2031, 3, 4)
AWAY = (Pause(date(2031, 3, 1), date(2031, 4, 26)),)
GROUP = [seat("ana", MENTOR), seat("ben", moderator=True), seat("cal")]
PAIR = [seat("ana", MENTOR), seat("ben")]
CIRCLE = [seat("ana", PEER, moderator=True), seat("ben", PEER), seat("cal", PEER)]


@pytest.mark.parametrize(
	("choice", "format", "seats", "expected"),
	[
		("", "Group", GROUP, {"ana", "ben"}),
		("", "One-on-One", PAIR, {"ana", "ben"}),
		("", "Peer Circle", CIRCLE, {"ana", "ben", "cal"}),
		(EVERYBODY, "Group", GROUP, {"ana", "ben", "cal"}),
		(MENTORS_AND_MODERATOR, "One-on-One", PAIR, {"ana"}),
		(MENTORS_AND_MODERATOR, "Peer Circle", CIRCLE, {"ana"}),
	],
)
def test_the_programs_choice(choice, format, seats, expected):
	assert managers(choice, format, seats, DAY) == expected


def test_a_suspended_mentor_leaves_it_to_the_moderator():
	seats = [seat("ana", MENTOR, "Suspended"), *GROUP[1:]]
	assert managers("", "Group", seats, DAY) == {"ben"}


def test_while_all_of_them_are_away_it_is_everybody():
	mentor, moderator, mentee = GROUP
	away = [replace(mentor, pauses=AWAY), replace(moderator, pauses=AWAY), mentee]
	assert managers("", "Group", away, DAY) == {"ana", "ben", "cal"}
	assert managers("", "Group", [*away[:1], moderator, mentee], DAY) == {"ana", "ben"}


@given(
	st.sampled_from(["", EVERYBODY, MENTORS_AND_MODERATOR]),
	st.sampled_from(["Group", "One-on-One", "Peer Circle"]),
	st.lists(
		st.builds(
			seat,
			st.sampled_from("abcdef"),
			st.sampled_from([MENTOR, MENTEE, PEER]),
			st.sampled_from(["Active", "Suspended", "Ended"]),
			st.booleans(),
		),
		max_size=8,
	),
)
def test_there_is_always_somebody_and_only_active_people(choice, format, seats):
	active = {one.profile for one in seats if one.status == "Active"}
	found = managers(choice, format, seats, DAY)
	assert found <= active
	assert bool(found) == bool(active)
