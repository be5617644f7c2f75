"""From the relaxation to whole groups: settle the slots it is sure of, solve the rest exactly."""

from __future__ import annotations

import numpy as np

from mentor_ispe.domain.matching.groups.exact import Effort, solve_exactly
from mentor_ispe.domain.matching.groups.problem import Ints, Placement, Problem, valued
from mentor_ispe.domain.matching.groups.relaxation import Relaxed
from mentor_ispe.domain.matching.groups.search import slot_price

SURELY_OPEN, SURELY_SHUT = 0.7, 0.3


def round_up(
	problem: Problem,
	relaxed: Relaxed,
	*,
	seats_each: int = 10,
	settle: bool = True,
	start: Ints | None = None,
	effort: Effort | None = None,
) -> Placement | None:
	"""Whole groups near the relaxation, or None when none were found.

	Slots open by 0.7 and more are opened, those by 0.3 and less dropped, unless `settle` is off. Each
	person keeps the `seats_each` seats that gain most, and those the relaxation uses.
	"""
	shut = SURELY_SHUT if settle else -1.0
	keep = relaxed.open > shut
	margin = relaxed.best.gain - slot_price(problem, relaxed.best.gain)[:, None]
	margin[~keep] = -np.inf
	chosen = np.zeros(problem.fit.shape, bool)
	count = min(seats_each, problem.slots)
	best = np.argpartition(-margin, count - 1, axis=0)[:count]
	np.put_along_axis(chosen, best, True, axis=0)
	used = relaxed.seat > 1e-6
	chosen[relaxed.seat_slot[used], relaxed.seat_person[used]] = True
	chosen &= problem.allowed & keep[:, None]
	slots, people = np.nonzero(chosen)
	always = np.flatnonzero(relaxed.open >= SURELY_OPEN) if settle else ()
	found = solve_exactly(problem, slots, people, always_open=always, start=start, effort=effort)
	return None if found is None else valued(problem, found.slot_of)
