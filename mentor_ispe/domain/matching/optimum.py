"""The best assignment and its proof: guess prices, solve along few pairs, look at all, repair, repeat."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from mentor_ispe.domain.matching.edges import Edges, choose_edges, guess_prices
from mentor_ispe.domain.matching.market import NOBODY, Audit, Market, audit, bound
from mentor_ispe.domain.matching.repair import Improver
from mentor_ispe.domain.matching.solve import assign, prices_of

FEW_PAIRS = 100_000
"""Up to so many pairs, the solver is given all."""
EDGES, MORE_EDGES = 12, 500
"""Pairs for each mentee that the solver is given otherwise: so many, and one for every so many mentees."""
MOST_EDGES = 48
MANY = 200
"""From so many mentees with better pairs on, the solver is asked again."""

Report = Callable[[str, float], None]
"""Told the name of the step and the share of it done; may raise to stop the work."""


@dataclass(frozen=True)
class Optimum:
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


class _Clock:
	def __init__(self, report: Report):
		self.report, self.seconds = report, dict[str, float]()

	def run(self, name: str, work: Callable):
		self.report(name, 0.0)
		start = time.perf_counter()
		value = work()
		self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
		return value


def best_assignment(market: Market, report: Report = lambda name, share: None) -> Optimum:
	"""As many mentees matched as possible, then the greatest total score; the same for the same input."""
	mentees, mentors = market.scores.shape
	clock = _Clock(report)
	if not mentees or not mentors or not market.seats.sum():
		nobody = np.full(mentees, NOBODY, dtype=np.int64)
		return Optimum(nobody, np.zeros(mentors, dtype=np.int64), 0, 0)
	if mentees * mentors <= FEW_PAIRS:
		guess, target = np.zeros(mentors, dtype=np.int64), mentors
	else:
		guess = clock.run("guess", lambda: guess_prices(market))
		target = min(MOST_EDGES, EDGES + mentees // MORE_EDGES)
	edges = clock.run(
		"choose", lambda: choose_edges(market, guess, target, lambda share: report("choose", share))
	)
	improver = _solved(market, edges, clock)
	while True:
		seen = clock.run("check", partial(_look, market, improver, report))
		if not seen.better:
			break
		if len(seen.better) > MANY:
			edges = edges.with_pairs(*seen.pairs)
			improver = _solved(market, edges, clock)
		else:
			clock.run("repair", partial(improver.add, seen))
	return Optimum(
		improver.assigned,
		improver.prices,
		worth_of(market, improver.assigned),
		bound(market, improver.prices, seen.best),
		clock.seconds,
	)


def worth_of(market: Market, assigned: np.ndarray) -> int:
	"""The bonus for each match, and the scores."""
	matched = np.flatnonzero(assigned != NOBODY)
	return len(matched) * market.bonus + int(market.scores.scores(matched, assigned[matched]).sum())


def _solved(market: Market, edges: Edges, clock: _Clock) -> Improver:
	assigned = clock.run("solve", lambda: assign(market, edges))
	prices = clock.run("price", lambda: prices_of(market, edges, assigned))
	return Improver(market, edges, assigned, prices)


def _look(market: Market, improver: Improver, report: Report) -> Audit:
	return audit(market, improver.prices, improver.gains(), step=lambda share: report("check", share))
