"""A match run is published while members withdraw, memberships lapse and seats are lowered."""

from __future__ import annotations

import re
from functools import partial

import pytest

from tests.http.publishing import (
	MATCHING_API,
	calls_of_members,
	calls_of_staff,
	change_before,
	check,
	make_scene,
	publish_under_fire,
)
from tests.http.rounds import Tally

PROPOSALS = 120
# Seats that are taken can't be lowered away; a run under way isn't changed; everybody may be asked again.
EXPECTED = re.compile(r"places taken|This run is|Please try again")


@pytest.fixture
def scene(site):
	return make_scene(PROPOSALS, PROPOSALS // 3)


def mentors_of_two(scene) -> list[str]:
	"""Mentors who are proposed to at least two mentees, so that lowering their seats matters."""
	mentors = [mentor for _mentee, mentor in scene.pairs]
	return sorted({mentor for mentor in mentors if mentors.count(mentor) > 1})


def test_no_rule_is_broken_and_nobody_lost_when_everybody_acts_during_a_publication(
	scene, site, keyed, coordinator
):
	mentees = [mentee for mentee, _mentor in scene.pairs]
	mentors = mentors_of_two(scene)
	change_before(scene, mentees[:9])
	first = [
		*calls_of_members(scene, "Mentee", mentees[10:14], keyed),
		*calls_of_members(scene, "Mentor", mentors[:2], keyed),
		*calls_of_staff(scene, coordinator, mentors[2:4], mentees[20:24], mentors[4:8]),
	]
	mentee, mentor = scene.pairs[40]
	then = [
		*calls_of_members(scene, "Mentee", mentees[14:18], keyed),
		*calls_of_members(scene, "Mentor", mentors[8:10], keyed),
		*calls_of_staff(scene, coordinator, mentors[10:12], mentees[24:28], mentors[12:16]),
		partial(
			coordinator.call,
			f"{MATCHING_API}.forbid",
			run=scene.run,
			mentee=mentee,
			mentor=mentor,
			reason="No",
		),
		partial(coordinator.call, f"{MATCHING_API}.publish", run=scene.run),
	]
	jobs, returned, answers = publish_under_fire(site, scene.run, first, then)
	tally = Tally("publishing under fire")
	tally.take(answers)
	refused = [answer for answer in answers if not answer.ok]
	unexpected = [answer for answer in refused if not EXPECTED.search(answer.words)]
	assert not unexpected, {answer.words for answer in unexpected}
	states = check(scene, returned)
	print(f"{tally}; {dict(states)} in {min(job.seconds for job in jobs):.1f} s")


def test_a_run_published_twice_at_the_same_moment_is_published_once(scene, site):
	_jobs, returned, _answers = publish_under_fire(site, scene.run, [], [])
	assert check(scene, returned) == {"Published": len(scene.pairs)}
