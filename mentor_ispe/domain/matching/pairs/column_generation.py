"""The best assignment and its proof: guess prices, solve along few pairs, look at all, repair, repeat."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import numpy as np

from mentor_ispe.domain.matching.pairs.assignment_problem import (
	NOBODY,
	AssignmentProblem,
	Audit,
	audit,
	bound,
)
from mentor_ispe.domain.matching.pairs.augmenting_paths import AugmentingPaths
from mentor_ispe.domain.matching.pairs.candidate_pairs import CandidatePairs, choose_pairs, guess_prices
from mentor_ispe.domain.matching.pairs.solve import assign, prices_of

FEW_PAIRS = 100_000
"""Up to so many pairs, the solver is given all."""
PAIRS, MORE_PAIRS = 12, 500
"""Pairs for each mentee that the solver is given otherwise: so many, and one for every so many mentees."""
MOST_PAIRS = 48
MANY = 200
"""From so many mentees with better pairs on, the solver is asked again."""

Report = Callable[[str, float], None]
"""Told the name of the step and the share of it done; may raise to stop the work."""


@dataclass(frozen=True)
class ProvenAssignment:
	"""An assignment (for each mentee a mentor's column or NOBODY), and prices that bound every other."""

	assigned: np.ndarray
	prices: np.ndarray
	worth: int
	bound: int
	seconds: dict[str, float] = field(default_factory=dict)
	"""Time by step; "solve" is SciPy's."""

	@property
	def proven(self) -> bool:
		"""No other assignment is better: what it is worth equals what any can be worth."""
		return self.worth == self.bound


Result = TypeVar("Result")


class _Clock:
	def __init__(self, report: Report):
		self.report, self.seconds = report, dict[str, float]()

	def run(self, name: str, work: Callable[[], Result]) -> Result:
		self.report(name, 0.0)
		start = time.perf_counter()
		value = work()
		self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
		return value


def best_assignment(
	problem: AssignmentProblem, report: Report = lambda name, share: None
) -> ProvenAssignment:
	"""As many mentees matched as possible, then the greatest total score; the same for the same input."""
	mentees, mentors = problem.scores.shape
	clock = _Clock(report)
	if not mentees or not mentors or not problem.seats.sum():
		nobody = np.full(mentees, NOBODY, dtype=np.int64)
		return ProvenAssignment(nobody, np.zeros(mentors, dtype=np.int64), 0, 0)
	if mentees * mentors <= FEW_PAIRS:
		guess, target = np.zeros(mentors, dtype=np.int64), mentors
	else:
		guess = clock.run("guess", lambda: guess_prices(problem))
		target = min(MOST_PAIRS, PAIRS + mentees // MORE_PAIRS)
	pairs = clock.run(
		"choose", lambda: choose_pairs(problem, guess, target, lambda share: report("choose", share))
	)
	paths = _solved(problem, pairs, clock)
	while True:
		seen = clock.run("check", partial(_look, problem, paths, report))
		if not seen.better:
			break
		if len(seen.better) > MANY:
			pairs = pairs.with_pairs(*seen.pairs)
			paths = _solved(problem, pairs, clock)
		else:
			clock.run("repair", partial(paths.add, seen))
	return ProvenAssignment(
		paths.assigned,
		paths.prices,
		worth_of(problem, paths.assigned),
		bound(problem, paths.prices, seen.best),
		clock.seconds,
	)


def worth_of(problem: AssignmentProblem, assigned: np.ndarray) -> int:
	"""The bonus for each match, and the scores."""
	matched = np.flatnonzero(assigned != NOBODY)
	return len(matched) * problem.bonus + int(problem.scores.scores(matched, assigned[matched]).sum())


def _solved(problem: AssignmentProblem, pairs: CandidatePairs, clock: _Clock) -> AugmentingPaths:
	assigned = clock.run("solve", lambda: assign(problem, pairs))
	prices = clock.run("price", lambda: prices_of(problem, pairs, assigned))
	return AugmentingPaths(problem, pairs, assigned, prices)


def _look(problem: AssignmentProblem, paths: AugmentingPaths, report: Report) -> Audit:
	return audit(problem, paths.prices, paths.gains(), step=lambda share: report("check", share))
