"""Annealing of circles: its own books agree with a count from scratch, and it makes circles better."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.matching.circles import PROGRAM
from benchmarks.matching.circles import peers as members
from mentor_ispe.domain.matching.circles.annealing import Annealing
from mentor_ispe.domain.matching.circles.forming import Work, seat
from mentor_ispe.domain.matching.circles.interest import interest
from mentor_ispe.domain.matching.circles.seating import APART, Peers, Seating
from tests.domain.matching.test_circles_properties import peers, rules


def task_of(people, program) -> Peers:
	table, _warnings = interest(people, program, [], [])
	host = np.array([person.willing_to_moderate for person in people], bool)
	points = None if program.host.is_hard else program.host.points
	return Peers(table, host, program.size_min, program.size_max, points)


@given(peers(), rules())
@settings(max_examples=60, deadline=None)
def test_what_annealing_counts_is_what_the_circles_are_worth(people, program):
	task = task_of(people, program)
	before = seat(task, program.aim, work=Work(steps=0)).circles
	seating = Seating(task, before)
	annealing = Annealing(seating, np.random.default_rng(1))
	annealing.run(40)
	assert annealing.worth == pytest.approx(seating.worth)
	seated = sorted(person for circle in seating.circles for person in circle)
	assert seated == sorted(person for circle in before for person in circle)
	assert seating.size.tolist() == [(row < seating.nobody).sum() for row in seating.seats]
	for circle in seating.circles:
		assert program.size_min <= len(circle) <= program.size_max
		assert (task.interest[np.ix_(circle, circle)] > APART).all()
		assert task.host_points is not None or task.host[circle].any()


def test_circles_get_better_by_it():
	people = sorted(members(200, 1), key=lambda person: person.name)
	task = task_of(people, PROGRAM)
	quick, better = (seat(task, PROGRAM.aim, work=Work(steps=steps)) for steps in (0, 400))
	assert better.worth > 1.05 * quick.worth
	assert better.in_time


def test_the_seconds_end_it():
	people = sorted(members(60, 1), key=lambda person: person.name)
	seated = seat(task_of(people, PROGRAM), PROGRAM.aim, work=Work(steps=10**9, seconds=0.3))
	assert not seated.in_time
	assert len(seated.left) == 0
