"""The rules of an application: window, both sides, seats offered, places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.participants import (
	Application,
	Circumstances,
	CycleRules,
	check,
	commits,
	takes_place,
)
from mentor_ispe.domain.violations import Violation

DAY = date(2031, 3, 15)
CYCLE = CycleRules(
	name="Spring",
	status="Open",
	application_from=DAY - timedelta(days=5),
	application_until=DAY + timedelta(days=5),
	places=0,
	places_taken=0,
	format="One-on-One",
	max_seats=5,
	may_be_both=False,
	published=True,
)
MEMBER = Circumstances(today=DAY, by_staff=False)
STAFF = Circumstances(today=DAY, by_staff=True)


def mentee(status: str = "Applied", **values) -> Application:
	return Application("Mentee", "Ada Example", status, **values)


def mentor(status: str = "Applied", seats: int = 1, **values) -> Application:
	return Application("Mentor", "Ben Example", status, seats_offered=seats, **values)


def codes(before, after, cycle=CYCLE, now=MEMBER) -> list[str]:
	return [violation.code for violation in check(before, after, cycle, now)]


def test_a_member_applies_on_the_first_and_on_the_last_day():
	for day in (CYCLE.application_from, CYCLE.application_until):
		assert codes(None, mentee(), now=replace(MEMBER, today=day)) == []


@given(st.integers(-400, 400))
def test_a_member_applies_exactly_inside_the_window(offset):
	day = DAY + timedelta(days=offset)
	broken = codes(None, mentee(), now=replace(MEMBER, today=day))
	assert (not broken) == (CYCLE.application_from <= day <= CYCLE.application_until)


@pytest.mark.parametrize("status", ["Draft", "Matching", "Running", "Completed", "Cancelled"])
def test_members_apply_to_an_open_cycle_only(status):
	assert codes(None, mentee(), replace(CYCLE, status=status)) == ["cycle_not_open"]


def test_nobody_applies_to_a_program_that_is_not_published():
	assert codes(None, mentee(), replace(CYCLE, published=False)) == ["cycle_not_open"]


def test_staff_may_add_someone_after_the_window():
	late = replace(STAFF, today=CYCLE.application_until + timedelta(days=30))
	assert codes(None, mentee("Approved"), replace(CYCLE, status="Running"), late) == []
	assert codes(None, mentee(), replace(CYCLE, status="Completed"), late) == ["cycle_not_open"]


def test_applying_and_being_approved_ask_for_the_membership_leaving_does_not():
	lapsed = Violation("membership_lapsed", "{name} lapsed", {"name": "Ada"})
	now = replace(STAFF, refusals=(lapsed,))
	assert codes(None, mentee(), now=now) == ["membership_lapsed"]
	assert codes(mentee(), mentee("Approved"), now=now) == ["membership_lapsed"]
	assert codes(mentee(), mentee("Withdrawn"), now=now) == []
	assert not commits(mentee(), mentee("Rejected"))


@given(taken=st.integers(0, 8), offered=st.integers(-1, 8), before=st.integers(1, 8))
def test_seats_are_never_lowered_below_those_taken(taken, offered, before):
	now = replace(STAFF, seats_taken=taken)
	broken = codes(mentor("Approved", before), mentor("Approved", offered), now=now)
	if before == offered:
		assert broken == []
	else:
		assert ("capacity" in broken) == (offered < taken)
		assert ("seats_none" in broken) == (offered < 1)
		assert ("seats_too_many" in broken) == (offered > CYCLE.max_seats)


def test_active_and_completed_come_from_the_group_only():
	assert codes(mentee("Approved"), mentee("Active"), now=STAFF) == ["status_by_group"]
	assert codes(mentee("Active"), mentee("Completed"), now=STAFF) == ["status_by_group"]
	assert codes(mentee("Active"), mentee("Approved"), now=STAFF) == ["status_by_group"]


def test_who_holds_a_seat_leaves_through_the_group():
	seated = replace(STAFF, seated_in="Group of Ada")
	assert codes(mentee("Approved"), mentee("Withdrawn"), now=seated) == ["still_seated"]
	assert codes(mentor("Active"), mentor("Withdrawn"), now=replace(STAFF, seats_taken=1)) == ["still_seated"]


@given(places=st.integers(0, 5), taken=st.integers(0, 5))
def test_no_more_are_approved_than_there_are_places(places, taken):
	cycle = replace(CYCLE, places=places, places_taken=taken)
	broken = codes(mentee(), mentee("Approved"), cycle, STAFF)
	assert (broken == ["places"]) == (places > 0 and taken >= places)
	assert codes(mentor(), mentor("Approved"), cycle, STAFF) == []


def test_a_mentor_takes_no_place():
	assert takes_place(mentee("Active"))
	assert not takes_place(mentor("Active"))
	assert not takes_place(mentee("Rejected"))
	assert not takes_place(None)


def test_the_other_side_is_refused_unless_the_program_allows_it():
	now = replace(MEMBER, applied_on_other_side=True)
	assert codes(None, mentor(), now=now) == ["both_roles"]
	assert codes(None, mentor(), replace(CYCLE, may_be_both=True), now) == []


def test_circles_take_no_mentors():
	assert codes(None, mentor(), replace(CYCLE, format="Peer Circle")) == ["no_mentors"]


def test_a_rejection_has_words():
	assert codes(mentee(), mentee("Rejected"), now=STAFF) == ["words"]
	assert codes(mentee(), mentee("Rejected", decision_note="No place left"), now=STAFF) == []
