"""The best assignment along chosen pairs, by SciPy's sparse solver, and prices that prove it.

The solver wants one column for each seat and a full matching of the scarcer side. Where there is none,
everybody on that side gets a way out that costs more than all scores together.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentor_ispe.domain.matching.pairs.assignment_problem import NOBODY, AssignmentProblem
from mentor_ispe.domain.matching.pairs.candidate_pairs import CandidatePairs, entries_of
from mentor_ispe.domain.matching.rules import FULL_SCORE


def assign(problem: AssignmentProblem, pairs: CandidatePairs) -> np.ndarray:
	"""For each mentee the mentor's column, or NOBODY: as many as possible, then the best scores."""
	mentees = len(problem.scores.mentees)
	assigned = np.full(mentees, NOBODY, dtype=np.int64)
	if not len(pairs.columns):
		return assigned
	costs, mentor_of = _seat_costs(problem, pairs)
	scarce = mentees > len(mentor_of)
	if scarce:
		costs = costs.T.tocsr()
	try:
		rows, columns = min_weight_full_bipartite_matching(costs)
	except ValueError:  # no full matching exists
		rows, columns = min_weight_full_bipartite_matching(_with_way_out(costs, problem.bonus))
	taken = columns < costs.shape[1]
	rows, columns = rows[taken], columns[taken]
	mentee, seat = (columns, rows) if scarce else (rows, columns)
	assigned[mentee] = mentor_of[seat]
	return assigned


def _seat_costs(problem: AssignmentProblem, pairs: CandidatePairs) -> tuple[sparse.csr_array, np.ndarray]:
	"""Costs above 0 of mentees × seats, and the mentor of every seat."""
	# Everything in 32 bits: these lists are the largest of a match.
	seats = np.maximum(problem.seats, 0).astype(np.int32)
	first = np.concatenate([[0], np.cumsum(seats)]).astype(np.int32)
	copies = seats[pairs.columns]
	ends = np.cumsum(copies, dtype=np.int32)
	columns = np.repeat(first[pairs.columns] - (ends - copies), copies)
	columns += np.arange(len(columns), dtype=np.int32)
	costs = np.repeat(FULL_SCORE + 1 - pairs.values.astype(np.float64), copies)
	starts = np.concatenate([np.zeros(1, dtype=np.int32), ends])[pairs.starts]
	shape = (len(pairs.starts) - 1, int(first[-1]))
	return sparse.csr_array((costs, columns, starts), shape=shape), np.repeat(np.arange(len(seats)), seats)


def _with_way_out(costs: sparse.csr_array, bonus: int) -> sparse.csr_array:
	out = sparse.diags_array(np.full(costs.shape[0], float(bonus)), format="csr")
	return sparse.csr_array(sparse.hstack([costs, out], format="csr"))


def prices_of(problem: AssignmentProblem, pairs: CandidatePairs, assigned: np.ndarray) -> np.ndarray:
	"""Prices of seats under which nobody along these pairs would rather have another seat.

	The lowest there are, by Bellman and Ford's rule: a seat is worth to its holder what it is worth
	above their next best, so a price that rises pushes the prices of the seats next to it. Ends for an
	assignment that is best along the pairs; for another it stops after as many rounds as mentors.
	"""
	bonus, mentors = problem.bonus, len(problem.seats)
	values = pairs.values.astype(np.int64) + bonus
	prices = np.zeros(mentors, dtype=np.int64)
	rows = pairs.rows
	matched = assigned != NOBODY
	own = np.zeros(len(assigned), dtype=np.int64)
	holds = matched[rows] & (pairs.columns == assigned[rows])
	own[rows[holds]] = values[holds]
	# Whoever got nothing would pay all that a seat is worth to them.
	lone = ~matched[rows]
	np.maximum.at(prices, pairs.columns[lone], values[lone])
	holders = _holders(assigned, mentors)
	changed = np.arange(mentors)
	for _round in range(mentors + 1):
		if not len(changed):
			break
		pushed = holders(changed)
		entry = entries_of(pairs.starts, pushed)
		row = np.repeat(pushed, np.diff(pairs.starts)[pushed])
		offer = values[entry] - own[row] + prices[assigned[row]]
		before = prices.copy()
		np.maximum.at(prices, pairs.columns[entry], offer)
		changed = np.flatnonzero(prices > before)
	return prices


def _holders(assigned: np.ndarray, mentors: int) -> Callable[[np.ndarray], np.ndarray]:
	"""A function giving the mentees who hold a seat with any of these mentors."""
	order = np.argsort(assigned, kind="stable")
	ends = np.searchsorted(assigned[order], np.arange(mentors + 1))
	return lambda columns: order[entries_of(ends, columns)]
