"""The forming of circles as numbers: who sits with whom so that shared interests are greatest.

One step takes one person out of every circle and gives all of them places anew, all at once, by an
assignment problem: the best way to hand one place of each circle to one of them each. That is a swap
between any number of circles in one go, so that a few dozen steps do what thousands of swaps would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
APART = -30_000
"""Stands for two people who may not meet: with 14 others of 2,000 points each it is still below 0."""
MOST_POINTS = 2_000
NEVER = -1e9


@dataclass(frozen=True)
class Peers:
	"""What is known of the people, in a fixed order.

	`interest` (people × people, symmetric, 16 bits) are the points two people bring each other, APART
	for those who may not meet, 0 on the diagonal; `host` says who may moderate. Circles have `least` to
	`most` people. `host_points` are what a circle without a host costs (None: there is none without).
	`fixed` are people who stay in the circle they are first given.
	"""

	interest: NDArray[np.int16]
	host: Bools
	least: int
	most: int
	host_points: int | None = None
	fixed: Bools | None = None

	@property
	def count(self) -> int:
		return len(self.host)

	@cached_property
	def with_nobody(self) -> NDArray[np.int16]:
		"""`interest` with one row and column more, of zeros, for an empty place."""
		table = np.zeros((self.count + 1, self.count + 1), np.int16)
		table[:-1, :-1] = self.interest
		return table


class Seating:
	"""Circles in the making: `seats` is circles × places, each a person or `nobody`, nobodies last."""

	def __init__(self, peers: Peers, circles: list[list[int]]):
		self.peers = peers
		self.nobody = peers.count
		self.interest = peers.with_nobody
		self.host = np.append(peers.host, False)
		self.fixed = np.append(np.zeros(peers.count, bool) if peers.fixed is None else peers.fixed, True)
		self.seats = np.full((len(circles), max(1, peers.most)), self.nobody, np.int64)
		for number, members in enumerate(circles):
			self.seats[number, : len(members)] = members
		self.size = (self.seats < self.nobody).sum(axis=1)

	@property
	def circles(self) -> list[list[int]]:
		"""The members of each circle, in order; then by their first member."""
		return sorted(sorted(row[row < self.nobody].tolist()) for row in self.seats if row[0] < self.nobody)

	def shares(self) -> NDArray[np.float64]:
		"""What each place brings: the mean interest of who sits there in the others (circles × places)."""
		rows, columns = self.seats[:, :, None], self.seats[:, None, :]
		given = self.interest[rows, columns].sum(axis=2, dtype=np.int64)
		return given / np.maximum(self.size - 1, 1)[:, None]

	def bare(self) -> Bools:
		"""Circles in which nobody may moderate."""
		return np.logical_not(self.host[self.seats].any(axis=1))

	@property
	def worth(self) -> float:
		"""Points of all people less what circles without a host cost."""
		return float(self.shares().sum()) - (self.peers.host_points or 0) * int(self.bare().sum())

	def exchange(self, random: np.random.Generator) -> float:
		"""Take one person out of every circle, rather those who bring little, and hand their places to
		each other anew as well as possible; returns the points gained. Only a gain changes anything."""
		shares = self.shares()
		weakness = shares + random.random(shares.shape) * max(1.0, float(shares.mean()))
		weakness[self.fixed[self.seats]] = np.inf
		place = np.argmin(weakness, axis=1)
		which = np.flatnonzero(np.isfinite(weakness[np.arange(len(place)), place]))
		place = place[which]
		if len(which) < 2:
			return 0.0
		taken = self.seats[which, place]
		others = self.seats[which].copy()
		others[np.arange(len(which)), place] = self.nobody
		worth = self._worth(taken, others, self.size[which] - 1)
		row, column = linear_sum_assignment(worth, maximize=True)
		gained = float(worth[row, column].sum() - np.trace(worth))
		if gained <= 1e-6:
			return 0.0
		self.seats[which[column], place[column]] = taken[row]
		return gained

	def _worth(self, people: Ints, others: Ints, count: Ints) -> NDArray[np.float64]:
		"""What each of `people` would bring to each circle of `others` (circles × places), both ways."""
		shape = (len(people), *others.shape)
		given = self.interest[people][:, others.ravel()].reshape(shape).sum(axis=2, dtype=np.int64)
		worth = 2.0 * given / np.maximum(count, 1)[None, :]
		worth[given < 0] = NEVER
		lacking = np.logical_not(self.host[others].any(axis=1))[None, :] & ~self.host[people][:, None]
		if self.peers.host_points is None:
			worth[lacking] = NEVER
		else:
			worth[lacking] -= self.peers.host_points
		return worth

	def join(self, people: Ints, room: int) -> Ints:
		"""Give places in circles of fewer than `room`, as long as that works; returns who is left.

		Circles without a host fill up as well: whoever opened them sees to that. People who must stay
		together don't come one by one: see `join_together`.
		"""
		people = np.asarray(people, np.int64)
		bound, left = people[self.fixed[people]], people[~self.fixed[people]]
		pull = np.zeros((len(self.seats), len(self.interest)), np.int32)
		for members in self.seats.T:
			pull += self.interest[members]
		while len(left):
			open_ = np.flatnonzero((self.size < room) & (self.size > 0))
			if not len(open_):
				break
			worth = pull[np.ix_(open_, left)].astype(float)
			worth[worth < 0] = NEVER
			worth /= self.size[open_][:, None]
			# The smallest come first, so that sizes stay even, unless nobody can join those.
			smallest = self.size[open_] == self.size[open_].min()
			if (worth[smallest] >= 0).any():
				open_, worth = open_[smallest], worth[smallest]
			row, column = linear_sum_assignment(worth, maximize=True)
			fine = worth[row, column] >= 0
			if not fine.any():
				break
			where, who = open_[row[fine]], left[column[fine]]
			self.seats[where, self.size[where]] = who
			self.size[where] += 1
			pull[where] += self.interest[who]
			left = np.delete(left, column[fine])
		return np.sort(np.concatenate([left, bound]))

	def join_together(self, people: list[int], room: int) -> bool:
		"""Give these people places in one circle that has room for all of them, the one that fits best."""
		best, where = -1, None
		for circle in np.flatnonzero(self.size + len(people) <= room):
			others = self.seats[circle, : self.size[circle]]
			given = self.interest[np.ix_(np.array(people, np.int64), others)].astype(np.int64)
			if (given >= 0).all() and given.sum() > best:
				best, where = int(given.sum()), int(circle)
		if where is None:
			return False
		self.seats[where, self.size[where] : self.size[where] + len(people)] = people
		self.size[where] += len(people)
		return True

	def close(self, which: Bools) -> Ints:
		"""Dissolve these circles; returns who sat there."""
		people = self.seats[which]
		self.seats, self.size = self.seats[~which], self.size[~which]
		return np.sort(people[people < self.nobody])


def improve(
	seating: Seating,
	random: np.random.Generator,
	steps: int,
	tick: Callable[[int], bool] = lambda step: True,
) -> None:
	"""Exchange places `steps` times, or until `tick` (step) returns False."""
	for step in range(steps):
		if not tick(step):
			return
		seating.exchange(random)
