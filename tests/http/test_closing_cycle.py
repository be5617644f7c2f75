"""A cycle is closed while groups are proposed in it: one of the two wins, and never both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import frappe
import pytest

from mentor_ispe.domain.statuses import OPEN_GROUPS
from tests import factories as make
from tests.http.client import COORDINATOR_API, Answer
from tests.http.publishing import make_scene, publish_under_fire
from tests.http.rounds import FEW_ROUNDS, ROUNDS, Tally, look_again

PAIRS, MANY = 6, 60


@pytest.fixture(scope="module")
def profiles(site) -> list[str]:
	names = [make.make_profile().name for _ in range(2 * PAIRS)]
	frappe.db.commit()
	return names


def make_pairs(profiles: list[str]) -> tuple[str, list[tuple[str, str]]]:
	"""A cycle with people for some pairs: (cycle, [(mentor, mentee)])."""
	cycle = make.make_cycle(make.make_program().name).name
	half = len(profiles) // 2
	mentors = [make.make_mentor(cycle, profile=name).name for name in profiles[:half]]
	mentees = [make.make_mentee(cycle, profile=name).name for name in profiles[half:]]
	frappe.db.commit()
	return cycle, list(zip(mentors, mentees, strict=True))


def proposals(coordinator, cycle: str, pairs: list[tuple[str, str]]) -> list[Callable[[], Answer]]:
	return [
		partial(coordinator.call, f"{COORDINATOR_API}.propose", cycle=cycle, mentor=mentor, mentees=[mentee])
		for mentor, mentee in pairs
	]


def closings(coordinator, cycle: str) -> list[Callable[[], Answer]]:
	"""By the API and by REST."""
	return [
		partial(coordinator.call, f"{COORDINATOR_API}.set_cycle_status", cycle=cycle, status="Cancelled"),
		partial(coordinator.put, f"/api/resource/Mentoring Cycle/{cycle}", {"status": "Cancelled"}),
	]


def state_of(cycle: str) -> tuple[str, int]:
	"""(status of the cycle, open groups in it)."""
	look_again()
	open_groups = frappe.db.count("Mentoring Group", {"cycle": cycle, "status": ("in", sorted(OPEN_GROUPS))})
	return frappe.db.get_value("Mentoring Cycle", cycle, "status"), open_groups


def test_no_group_is_proposed_in_a_cycle_that_is_closed_at_the_same_moment(coordinator, profiles):
	tally = Tally("6 proposals and 2 closings")
	closed = 0
	for number in range(ROUNDS):
		cycle, pairs = make_pairs(profiles)
		calls = proposals(coordinator, cycle, pairs)
		place = number % (len(calls) + 1)  # the closings come first, amid the others, or last
		answers = tally.round([*calls[:place], *closings(coordinator, cycle), *calls[place:]])
		proposed, closing = answers[:place] + answers[place + 2 :], answers[place : place + 2]
		status, open_groups = state_of(cycle)
		assert open_groups == sum(answer.ok for answer in proposed)
		if status == "Cancelled":
			closed += 1
			assert open_groups == 0
			assert any(answer.ok for answer in closing)
			words = {answer.words for answer in proposed}
			assert all("Cancelled" in said or "try again" in said for said in words), words
		else:
			assert not any(answer.ok for answer in closing)
			words = {answer.words for answer in closing}
			assert all("still open" in said or "try again" in said for said in words), words
	print(f"{tally}; closed in {closed} rounds")


def test_sixty_proposals_to_sixty_mentors_of_one_cycle_hardly_wait_for_each_other(coordinator, site):
	tally = Tally("60 proposals in one cycle")
	cycle, pairs = make_pairs([make.make_profile().name for _ in range(2 * MANY)])
	answers = tally.round(proposals(coordinator, cycle, pairs))
	assert all(answer.ok for answer in answers), {answer.words for answer in answers}
	assert state_of(cycle) == ("Open", MANY)
	print(tally)


def test_a_publication_and_a_closing_at_the_same_moment_leave_no_open_group_in_a_closed_cycle(
	site, coordinator
):
	tally = Tally("closing amid a publication")
	for _round in range(max(2, FEW_ROUNDS // 2)):
		scene = make_scene(12, 6)
		calls = closings(coordinator, scene.cycle)
		_jobs, returned, answers = publish_under_fire(site, scene.run, calls[:1], calls[1:])
		tally.take(answers)
		status, open_groups = state_of(scene.cycle)
		published = sum(result.get("published", 0) for result in returned)
		assert open_groups == published
		assert status != "Cancelled" or open_groups == 0
		run = frappe.db.get_value("Mentoring Match Run", scene.run, ["status", "message"], as_dict=True)
		assert run.status == ("Published" if published else "Ready")
		assert published or "Cancelled" in run.message
	print(tally)
