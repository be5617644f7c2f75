"""The forming of circles as numbers: who sits with whom so that shared interests are greatest.

One step takes one person out of every circle and gives all of them places anew, all at once, by an
assignment problem: the best way to hand one place of each circle to one of them each. That is a swap
between any number of circles in one go, so that a few dozen steps do what thousands of swaps would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Ints = NDArray[np.int64]
NOBODY = -1
NEVER = -1e7


@dataclass(frozen=True)
class Peers:
	"""`interest` (people × people, symmetric, zero on itself) are points two people bring each other,
	`apart` (the same shape) who may not sit together, `host` who is willing to moderate."""

	interest: NDArray[np.float32]
	apart: NDArray[np.bool_]
	host: NDArray[np.bool_]
	least: int
	most: int
	needs_host: bool = True

	@property
	def count(self) -> int:
		return len(self.host)


class Circles:
	"""Circles as they are being formed; every step keeps the rules that hold already.

	`pull` (people × circles) is the interest of a person in the members of a circle, `bar` how many of
	the members they may not sit with. Both are kept up to date by the columns that change.
	"""

	def __init__(self, peers: Peers, circle_of: Ints, circles: int):
		self.peers = peers
		self.circle_of = circle_of
		self.count = circles
		inside = np.zeros((peers.count, circles), np.float32)
		seated = np.flatnonzero(circle_of >= 0)
		inside[seated, circle_of[seated]] = 1
		self.pull = peers.interest @ inside
		self.bar = (peers.apart.astype(np.float32) @ inside).astype(np.int16)
		self.size = np.bincount(circle_of[seated], minlength=circles)
		self.hosts = np.bincount(circle_of[seated[peers.host[seated]]], minlength=circles)

	def move(self, people: Ints, targets: Ints) -> None:
		"""Move people (each of their old and new circles at most once among them) to `targets`."""
		peers = self.peers
		before = self.circle_of[people]
		leaves, comes = before >= 0, targets >= 0
		np.subtract.at(self.size, before[leaves], 1)
		np.add.at(self.size, targets[comes], 1)
		np.subtract.at(self.hosts, before[leaves], peers.host[people[leaves]])
		np.add.at(self.hosts, targets[comes], peers.host[people[comes]])
		self.pull[:, before[leaves]] -= peers.interest[:, people[leaves]]
		self.bar[:, before[leaves]] -= peers.apart[:, people[leaves]]
		self.pull[:, targets[comes]] += peers.interest[:, people[comes]]
		self.bar[:, targets[comes]] += peers.apart[:, people[comes]]
		self.circle_of[people] = targets

	@property
	def worth(self) -> float:
		"""Points of all people: for each, the mean interest in the others of their circle."""
		seated = np.flatnonzero(self.circle_of >= 0)
		circle = self.circle_of[seated]
		others = np.maximum(self.size[circle] - 1, 1)
		return float((self.pull[seated, circle] / others).sum())

	def exchange(self, taken: Ints) -> float:
		"""Hand the places of `taken` (one person of every circle named) to each other anew, as well as
		possible; returns the points gained. Nothing changes unless something is gained."""
		peers = self.peers
		circle = self.circle_of[taken]
		between = peers.interest[np.ix_(taken, taken)]
		worth = self.pull[np.ix_(taken, circle)] - between
		worth /= np.maximum(self.size[circle] - 1, 1)[None, :]
		barred = self.bar[np.ix_(taken, circle)] - peers.apart[np.ix_(taken, taken)] > 0
		if peers.needs_host:
			# Where the only host was taken out, another has to come in.
			bare = self.hosts[circle] - peers.host[taken] <= 0
			barred |= bare[None, :] & ~peers.host[taken][:, None]
		worth[barred] = NEVER
		row, column = linear_sum_assignment(worth, maximize=True)
		gained = 2.0 * float(worth[row, column].sum() - np.trace(worth))
		if gained > 1e-3:
			moved = column != row
			self.move(taken[row[moved]], circle[column[moved]])
			return gained
		return 0.0


def seat_by_rounds(peers: Peers, order: Ints, circles: int) -> Circles:
	"""A first placement: hosts open the circles, then one place of every circle after the other is
	given to whoever brings most."""
	state = Circles(peers, np.full(peers.count, NOBODY, np.int64), circles)
	hosts = order[peers.host[order]]
	opening = (hosts if len(hosts) >= circles or peers.needs_host else order)[:circles]
	state.move(opening, np.arange(len(opening)))
	for _ in range(peers.most):
		waiting = order[state.circle_of[order] < 0]
		if not len(waiting):
			break
		room = np.flatnonzero((state.size < peers.most) & (state.size > 0))
		smallest = room[state.size[room] == state.size[room].min(initial=peers.most)]
		if not len(smallest):
			break
		worth = state.pull[np.ix_(waiting, smallest)] + 1.0
		worth[state.bar[np.ix_(waiting, smallest)] > 0] = NEVER
		row, column = linear_sum_assignment(worth, maximize=True)
		fine = worth[row, column] > 0
		if not fine.any():
			break
		state.move(waiting[row[fine]], smallest[column[fine]])
	return state


def improve(
	state: Circles,
	random: np.random.Generator,
	*,
	steps: int,
	tick: Callable[[int, float], bool] = lambda step, gained: True,
) -> None:
	"""Exchange places until `steps` steps are done or `tick` (step, points gained) returns False."""
	for step in range(steps):
		gained = state.exchange(_one_of_each(state, random))
		if not tick(step, gained):
			return


def _one_of_each(state: Circles, random: np.random.Generator) -> Ints:
	"""One member of every circle, at random."""
	seated = np.flatnonzero(state.circle_of >= 0)
	shuffled = random.permutation(seated)
	_, first = np.unique(state.circle_of[shuffled], return_index=True)
	return shuffled[first]
