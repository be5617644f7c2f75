"""Making a placement better, a few groups at a time, guided by the prices of the relaxation.

At those prices every slot would like certain people; the bound is what all of them could have. What a
slot of the placement misses of that is its *loss*, and the losses add up to the whole gap. So the
search takes the slot that loses most, the slots it would have to trade with, solves those exactly, and
goes on with the next. A seat that costs more than all these slots lose can't be part of anything
better, and is left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mentor_ispe.domain.matching.groups.bound import Bound
from mentor_ispe.domain.matching.groups.exact import Effort, solve_exactly
from mentor_ispe.domain.matching.groups.problem import Bools, Floats, Ints, Placement, Problem, valued

SLOTS_AT_ONCE = 12


def slot_price(problem: Problem, gain: Floats) -> Floats:
	"""What the last seat of each slot is worth: whoever gains less would push out somebody better."""
	size = min(int(problem.most.max(initial=1)), problem.people)
	last = -np.partition(-gain, size - 1, axis=1)[:, size - 1]
	return np.maximum(last, 0.0)


def losses(problem: Problem, best: Bound, slot_of: Ints) -> Floats:
	"""What each slot lacks, in points, of what it could gain at the prices of the bound."""
	seated = np.flatnonzero(slot_of >= 0)
	have = np.zeros(problem.slots)
	np.add.at(have, slot_of[seated], best.gain[slot_of[seated], seated])
	opened = np.unique(slot_of[seated])
	have[opened] += best.at_open[opened]
	lost = best.worth - have
	# Whoever has no seat loses their price; it is laid on the slot that wants them most.
	for person in np.flatnonzero((slot_of < 0) & (best.person > 0) & problem.allowed.any(axis=0)):
		lost[int(np.argmax(best.gain[:, person]))] += best.person[person]
	return lost


def improve(
	problem: Problem,
	best: Bound,
	start: Placement,
	*,
	steps: int,
	slots_at_once: int = SLOTS_AT_ONCE,
	good_enough: float = 0.0,
	effort: Effort | None = None,
	tick: Callable[[int, Placement], bool] = lambda step, placement: True,
) -> Placement:
	"""Improve `start` in at most `steps` steps; `good_enough` is the gap, in points, at which to end.

	`tick` is told the placement after every step and ends the search by returning False.
	"""
	effort = effort or Effort(nodes=60, seconds=20.0)
	margin = best.gain - slot_price(problem, best.gain)[:, None]
	current = start
	rest = np.zeros(problem.slots, np.int64)  # steps until a slot that brought nothing is tried again
	for step in range(steps):
		if best.value - _objective(problem, current.slot_of) <= good_enough:
			break
		lost = losses(problem, best, current.slot_of)
		ready = np.where(rest <= step, lost, -np.inf)
		centre = int(np.argmax(ready))
		if not np.isfinite(ready[centre]) or ready[centre] < 1.0:
			break
		around = _around(problem, best, margin, current.slot_of, lost, centre, slots_at_once)
		found = _solve_around(problem, margin, current, lost, around, effort)
		if found is not None and found.better_than(current):
			current = found
			rest[around] = step
			rest[centre] = step + 2
		else:
			rest[centre] = step + max(20, problem.slots // 4)
		if not tick(step, current):
			break
	return current


def _objective(problem: Problem, slot_of: Ints) -> int:
	return valued(problem, slot_of).total + int(problem.place[slot_of >= 0].sum())


def _around(
	problem: Problem, best: Bound, margin: Floats, slot_of: Ints, lost: Floats, centre: int, count: int
) -> Ints:
	"""The slots to solve together with `centre`: those it would trade people with, all of one mentor."""
	chosen = np.zeros(problem.slots, bool)
	chosen[problem.slots_of[int(problem.mentor_of[centre])]] = True
	near = 0.05 * problem.top
	used = np.zeros(problem.slots, bool)
	used[slot_of[slot_of >= 0]] = True
	while chosen.sum() < count:
		inside = chosen[np.maximum(slot_of, 0)] & (slot_of >= 0)
		wanted = (margin[chosen] > -near).any(axis=0)
		# Where the people whom these slots want sit now, and who would like the people they have.
		pull = np.bincount(slot_of[wanted & (slot_of >= 0)], minlength=problem.slots).astype(float)
		pull += (margin[:, inside] > -near).sum(axis=1)
		pull += 4.0 * np.maximum(lost, 0) / problem.top * (pull > 0)
		pull[~used] *= 0.5
		pull[chosen] = -1.0
		next_slot = int(np.argmax(pull))
		if pull[next_slot] <= 0:
			break
		chosen[problem.slots_of[int(problem.mentor_of[next_slot])]] = True
	return np.flatnonzero(chosen)


def _solve_around(
	problem: Problem, margin: Floats, current: Placement, lost: Floats, around: Ints, effort: Effort
) -> Placement | None:
	"""Place the people of these slots and the unplaced anew; None when nothing was found."""
	slot_of = current.slot_of
	movable = np.flatnonzero(np.isin(slot_of, around) | (slot_of < 0))
	grid = np.ix_(around, movable)
	worst = np.maximum(lost[around], 0).sum() + 0.02 * problem.top
	use: Bools = problem.allowed[grid] & (margin[grid] >= -worst)
	sits = slot_of[movable][None, :] == around[:, None]
	slots, people = np.nonzero(use | sits)
	found = solve_exactly(problem, around[slots], movable[people], start=slot_of, effort=effort)
	if found is None:
		return None
	result = slot_of.copy()
	result[movable] = found.slot_of[movable]
	return valued(problem, result)
