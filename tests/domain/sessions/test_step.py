"""What becomes of a step of a meeting, and what is said to have happened in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mentor_ispe.domain.sessions.events import (
	InvitationsChanged,
	MeetingCancelled,
	MeetingHeld,
	MeetingPlanned,
)
from mentor_ispe.domain.sessions.meetings import Facts, Guest, Meeting
from mentor_ispe.domain.sessions.step import step
from mentor_ispe.domain.violations import Violation

NOW = datetime(2031, 3, 10, 12)
LACK = Violation("unsigned", "{name} hasn't signed", {"name": "C"})
FACTS = Facts(
	"Active",
	NOW,
	date(2031, 12, 31),
	active=("A", "B", "C"),
	belonging=("A", "B", "C"),
	missing={"C": [LACK]},
	names={"A": "Ada", "B": "Ben", "C": "Cem"},
)
ADA, BEN = Guest("A", "Ada", answer="Yes"), Guest("B", "Ben", answer="No")
PLANNED = Meeting("Planned", NOW + timedelta(days=3), 60, (ADA, BEN))
CALLED_OFF = replace(PLANNED, status="Cancelled", cancel_reason="Ill")


def kinds(before: Meeting | None, asked: Meeting, facts: Facts = FACTS) -> list[type]:
	done = step(before, asked, facts)
	assert done.violations == []
	return [type(event) for event in done.events]


def test_who_is_ready_is_invited_and_who_isnt_is_told_what_is_missing():
	done = step(None, replace(PLANNED, people=()), FACTS)
	assert [(guest.profile, guest.full_name) for guest in done.after.people] == [("A", "Ada"), ("B", "Ben")]
	invited, planned = done.events
	assert (invited.before, invited.after) == (None, done.after)
	assert planned == MeetingPlanned({"C": [LACK]})


@pytest.mark.parametrize(
	("before", "asked", "expected"),
	[
		(PLANNED, replace(PLANNED, location="Room 5"), [InvitationsChanged]),
		(PLANNED, replace(PLANNED, starts_on=NOW + timedelta(days=4)), [InvitationsChanged]),
		(PLANNED, replace(PLANNED, focus="Plans"), []),
		(PLANNED, PLANNED, []),
		(PLANNED, CALLED_OFF, [InvitationsChanged, MeetingCancelled]),
		(CALLED_OFF, PLANNED, [InvitationsChanged, MeetingPlanned]),
		(CALLED_OFF, replace(CALLED_OFF, cancel_reason="Still ill"), []),
	],
)
def test_what_happened(before, asked, expected):
	assert kinds(before, asked) == expected


def test_recording_a_meeting_changes_nobodys_calendar():
	held = replace(PLANNED, starts_on=NOW - timedelta(hours=2))
	there = tuple(replace(guest, attended=True) for guest in held.people)
	assert kinds(held, replace(held, status="Held", people=there)) == [MeetingHeld]


def test_answers_are_to_a_time():
	moved = step(PLANNED, replace(PLANNED, starts_on=NOW + timedelta(days=4)), FACTS)
	assert [guest.answer for guest in moved.after.people] == ["", ""]
	stayed = step(PLANNED, replace(PLANNED, location="Room 5"), FACTS)
	assert [guest.answer for guest in stayed.after.people] == ["Yes", "No"]


def test_who_left_the_group_is_taken_off_the_list_and_hands_over_as_host():
	facts = replace(FACTS, active=("A", "C"), missing={}, circle=True)
	done = step(replace(PLANNED, host="B"), replace(PLANNED, host="B"), facts)
	assert [guest.profile for guest in done.after.people] == ["A", "C"]
	assert (done.after.host, done.in_calendars) == ("A", True)
