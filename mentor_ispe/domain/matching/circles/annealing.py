"""Making circles better by many small moves, some of them for the worse at first.

Two people change places, or one moves to a smaller circle. A move that gains is made; one that loses
is made by chance, the less likely the more it loses, and ever less likely as the work goes on
(simulated annealing, Kirkpatrick, Gelatt and Vecchi 1983). Thousands of moves are looked at together;
of those to be made, the ones that touch no circle twice are made at once.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mentor_ispe.domain.matching.circles.seating import Bools, Ints, Seating

HOTTEST = 0.12
"""The temperature at first, as a share of what a person brings on average."""
_MOVES = 0.25
"""Share of proposals that move one person instead of changing two."""
_LOOKED_AT = 6
"""Places looked at for somebody, of which the nearest to their interests is proposed."""
_FEWEST, _MOST = 256, 16_384
"""Proposals at a time; no more than twenty for each person."""


class Annealing:
	"""Changes the circles of `seating`; people who are fixed stay where they are."""

	def __init__(self, seating: Seating, random: np.random.Generator):
		self.seating, self.random = seating, random
		self.peers = seating.peers
		self.table = self.peers.interest
		self.host = self.peers.host.astype(np.int64)
		self.size = seating.size.copy()
		count = len(self.size)
		self.circle_of = np.full(self.peers.count, -1, np.int64)
		for number, row in enumerate(seating.seats):
			self.circle_of[row[row < seating.nobody]] = number
		pull = np.zeros((count, self.peers.count + 1), np.int32)
		for members in seating.seats.T:
			pull += seating.interest[members]
		self.pull = np.ascontiguousarray(pull[:, :-1])
		"""Circles × people: what somebody has in common with all of a circle."""
		seated = np.flatnonzero(self.circle_of >= 0)
		self.within = np.zeros(count, np.int64)
		np.add.at(self.within, self.circle_of[seated], self.pull[self.circle_of[seated], seated])
		self.hosts = np.bincount(self.circle_of[seated], self.host[seated], count).astype(np.int64)
		self.free = seated[~seating.fixed[seated]]
		self.many, self.most = _FEWEST, min(_MOST, _FEWEST + 20 * len(self.free))

	@property
	def worth(self) -> float:
		bare = int((self.hosts == 0).sum())
		return float((self.within / np.maximum(self.size - 1, 1)).sum()) - (
			(self.peers.host_points or 0) * bare
		)

	def run(self, steps: int, tick: Callable[[int], float] = lambda step: 0.0) -> None:
		"""`tick` (step) returns the share of the time that is used up; from 1 on, the work ends."""
		if len(self.size) < 2 or len(self.free) < 2:
			return
		hottest = HOTTEST * max(1.0, self.worth / max(1, len(self.free)))
		for step in range(steps):
			share = max(step / steps, tick(step))
			if share >= 1:
				break
			self._step(hottest * (1 - share) ** 1.5)
		self._give_back()

	def _step(self, heat: float) -> None:
		swaps = round(self.many * (1 - _MOVES))
		one, *others = self.free[self.random.integers(len(self.free), size=(1 + _LOOKED_AT, swaps))]
		other = self._nearest(one, others)
		gain, fine = self._swap_gains(one, other)
		mover = self.free[self.random.integers(len(self.free), size=self.many - swaps)]
		targets = self.random.integers(len(self.size), size=(_LOOKED_AT, len(mover)))
		target = targets[
			np.argmax(self.pull[targets, mover] / self.size[targets], axis=0), np.arange(len(mover))
		]
		gains, fine_too = self._move_gains(mover, target)
		gain, fine = np.concatenate([gain, gains]), np.concatenate([fine, fine_too])
		chance = -heat * self.random.standard_exponential(len(gain))
		made = np.flatnonzero(fine & (gain > 1e-9 + chance))
		if len(made) > len(self.size):
			self.many = max(_FEWEST, self.many // 2)
		elif len(made) < len(self.size) // 4:
			self.many = min(self.most, self.many * 2)
		first = np.concatenate([self.circle_of[one], self.circle_of[mover]])
		second = np.concatenate([self.circle_of[other], target])
		people = np.concatenate([one, mover])
		used: set[int] = set()
		chosen = []
		for index in made[self.random.permutation(len(made))].tolist():
			a, b = int(first[index]), int(second[index])
			if a not in used and b not in used:
				used |= {a, b}
				chosen.append(index)
		picked = np.array(chosen, np.int64)
		swapped, moved = picked[picked < swaps], picked[picked >= swaps]
		self._swap(people[swapped], other[swapped])
		self._move(people[moved], second[moved])

	def _nearest(self, one: Ints, others: list[Ints]) -> Ints:
		"""Of several whom somebody could change places with, whoever's circle they fit best."""
		best = others[0]
		where = self.circle_of[best]
		most = self.pull[where, one] / self.size[where]
		for other in others[1:]:
			where = self.circle_of[other]
			fit = self.pull[where, one] / self.size[where]
			nearer = fit > most
			best, most = np.where(nearer, other, best), np.where(nearer, fit, most)
		return best

	def _swap_gains(self, one: Ints, other: Ints) -> tuple[np.ndarray, Bools]:
		"""What it brings that these change places, and whether they may."""
		a, b = self.circle_of[one], self.circle_of[other]
		between = self.table[one, other].astype(np.int64)
		comes_a, comes_b = self.pull[a, other] - between, self.pull[b, one] - between
		gain = 2.0 * (comes_a - self.pull[a, one]) / (self.size[a] - 1)
		gain += 2.0 * (comes_b - self.pull[b, other]) / (self.size[b] - 1)
		more = self.host[other] - self.host[one]
		fine = (a != b) & (comes_a >= 0) & (comes_b >= 0)
		return self._with_hosts(gain, fine, a, b, more)

	def _move_gains(self, mover: Ints, target: Ints) -> tuple[np.ndarray, Bools]:
		"""What it brings that these move to other circles, and whether they may."""
		a = self.circle_of[mover]
		size_a, size_b = self.size[a], self.size[target]
		comes = self.pull[target, mover]
		fine = (a != target) & (size_a > self.peers.least) & (size_b < self.peers.most) & (comes >= 0)
		left = self.within[a] - 2 * self.pull[a, mover]
		gain = left / np.maximum(size_a - 2, 1) - self.within[a] / np.maximum(size_a - 1, 1)
		gain += (self.within[target] + 2 * comes) / size_b - self.within[target] / np.maximum(size_b - 1, 1)
		return self._with_hosts(gain, fine, a, target, -self.host[mover])

	def _with_hosts(
		self, gain: np.ndarray, fine: Bools, a: Ints, b: Ints, more: Ints
	) -> tuple[np.ndarray, Bools]:
		"""The same with what becomes of hosts, of whom the first circle has `more`, the second fewer."""
		lacks_a, lacks_b = self.hosts[a] + more == 0, self.hosts[b] - more == 0
		points = self.peers.host_points
		if points is None:
			return gain, fine & ~lacks_a & ~lacks_b
		before = (self.hosts[a] == 0).astype(np.int64) + (self.hosts[b] == 0)
		return gain + points * (before - lacks_a - lacks_b), fine

	def _swap(self, one: Ints, other: Ints) -> None:
		if not len(one):
			return
		a, b = self.circle_of[one], self.circle_of[other]
		between = self.table[one, other].astype(np.int64)
		self.within[a] += 2 * (self.pull[a, other] - between - self.pull[a, one])
		self.within[b] += 2 * (self.pull[b, one] - between - self.pull[b, other])
		change = self.table[other].astype(np.int32) - self.table[one]
		self.pull[a] += change
		self.pull[b] -= change
		more = self.host[other] - self.host[one]
		self.hosts[a] += more
		self.hosts[b] -= more
		self.circle_of[one], self.circle_of[other] = b, a

	def _move(self, mover: Ints, target: Ints) -> None:
		if not len(mover):
			return
		a = self.circle_of[mover]
		self.within[a] -= 2 * self.pull[a, mover].astype(np.int64)
		self.within[target] += 2 * self.pull[target, mover].astype(np.int64)
		self.pull[a] -= self.table[mover]
		self.pull[target] += self.table[mover]
		self.hosts[a] -= self.host[mover]
		self.hosts[target] += self.host[mover]
		self.size[a] -= 1
		self.size[target] += 1
		self.circle_of[mover] = target

	def _give_back(self) -> None:
		seats = self.seating.seats
		seats[:] = self.seating.nobody
		for number in range(len(seats)):
			members = np.flatnonzero(self.circle_of == number)
			seats[number, : len(members)] = members
		self.seating.size = self.size.copy()
