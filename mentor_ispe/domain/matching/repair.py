"""A best assignment stays best when pairs are added: one short search for each mentee they concern.

Adding pairs to a mentee may give them, and others after them, a better place. What changes is a chain:
the mentee takes a seat, its holder takes another's, and so on until a seat is free, or somebody goes
without, or the chain comes back to the seat the mentee had. The best chain is a shortest path, and no
longer than what the mentee could gain, so the search ends after few mentors (Dijkstra's rule; prices
rise by what is left of the way). Somebody may also come in from outside in the middle of a chain, or
a seat be left free: that is the node OUTSIDE.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np

from mentor_ispe.domain.matching.edges import Edges
from mentor_ispe.domain.matching.market import NOBODY, Market

OUTSIDE, START = -2, -3


@dataclass
class _Search:
	"""One search for the shortest chain that ends at `goal`."""

	goal: int
	reach: dict[int, int] = field(default_factory=dict)
	"""The length of the way to each mentor found so far."""
	came: dict[int, tuple[int, int]] = field(default_factory=dict)
	"""For each of them, (who would come, from which mentor); NOBODY for a free seat."""
	done: dict[int, int] = field(default_factory=dict)
	queue: list[tuple[int, int]] = field(default_factory=list)

	def found(self, place: int, length: int, mover: int, source: int) -> None:
		"""There is a way of this length to `place`, on which `mover` comes there from `source`."""
		if place != self.goal and length >= self.reach[self.goal]:
			return
		if length < self.reach.get(place, length + 1):
			self.reach[place] = length
			self.came[place] = mover, source
			heapq.heappush(self.queue, (length, place))

	def found_all(self, places: np.ndarray, lengths: np.ndarray, mover: int, source: int) -> None:
		for index in np.flatnonzero(lengths < self.reach[self.goal]):
			self.found(int(places[index]), int(lengths[index]), mover, source)

	def next(self) -> tuple[int, int] | None:
		"""The nearest place not yet left, and the length of the way; None once that is the goal."""
		while True:
			length, place = heapq.heappop(self.queue)
			if place == self.goal:
				return None
			if place not in self.done:
				self.done[place] = length
				return place, length


class Improver:
	"""An assignment, with prices that prove it best along the pairs known so far."""

	def __init__(self, market: Market, edges: Edges, assigned: np.ndarray, prices: np.ndarray):
		self.market, self.edges = market, edges
		self.assigned, self.prices = assigned.copy(), prices.copy()
		self.bonus = market.bonus
		self.pairs_known = len(edges.columns)
		self._known: dict[int, tuple[np.ndarray, np.ndarray]] = {}
		self._holders: list[set[int]] = [set() for _mentor in market.seats]
		for row in np.flatnonzero(assigned != NOBODY):
			self._holders[assigned[row]].add(int(row))
		self._lone = set(np.flatnonzero(assigned == NOBODY).tolist())

	def gains(self) -> np.ndarray:
		"""What each mentee gains now."""
		gains = np.zeros(len(self.assigned), dtype=np.int64)
		matched = np.flatnonzero(self.assigned != NOBODY)
		columns = self.assigned[matched]
		gains[matched] = self.market.scores.scores(matched, columns) + self.bonus - self.prices[columns]
		return gains

	def add(self, row: int, columns: np.ndarray, values: np.ndarray) -> None:
		"""Add pairs of one mentee, with their scores, and bring the assignment to its best again."""
		known, worth = self._pairs(row)
		new = ~np.isin(columns, known)
		if new.any():
			known = np.concatenate([known, columns[new]])
			worth = np.concatenate([worth, values[new].astype(np.int64) + self.bonus])
			self._known[row] = known, worth
			self.pairs_known += int(new.sum())
			self._improve(row)

	def _pairs(self, row: int) -> tuple[np.ndarray, np.ndarray]:
		"""(mentors, worth) of the pairs known for this mentee."""
		known = self._known.get(row)
		if known is None:
			part = slice(self.edges.starts[row], self.edges.starts[row + 1])
			known = self.edges.columns[part], self.edges.values[part].astype(np.int64) + self.bonus
			self._known[row] = known
		return known

	def _gain(self, row: int) -> int:
		"""The worth of this mentee's pair above the price of the seat; 0 without one."""
		home = self.assigned[row]
		if home == NOBODY:
			return 0
		columns, worth = self._pairs(row)
		return int(worth[columns == home][0] - self.prices[home])

	def _improve(self, row: int) -> None:
		columns, worth = self._pairs(row)
		gains = worth - self.prices[columns]
		most = int(gains.max())
		short = most - self._gain(row)
		if short <= 0:
			return
		home = int(self.assigned[row])
		search = _Search(OUTSIDE if home == NOBODY else home)
		search.found(search.goal, short, row, START)
		search.found_all(columns, most - gains, row, START)
		while (step := search.next()) is not None:
			place, length = step
			if place == OUTSIDE:
				self._from_outside(search, length, row)
			else:
				self._from_mentor(search, length, place)
		self._move(search, row)
		self._raise_prices(search)

	def _from_mentor(self, search: _Search, length: int, place: int) -> None:
		"""Someone comes to `place`: a free seat is taken, or one who is there goes on or goes without."""
		holders = self._holders[place]
		if len(holders) < self.market.seats[place]:
			search.found(OUTSIDE, length, NOBODY, place)
		for holder in sorted(holders):
			columns, worth = self._pairs(holder)
			gain = self._gain(holder)
			search.found_all(columns, gain - (worth - self.prices[columns]) + length, holder, place)
			search.found(OUTSIDE, length + gain, holder, place)

	def _from_outside(self, search: _Search, length: int, row: int) -> None:
		"""Somebody went without, or a free seat was taken: another may come in, or a seat become free."""
		for lone in sorted(self._lone - {row}):
			columns, worth = self._pairs(lone)
			search.found_all(columns, self.prices[columns] - worth + length, lone, OUTSIDE)
		for place in np.flatnonzero(self.prices + length < search.reach[search.goal]):
			if self._holders[place]:
				search.found(int(place), int(self.prices[place]) + length, NOBODY, OUTSIDE)

	def _move(self, search: _Search, row: int) -> None:
		"""Everybody on the chain to the goal moves on by one."""
		place = search.goal
		while True:
			mover, source = search.came[place]
			if mover != NOBODY:
				left = int(self.assigned[mover])
				if left == NOBODY:
					self._lone.discard(mover)
				else:
					self._holders[left].discard(mover)
				if place == OUTSIDE:
					self._lone.add(mover)
				else:
					self._holders[place].add(mover)
				self.assigned[mover] = NOBODY if place == OUTSIDE else place
			if source == START:
				return
			place = source

	def _raise_prices(self, search: _Search) -> None:
		whole = search.reach[search.goal]
		for place, length in search.done.items():
			if place != OUTSIDE:
				self.prices[place] += whole - length
		if OUTSIDE in search.done:
			# Prices count from what it is worth to be outside.
			self.prices = np.maximum(self.prices - (whole - search.done[OUTSIDE]), 0)
