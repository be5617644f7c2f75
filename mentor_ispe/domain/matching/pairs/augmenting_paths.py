"""A best assignment stays best when pairs are added: one short search for each mentee they concern.

Adding pairs to a mentee may give them, and others after them, a better place. What changes is a chain:
the mentee takes a seat, its holder takes another's, and so on until a seat is free, or somebody goes
without, or the chain comes back to the seat the mentee had. The best chain is a shortest path, and no
longer than what the mentee could gain, so the search ends early (Dijkstra's rule, all places that are
equally far at once; prices rise by what is left of the way). Somebody may also come in from outside in
the middle of a chain, or a seat be left free: outside is one place more, after all mentors.
"""

from __future__ import annotations

import numpy as np

from mentor_ispe.domain.matching.pairs.assignment_problem import NOBODY, AssignmentProblem, Audit
from mentor_ispe.domain.matching.pairs.candidate_pairs import CandidatePairs, entries_of

_START = -3
_FAR = 2**62


class AugmentingPaths:
	"""An assignment, with prices that prove it best along the pairs known so far."""

	def __init__(
		self, problem: AssignmentProblem, pairs: CandidatePairs, assigned: np.ndarray, prices: np.ndarray
	):
		self.problem, self.pairs = problem, pairs
		self.assigned, self.prices = assigned.copy(), prices.copy()
		self._outside = len(problem.seats)
		self._worth = pairs.values + np.int64(problem.bonus)
		self._holders: list[set[int]] = [set() for _mentor in problem.seats]
		for row in np.flatnonzero(assigned != NOBODY):
			self._holders[assigned[row]].add(int(row))
		self._lone = set(np.flatnonzero(assigned == NOBODY).tolist())

	def gains(self) -> np.ndarray:
		"""What each mentee gains now: the worth of their pair above the price of the seat; 0 without one."""
		gains = np.zeros(len(self.assigned), dtype=np.int64)
		matched = np.flatnonzero(self.assigned != NOBODY)
		columns = self.assigned[matched]
		worth = self.problem.scores.scores(matched, columns) + self.problem.bonus
		gains[matched] = worth - self.prices[columns]
		return gains

	def add(self, seen: Audit) -> None:
		"""Add better pairs, one mentee after the other, and bring the assignment to its best each time."""
		rows, columns, values = seen.pairs
		if self.pairs.knows(rows, columns).any():
			raise RuntimeError("the prices don't fit the assignment")  # can't be; better than a loop
		places = self.pairs.starts[rows + 1]
		# A pair isn't there before its mentee's turn: until then it is worth nothing at all.
		self._worth = np.insert(self._worth, places, -_FAR // 2)
		self.pairs = self.pairs.inserted(rows, columns, values)
		for row, _columns, _values in seen.better:
			own = slice(self.pairs.starts[row], self.pairs.starts[row + 1])
			self._worth[own] = self.pairs.values[own] + np.int64(self.problem.bonus)
			self._improve(row)

	def _improve(self, row: int) -> None:
		own = slice(self.pairs.starts[row], self.pairs.starts[row + 1])
		columns = self.pairs.columns[own]
		gains = self._worth[own] - self.prices[columns]
		home = int(self.assigned[row])
		now = 0 if home == NOBODY else int(gains[columns == home][0])
		most = int(gains.max())
		if most <= now:
			return
		search = _Search(self._outside if home == NOBODY else home, self._outside + 1)
		search.found(np.array([search.goal]), np.array([most - now]), row, _START)
		search.found(columns, most - gains, row, _START)
		while (step := search.next()) is not None:
			places, length = step
			if places[-1] == self._outside:
				self._from_outside(search, length, row)
				places = places[:-1]
			self._from_mentors(search, length, places)
		self._move(search)
		self._raise_prices(search)

	def _from_mentors(self, search: _Search, length: int, places: np.ndarray) -> None:
		"""Someone comes to a place: a free seat is taken, or one who is there goes on or goes without."""
		held = [sorted(self._holders[place]) for place in places.tolist()]
		counts = np.array([len(rows) for rows in held], dtype=np.int64)
		free = places[counts < self.problem.seats[places]]
		if len(free):
			search.found(np.array([self._outside]), np.array([length]), NOBODY, int(free[0]))
		holders = np.array([row for rows in held for row in rows], dtype=np.int64)
		if not len(holders):
			return
		home = np.repeat(places, counts)
		entry = entries_of(self.pairs.starts, holders)
		of = np.repeat(np.arange(len(holders)), np.diff(self.pairs.starts)[holders])
		columns = self.pairs.columns[entry]
		gains = self._worth[entry] - self.prices[columns]
		own = columns == home[of]
		now = np.zeros(len(holders), dtype=np.int64)
		now[of[own]] = gains[own]
		search.found(columns, length + now[of] - gains, holders[of], home[of])
		outside = np.full(len(holders), self._outside)
		search.found(outside, length + now, holders, home)

	def _from_outside(self, search: _Search, length: int, row: int) -> None:
		"""Somebody went without, or a free seat was taken: another may come in, or a seat become free."""
		lone = np.array(sorted(self._lone - {row}), dtype=np.int64)
		entry = entries_of(self.pairs.starts, lone)
		columns = self.pairs.columns[entry]
		comer = np.repeat(lone, np.diff(self.pairs.starts)[lone])
		search.found(columns, length + self.prices[columns] - self._worth[entry], comer, self._outside)
		near = np.flatnonzero(length + self.prices < search.reach[search.goal])
		held = np.array([place for place in near.tolist() if self._holders[place]], dtype=np.int64)
		search.found(held, length + self.prices[held], NOBODY, self._outside)

	def _move(self, search: _Search) -> None:
		"""Everybody on the chain to the goal moves on by one."""
		place = search.goal
		while place != _START:
			mover, source = int(search.mover[place]), int(search.source[place])
			if mover != NOBODY:
				left = int(self.assigned[mover])
				(self._lone if left == NOBODY else self._holders[left]).discard(mover)
				(self._lone if place == self._outside else self._holders[place]).add(mover)
				self.assigned[mover] = NOBODY if place == self._outside else place
			place = source

	def _raise_prices(self, search: _Search) -> None:
		left = np.maximum(search.reach[search.goal] - search.reach, 0)
		# Prices count from what it is worth to be outside.
		self.prices = np.maximum(self.prices + left[:-1] - left[-1], 0)


class _Search:
	"""One search for the shortest chain that ends at `goal`, among so many places."""

	def __init__(self, goal: int, places: int):
		self.goal = goal
		self.reach = np.full(places, _FAR, dtype=np.int64)
		"""The length of the way to each place, as far as found."""
		self.mover = np.full(places, NOBODY, dtype=np.int64)
		self.source = np.full(places, _START, dtype=np.int64)
		"""Who would come to each place, and from which; NOBODY for a free seat."""
		self._left = np.zeros(places, dtype=bool)

	def found(
		self, places: np.ndarray, lengths: np.ndarray, mover: np.ndarray | int, source: np.ndarray | int
	) -> None:
		"""There are ways of these lengths to these places, on which `mover` comes there from `source`."""
		shorter = np.flatnonzero(lengths < np.minimum(self.reach[places], self.reach[self.goal]))
		if not len(shorter):
			return
		# Of several ways to a place the shortest, of equally short ones the first.
		order = shorter[np.lexsort((shorter, lengths[shorter], places[shorter]))]
		_place, first = np.unique(places[order], return_index=True)
		best = order[first]
		self.reach[places[best]] = lengths[best]
		self.mover[places[best]] = mover if isinstance(mover, int) else mover[best]
		self.source[places[best]] = source if isinstance(source, int) else source[best]

	def next(self) -> tuple[np.ndarray, int] | None:
		"""The nearest places not yet left, and how far they are; None once none is nearer than the goal."""
		near = np.flatnonzero((self.reach < self.reach[self.goal]) & ~self._left)
		if not len(near):
			return None
		length = int(self.reach[near].min())
		places = near[self.reach[near] == length]
		self._left[places] = True
		return places, length
