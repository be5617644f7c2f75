"""Requests for guest speakers: the number a year, the words, and who fits best."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.speakers import (
	Circumstances,
	Request,
	RequestAnswered,
	Speaker,
	SpeakerNeededAgain,
	SpeakerRequested,
	check,
	in_charge,
	step,
	suggest,
)

FINE = Circumstances(group_status="Active", most_a_year=2, others=1, by_one_in_charge=True)
NOON = datetime(2031, 1, 15, 12, tzinfo=timezone.utc)


def codes(request: Request, **changed) -> list[str]:
	return [violation.code for violation in check(request, Circumstances(**{**vars(FINE), **changed}))]


def test_a_request_within_the_programs_number_is_fine():
	assert codes(Request(None, "Requested")) == []


@pytest.mark.parametrize(
	("changed", "code"),
	[
		({"others": 2}, "too_many"),
		({"most_a_year": 0, "others": 0}, "no_speakers"),
		({"by_one_in_charge": False}, "not_in_charge"),
		({"group_status": "Completed"}, "not_active"),
	],
)
def test_what_a_new_request_is_refused_for(changed, code):
	assert codes(Request(None, "Requested"), **changed) == [code]


def test_what_was_asked_goes_on_when_the_number_is_lowered_or_the_moderator_changes():
	assert codes(Request("Requested", "Approaching"), others=5, by_one_in_charge=False) == []


def test_a_declined_request_taken_up_again_counts_again():
	assert codes(Request("Declined", "Requested"), others=2) == ["too_many"]


@pytest.mark.parametrize(
	("request_", "code"),
	[
		(Request("Requested", "Declined", answer=" "), "no_answer"),
		(Request("Requested", "Arranged", speaker="Sam"), "no_session"),
		(Request(None, "Requested", wished_from=date(2031, 2, 1), wished_until=date(2031, 1, 1)), "days"),
		(Request("Held", "Requested"), "status_final"),
	],
)
def test_what_a_step_needs(request_, code):
	assert code in codes(request_)


ARRANGED = replace(FINE, session="next", session_status="Planned")


@pytest.mark.parametrize(
	("request_", "facts", "session", "events"),
	[
		(Request(None, "Requested"), FINE, "", [SpeakerRequested()]),
		(Request("Requested", "Approaching", session="any"), FINE, "", [RequestAnswered()]),
		(Request("Approaching", "Arranged", "Sam", "next"), FINE, "next", [RequestAnswered()]),
		(Request("Arranged", "Arranged", "Sam", "another"), ARRANGED, "next", []),
		(Request("Arranged", "Held", "Sam", ""), ARRANGED, "next", []),
		(Request("Arranged", "Approaching", "Sam", "next"), ARRANGED, "", [RequestAnswered()]),
		(
			Request("Arranged", "Approaching", "Sam", "next"),
			replace(ARRANGED, session_status="Cancelled"),
			"",
			[SpeakerNeededAgain(), RequestAnswered()],
		),
	],
)
def test_what_becomes_of_the_session_and_what_happened(request_, facts, session, events):
	done = step(request_, facts)
	assert (done.violations, done.session, done.events) == ([], session, events)


def test_a_session_of_another_group_or_with_another_speaker_is_not_arranged():
	done = step(Request("Approaching", "Arranged", "Sam", "next"), replace(FINE, session_fits=False))
	assert [violation.code for violation in done.violations] == ["no_session"]


def test_who_asks_for_the_group():
	mia, mo = (Seat(name, "Mentor", "Active", profile=name) for name in ("mia", "mo"))
	cal = Seat("cal", status="Active", profile="cal")
	ben = Seat("ben", status="Active", profile="ben")
	moderator = replace(ben, is_moderator=True)
	assert all(in_charge(who, [mia, mo, moderator, cal]) for who in ("mia", "mo", "ben"))
	assert not in_charge("cal", [mia, moderator, cal])
	assert not in_charge("dan", [ben])
	assert in_charge("ben", [ben])


def test_speakers_come_by_topic_and_then_by_the_clock():
	pool = [
		Speaker("far", "Far", frozenset({"Vaccines"}), "Pacific/Auckland"),
		Speaker("near", "Near", frozenset({"Vaccines"}), "Europe/London"),
		Speaker("nowhere", "Nowhere", frozenset({"Vaccines"})),
		Speaker("related", "Related", frozenset({"Writing"}), "Europe/Berlin"),
		Speaker("other", "Other", frozenset({"Cooking"}), "Europe/Berlin"),
	]
	found = suggest("Vaccines", {"Writing"}, ["Europe/Berlin", "", "Nowhere/Land"], pool, NOON)
	assert [one.speaker.name for one in found] == ["near", "far", "nowhere", "related"]
	assert [one.hours_apart for one in found] == [1.0, 12.0, None, 0.0]
