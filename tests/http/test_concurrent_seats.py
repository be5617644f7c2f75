"""Rules 3 and 4 when many requests come at the same moment."""

from __future__ import annotations

from functools import partial

import frappe
import pytest

from tests import factories as make
from tests.http.client import COORDINATOR_API
from tests.http.rounds import ROUNDS, Tally, live_groups, look_again, seats_taken

SEATS, REQUESTS = 3, 60


@pytest.fixture(scope="module")
def cycle(site) -> str:
	name = make.make_cycle(make.make_program(max_seats=REQUESTS).name).name
	frappe.db.commit()
	return name


@pytest.fixture(scope="module")
def mentees(cycle) -> list[str]:
	names = [make.make_mentee(cycle).name for _ in range(REQUESTS)]
	frappe.db.commit()
	return names


def make_mentors(cycle: str, count: int, seats: int) -> list[str]:
	names = [make.make_mentor(cycle, seats_offered=seats).name for _ in range(count)]
	frappe.db.commit()
	return names


def cancel_groups(coordinator, cycle: str) -> None:
	look_again()
	for group in frappe.get_all("Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name"):
		assert coordinator.call(f"{COORDINATOR_API}.cancel", group=group).ok


def test_sixty_mentees_proposed_at_once_to_a_mentor_with_three_seats(coordinator, cycle, mentees):
	tally = Tally("60 proposals for 3 seats")
	for mentor in make_mentors(cycle, ROUNDS, SEATS):
		answers = tally.round(
			[
				partial(
					coordinator.call,
					f"{COORDINATOR_API}.propose",
					cycle=cycle,
					mentor=mentor,
					mentees=[mentee],
				)
				for mentee in mentees
			]
		)
		refused = [answer for answer in answers if not answer.ok]
		assert len(refused) == REQUESTS - SEATS, [answer.words for answer in refused][:3]
		assert {answer.status for answer in refused} == {417}
		assert all("of 3 places" in answer.words for answer in refused), {a.words for a in refused}
		assert seats_taken(mentor) == SEATS
		seated = frappe.get_all("Mentee", {"cycle": cycle, "mentoring_group": ("is", "set")}, pluck="name")
		assert len(seated) == SEATS
		assert all(live_groups(mentee) for mentee in seated)
		cancel_groups(coordinator, cycle)
	print(tally)


def test_one_mentee_proposed_to_ten_mentors_at_once(coordinator, cycle, mentees):
	tally = Tally("1 mentee to 10 mentors")
	mentors = make_mentors(cycle, 10, seats=SEATS)
	for mentee in mentees[:ROUNDS]:
		answers = tally.round(
			[
				partial(
					coordinator.call,
					f"{COORDINATOR_API}.propose",
					cycle=cycle,
					mentor=mentor,
					mentees=[mentee],
				)
				for mentor in mentors
			]
		)
		refused = [answer for answer in answers if not answer.ok]
		assert len(refused) == 9
		assert {answer.status for answer in refused} == {417}
		assert all("already has a place" in answer.words for answer in refused), {a.words for a in refused}
		assert len(live_groups(mentee)) == 1
		assert sum(map(seats_taken, mentors)) == 1
		cancel_groups(coordinator, cycle)
	print(tally)
