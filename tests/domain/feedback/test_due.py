"""Who owes which feedback by when."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.feedback.due import due_at_end_of_cycle, due_in_group
from mentor_ispe.domain.feedback.facts import Asked, GroupLife, Meeting, Participant, Rhythm
from mentor_ispe.domain.feedback.kinds import CLOSING_DAYS, SESSION_DAYS, period_end
from mentor_ispe.domain.months import add_months
from mentor_ispe.domain.seats import Seat

START = date(2031, 1, 31)
EVERY_TWO_MONTHS = Rhythm(every_months=2, after_sessions=True, at_end=True, days=14)


def seat(name, status, joined_on=None, *, mentor=False, moderates=False, suspended=False) -> Seat:
	return Seat(
		name,
		"Mentor" if mentor else "Mentee",
		status,
		profile=name,
		joined_on=joined_on,
		is_moderator=moderates,
		suspended_from="Active" if suspended else "",
	)


ANA = seat("ana", "Active", START, mentor=True)
BEN = seat("ben", "Active", START)
PAIR = GroupLife("g", "c", "One-on-One", "Active", START, ends_on=date(2032, 1, 31), seats=(ANA, BEN))


def keys(asks) -> list[tuple[str, str]]:
	return [(ask.slot, ask.profile) for ask in asks]


def play(group: GroupLife, rhythm: Rhythm, days: list[date]) -> Counter:
	"""What is asked when the job runs on these days; who was asked stays asked."""
	asked: list[Asked] = []
	for day in days:
		asked += [
			Asked(ask.slot, ask.profile, "Open")
			for ask in due_in_group(group_on(group, day), rhythm, day, asked)
		]
	return Counter((each.slot, each.profile) for each in asked)


def group_on(group: GroupLife, day: date) -> GroupLife:
	"""The group as it was on that day: later meetings haven't been, later members haven't joined."""
	ended = group.ended_on is not None and group.ended_on <= day
	seats = group.seats if ended else tuple(_before_the_end(seat) for seat in group.seats)
	return replace(
		group,
		status=group.status if ended else "Active",
		ended_on=group.ended_on if ended else None,
		seats=tuple(seat for seat in seats if seat.joined_on is None or seat.joined_on <= day),
		meetings=tuple(meeting for meeting in group.meetings if meeting.held_on <= day),
	)


def _before_the_end(seat: Seat) -> Seat:
	return replace(seat, status="Active") if seat.status in ("Completed", "Ended") else seat


def test_in_a_pair_each_side_gives_a_check_in_every_two_months():
	on = add_months(START, 2)
	assert on == date(2031, 3, 31)
	assert due_in_group(PAIR, EVERY_TWO_MONTHS, on - timedelta(days=1)) == []
	asks = due_in_group(PAIR, EVERY_TWO_MONTHS, on)
	assert [(ask.kind, ask.profile, ask.since) for ask in asks] == [
		("Check-in", "ana", on),
		("Check-in", "ben", on),
	]
	asked = [Asked(ask.slot, ask.profile, "Given") for ask in asks]
	assert due_in_group(PAIR, EVERY_TWO_MONTHS, on + timedelta(days=40), asked) == []
	assert len(due_in_group(PAIR, EVERY_TWO_MONTHS, add_months(START, 4), asked)) == 2


@pytest.mark.parametrize(
	("seats", "speaker"),
	[
		((ANA, BEN, seat("mo", "Active", START, moderates=True)), "mo"),
		((ANA, BEN, seat("mo", "Suspended", START, moderates=True)), "ana"),
		((replace(ANA, status="Suspended"), BEN), "ben"),
	],
)
def test_a_group_gives_one_update_by_its_moderator_else_its_mentor(seats, speaker):
	group = replace(PAIR, format="Group", seats=seats)
	asks = due_in_group(group, EVERY_TWO_MONTHS, add_months(START, 2))
	assert [(ask.kind, ask.profile) for ask in asks] == [("Group Update", speaker)]


def test_in_a_circle_the_last_host_gives_the_update():
	meetings = (
		Meeting("s1", date(2031, 2, 10), frozenset(), host="cal"),
		Meeting("s2", date(2031, 3, 10), frozenset(), host="ben"),
	)
	seats = (seat("dan", "Active", START), BEN, seat("cal", "Active", START))
	circle = replace(PAIR, format="Peer Circle", seats=seats, meetings=meetings)
	assert [ask.profile for ask in due_in_group(circle, EVERY_TWO_MONTHS, add_months(START, 2))] == ["ben"]


def test_another_is_asked_for_the_update_only_when_the_one_asked_has_left():
	on = add_months(START, 2)
	mo = seat("mo", "Active", START, moderates=True)
	group = replace(PAIR, format="Group", seats=(ANA, BEN, mo))
	(ask,) = due_in_group(group, EVERY_TWO_MONTHS, on)
	left = replace(group, seats=(ANA, BEN, replace(mo, status="Withdrawn", is_moderator=False)))
	handed_over = replace(
		group, seats=(ANA, replace(BEN, is_moderator=True), replace(mo, is_moderator=False))
	)
	day = on + timedelta(days=5)
	for status in ("Open", "Given", "Missed"):
		assert due_in_group(handed_over, EVERY_TWO_MONTHS, day, [Asked(ask.slot, "mo", status)]) == []
	assert due_in_group(handed_over, EVERY_TWO_MONTHS, day, [Asked(ask.slot, "mo", "Waived")]) == []
	assert [
		each.profile for each in due_in_group(left, EVERY_TWO_MONTHS, day, [Asked(ask.slot, "mo", "Waived")])
	] == ["ana"]


def test_periods_that_passed_before_somebody_joined_are_not_owed():
	late = replace(PAIR, seats=(ANA, replace(BEN, joined_on=add_months(START, 2))))
	asks = due_in_group(late, EVERY_TWO_MONTHS, add_months(START, 2) + timedelta(days=3))
	assert [ask.profile for ask in asks] == ["ana"]
	asks = due_in_group(late, EVERY_TWO_MONTHS, add_months(START, 4))
	assert [ask.profile for ask in asks] == ["ana", "ben"]


def test_after_a_session_those_who_attended_are_asked():
	meeting = Meeting("s", START + timedelta(days=3), frozenset({"ben", "gone"}))
	group = replace(PAIR, seats=(ANA, BEN, seat("gone", "Withdrawn", START)), meetings=(meeting,))
	assert keys(due_in_group(group, EVERY_TWO_MONTHS, meeting.held_on)) == [("session:s", "ben")]
	never = replace(EVERY_TWO_MONTHS, after_sessions=False)
	assert due_in_group(group, never, meeting.held_on) == []
	long_ago = meeting.held_on + timedelta(days=SESSION_DAYS)
	assert due_in_group(group, EVERY_TWO_MONTHS, long_ago) == []


@pytest.mark.parametrize(("status", "left_as"), [("Completed", "Completed"), ("Ended Early", "Ended")])
def test_closing_feedback_is_asked_of_everyone_who_stayed(status, left_as):
	end = date(2031, 9, 1)
	group = replace(
		PAIR,
		status=status,
		ended_on=end,
		seats=(
			replace(ANA, status=left_as),
			replace(BEN, status=left_as),
			seat("never joined", "Ended"),
			seat("left before", "Withdrawn", START),
			seat("suspended", left_as, START, suspended=True),
		),
	)
	assert [ask.profile for ask in due_in_group(group, EVERY_TWO_MONTHS, end)] == ["ana", "ben"]
	assert due_in_group(group, replace(EVERY_TWO_MONTHS, at_end=False), end) == []
	assert due_in_group(group, EVERY_TWO_MONTHS, end + timedelta(days=CLOSING_DAYS)) == []


def test_the_closing_feedback_takes_the_place_of_the_last_check_in():
	last = PAIR.ends_on
	assert due_in_group(PAIR, EVERY_TWO_MONTHS, last) == []
	assert len(due_in_group(PAIR, replace(EVERY_TWO_MONTHS, at_end=False), last)) == 2


def test_the_program_is_rated_by_everyone_who_had_a_place_also_without_a_match():
	people = [
		Participant("matched", "Completed"),
		Participant("matched", "Approved"),  # a mentor who was a mentee as well
		Participant("never matched", "Approved"),
		Participant("rejected", "Rejected"),
		Participant("withdrew", "Withdrawn"),
		Participant("lapsed", "Active", suspended=True),
	]
	end = date(2032, 1, 31)
	asks = due_at_end_of_cycle("c", "Running", end, people, EVERY_TWO_MONTHS, end)
	assert [ask.profile for ask in asks] == ["matched", "never matched"]
	before = end - timedelta(days=1)
	assert due_at_end_of_cycle("c", "Running", end, people, EVERY_TWO_MONTHS, before) == []
	assert len(due_at_end_of_cycle("c", "Completed", end, people, EVERY_TWO_MONTHS, before)) == 2
	assert due_at_end_of_cycle("c", "Cancelled", end, people, EVERY_TWO_MONTHS, end) == []
	known = [(ask.slot, ask.profile) for ask in asks]
	assert due_at_end_of_cycle("c", "Completed", end, people, EVERY_TWO_MONTHS, end, known) == []


# Whatever the group is like

DAYS = st.dates(date(2030, 1, 1), date(2033, 12, 31))
NAMES = ("ana", "ben", "cal", "dan")


@st.composite
def lives(draw) -> GroupLife:
	start = draw(DAYS)
	length = draw(st.integers(40, 400))
	end = start + timedelta(days=length)
	closes = draw(st.sampled_from([None, "Completed", "Ended Early"]))
	usual = {"Completed": "Completed", "Ended Early": "Ended", None: "Active"}[closes]
	form = draw(st.sampled_from(["One-on-One", "Group", "Peer Circle"]))
	seats = []
	for index, name in enumerate(NAMES[: draw(st.integers(1, 4))]):
		mentor = index == 0 and form != "Peer Circle"
		status = draw(st.sampled_from([usual, usual, usual, "Suspended", "Withdrawn"]))
		joined = start if mentor else start + timedelta(days=draw(st.integers(0, length)))
		moderates = not mentor and draw(st.booleans())
		seats.append(seat(name, status, joined, mentor=mentor, moderates=moderates))

	def late(on: date) -> set[str]:
		return {one.profile for one in seats if one.joined_on > on}

	meetings = tuple(
		Meeting(
			f"s{day}",
			start + timedelta(days=day),
			# Whoever joins later wasn't there.
			frozenset(draw(st.sets(st.sampled_from(NAMES)))) - late(start + timedelta(days=day)),
			draw(st.sampled_from([None, *NAMES])),
		)
		for day in sorted(draw(st.sets(st.integers(0, length), max_size=4)))
	)
	return GroupLife(
		"g",
		"c",
		form,
		closes or "Active",
		start,
		end if closes else None,
		start + timedelta(days=draw(st.integers(length, 500))),
		tuple(seats),
		meetings,
	)


RHYTHMS = st.builds(Rhythm, st.integers(0, 6), st.booleans(), st.booleans(), st.integers(1, 30))


@given(lives(), RHYTHMS, DAYS)
def test_the_same_facts_always_ask_the_same(group, rhythm, on):
	asks = due_in_group(group, rhythm, on)
	assert asks == due_in_group(group, rhythm, on)
	assert len(set(keys(asks))) == len(asks)
	assert all(ask.since <= on for ask in asks)


@given(lives(), RHYTHMS, DAYS)
def test_a_second_run_on_the_same_day_asks_nothing(group, rhythm, on):
	asked = [Asked(ask.slot, ask.profile, "Open") for ask in due_in_group(group, rhythm, on)]
	assert due_in_group(group, rhythm, on, asked) == []


@given(lives(), RHYTHMS, DAYS)
def test_nobody_suspended_or_gone_is_asked(group, rhythm, on):
	out = {seat.profile for seat in group.seats if seat.status in ("Suspended", "Withdrawn")}
	assert not out & {ask.profile for ask in due_in_group(group, rhythm, on)}


@settings(max_examples=60, deadline=None)
@given(lives(), RHYTHMS, st.lists(st.integers(1, 7), min_size=70, max_size=70))
def test_a_job_that_is_dead_for_up_to_a_week_now_and_then_asks_the_same_and_once(group, rhythm, gaps):
	daily = [group.started_on + timedelta(days=day) for day in range(sum(gaps) + 1)]
	now_and_then = [group.started_on + timedelta(days=day) for day in accumulate(gaps, initial=0)]
	every_day, with_gaps = play(group, rhythm, daily), play(group, rhythm, now_and_then)
	for asked in (every_day, with_gaps):
		assert all(count == 1 for count in asked.values())
		updates = Counter(slot for slot, _ in asked if slot.startswith("group update"))
		assert all(count == 1 for count in updates.values())
	# What came up in the very last days of a group is not asked for when it is over.
	in_time = {slot for slot, _ in every_day if not _came_up_at_the_end(group, slot)}
	assert in_time <= {slot for slot, _ in with_gaps} <= {slot for slot, _ in every_day}


def _came_up_at_the_end(group: GroupLife, slot: str) -> bool:
	kind, _, occasion = slot.partition(":")
	if group.ended_on is None or kind == "closing":
		return False
	since = next((meeting.held_on for meeting in group.meetings if meeting.name == occasion), None)
	since = since or date.fromisoformat(occasion.rpartition(":")[2])
	return since > group.ended_on - timedelta(days=7)


@settings(max_examples=30, deadline=None)
@given(lives(), RHYTHMS, st.integers(0, 450))
def test_what_was_asked_by_a_day_stays_asked_the_next(group, rhythm, until):
	days = [group.started_on + timedelta(days=day) for day in range(until + 2)]
	assert play(group, rhythm, days[:-1]) <= play(group, rhythm, days)


@given(DAYS, st.integers(1, 12), st.integers(0, 900))
def test_the_end_of_a_period_keeps_the_rhythm(start, every, days):
	on = start + timedelta(days=days)
	end = period_end(start, every, on)
	if end is None:
		assert on < add_months(start, every)
	else:
		assert end <= on < add_months(start, every * (1 + round((end - start).days / 30.44 / every)))
		assert period_end(start, every, end) == end
