"""An upper bound on what any placement can be worth, and the prices it comes from.

Give every person a price, and every need of every slot a price for missing it. If each slot then
takes the people it gains most from, as if it were alone, the sum of gains and prices is more than any
placement can reach: a Lagrangian bound. It holds for *any* prices, so that it stays true when the
linear program that found them was stopped early or solved with rounding errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentor_ispe.domain.matching.groups.problem import Floats, Problem

FORBIDDEN = -1e15


@dataclass(frozen=True)
class Prices:
	"""What a place costs: `person` (per person), `need` (needs × slots), `clash` by (clash, slot).

	`seat` is the price of a mentor's seats where they are shared between slots (per mentor), `place`
	that of a place at all, where no more than `places` people can have one.
	"""

	person: Floats
	need: Floats
	clash: dict[tuple[int, int], float]
	seat: Floats
	place: float = 0.0
	places: int = 0


@dataclass(frozen=True)
class Bound:
	"""`value` in points of the objective, places included; `gain` is slots × people: points net of prices.

	`at_open` is what opening a slot brings before anybody sits in it, `worth` what it brings with the
	people it gains most from (0 if nothing), both net of prices.
	"""

	value: float
	gain: Floats
	at_open: Floats
	worth: Floats
	person: Floats


def bound(problem: Problem, prices: Prices) -> Bound:
	"""Work out the bound and the net gain of every seat."""
	person = np.maximum(prices.person, 0.0)
	anywhere = max(prices.place, 0.0)
	gain = problem.fit + (problem.place - person - anywhere)[None, :]
	at_open = problem.opening.astype(float)
	for number, need in enumerate(problem.needs):
		price = np.maximum(prices.need[number], 0.0)
		if need.penalty is not None:
			price = np.minimum(price, need.penalty)
		if price.any():
			gain += price[:, None] * need.has
			at_open = at_open - price
	for (clash, slot), price in sorted(prices.clash.items()):
		members, penalty = problem.clashes[clash]
		price = max(price, 0.0) if penalty is None else min(max(price, 0.0), penalty)
		gain[slot, members] -= price
		at_open[slot] += price
	seat = np.maximum(prices.seat, 0.0)
	if seat.any():
		gain -= seat[problem.mentor_of][:, None]
	gain[~problem.allowed] = FORBIDDEN
	worth = at_open + _best_group(problem, gain)
	groups = np.zeros(len(problem.groups_of))
	# At most so many of a mentor's slots open: the best ones, as far as they gain anything.
	order = np.lexsort((-worth, problem.mentor_of))
	rank = np.arange(problem.slots) - np.searchsorted(problem.mentor_of[order], problem.mentor_of[order])
	opened = order[(rank < problem.groups_of[problem.mentor_of[order]]) & (worth[order] > 0)]
	np.add.at(groups, problem.mentor_of[opened], worth[opened])
	value = person.sum() + anywhere * prices.places + groups.sum() + (seat * problem.seats_of).sum()
	worthy = np.zeros(problem.slots)
	worthy[opened] = worth[opened]
	return Bound(float(value), gain, at_open, worthy, person)


def _best_group(problem: Problem, gain: Floats) -> Floats:
	"""The most that each slot gains with `least` to `most` people of its own choice."""
	if not problem.slots:
		return np.zeros(0)
	size = min(int(problem.most.max(initial=0)), problem.people)
	if size < problem.least:
		return np.full(problem.slots, FORBIDDEN)
	best = -np.partition(-gain, size - 1, axis=1)[:, :size]
	best = -np.sort(-best, axis=1)
	best[:, problem.least :] = np.maximum(best[:, problem.least :], 0.0)
	best[np.arange(size)[None, :] >= problem.most[:, None]] = 0.0
	return np.where(problem.most >= problem.least, best.sum(axis=1), FORBIDDEN)
