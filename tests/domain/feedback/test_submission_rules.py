"""Who may give which feedback."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mentor_ispe.domain.feedback.facts import About, Said, Writer
from mentor_ispe.domain.feedback.submission_rules import check_words, check_writer, last_day_to_change

MENTEE = Writer("Active", takes_part=True, attended=True)
MENTOR = replace(MENTEE, mentor=True)
STRANGER = Writer()


def codes(kind: str, writer: Writer, form: str = "Group", status: str = "Active", **values) -> list[str]:
	about = About(kind, form, status, **values)
	return [violation.code for violation in check_writer(about, writer)]


@pytest.mark.parametrize("kind", ["Session", "Check-in", "Group Update", "Closing", "Success Story"])
@pytest.mark.parametrize("seat", ["", "Proposed", "Declined", "Withdrawn", "Expired"])
def test_only_those_who_took_part_speak(kind, seat):
	assert codes(kind, Writer(seat), session_status="Held") == ["stranger"]


def test_program_feedback_comes_from_participants_matched_or_not():
	assert codes("Program", Writer(takes_part=True), status="") == []
	assert codes("Program", STRANGER, status="") == ["stranger"]


def test_sessions_are_rated_by_those_who_were_there_once_they_were_held():
	assert codes("Session", MENTEE, session_status="Held") == []
	assert codes("Session", replace(MENTEE, attended=False), session_status="Held") == ["absent"]
	assert codes("Session", MENTEE, session_status="Planned") == ["not_held"]
	assert codes("Session", MENTEE) == ["no_session"]
	assert codes("Session", MENTEE, session_status="Held", session_in_group=False) == ["other_group"]


def test_the_update_of_a_group_is_its_moderators_or_mentors():
	assert codes("Group Update", MENTOR) == codes("Group Update", replace(MENTEE, moderates=True)) == []
	assert codes("Group Update", MENTEE) == ["not_spokesperson"]
	assert codes("Group Update", MENTEE, form="Peer Circle") == []
	assert codes("Group Update", MENTOR, form="One-on-One") == ["pair"]


def test_closing_feedback_waits_for_the_end():
	assert codes("Closing", MENTEE) == ["not_over"]
	for status in ("Completed", "Ended Early"):
		assert codes("Closing", replace(MENTEE, seat="Ended"), status=status) == []


def test_check_ins_wait_for_the_start():
	assert codes("Check-in", MENTEE, status="Proposed") == ["not_started"]
	assert codes("Check-in", MENTEE, status="") == ["no_group"]


def test_an_answer_says_something():
	assert [each.code for each in check_words(Said(comment="  "))] == ["nothing_said"]
	for said in (Said(rating=0.2), Said(staff_rating=1), Said(comment="x"), Said(staff_comment="x")):
		assert check_words(said) == []
	assert [each.code for each in check_words(Said(rating=4))] == ["no_rating"]


def test_an_answer_can_be_changed_for_as_many_days_as_there_were_to_give_it():
	assert last_day_to_change(date(2031, 3, 1), 14) == date(2031, 3, 15)
	assert last_day_to_change(date(2031, 3, 1), 0) == date(2031, 3, 1)
