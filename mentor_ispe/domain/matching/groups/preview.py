"""Groups at once, without the relaxation: a first look, and something to fall back on.

A few rounds of bidding find out which slots should open. Those then fill up by rounds, every slot one
person at a time, each round an assignment problem: first a moderator each, then whoever meets the
next need, then everybody else. Slots that don't fill up are closed, their people spread over the rest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from mentor_ispe.domain.matching.groups.exchange import Exchange
from mentor_ispe.domain.matching.groups.problem import (
	NOBODY,
	Bools,
	Floats,
	Ints,
	Placement,
	Problem,
	faults,
	valued,
)

NEVER = -1e12
_LIKED = 200
"""People each slot bids for: whom it likes less is too far down to be among its members."""
SHARES = (1.0, 0.92, 0.85)
"""Tried in turn: so many of the most slots that could open."""


def preview(problem: Problem, bids: int = 30, exchanges: int = 3) -> Placement:
	"""A placement that breaks no hard rule, within a few percent of the best in a moment."""
	worth = _bid(problem, bids)
	best = valued(problem, np.full(problem.people, NOBODY, np.int64))
	for share in SHARES:
		opened = _opened(problem, worth, share)
		while len(opened):
			filling = _Filling(problem, opened)
			short = filling.run()
			Exchange(problem, filling.slot_of, np.random.default_rng(1)).run(exchanges)
			filling.open_more()
			placement = filling.placement()
			if not faults(problem, placement.slot_of) and placement.better_than(best):
				best = placement
			if not len(short):
				break
			# Close half of those that stay too small and let their people go elsewhere.
			short = short[np.lexsort((short, worth[short]))]
			opened = np.setdiff1d(opened, short[: max(1, len(short) // 2)])
	if best.placed:
		trading = Exchange(problem, best.slot_of.copy(), np.random.default_rng(1))
		trading.run(5 * exchanges)
		traded = valued(problem, trading.slot_of)
		if not faults(problem, traded.slot_of) and traded.better_than(best):
			best = traded
	return best


def _bid(problem: Problem, rounds: int) -> Floats:
	"""What each slot is worth after people in demand have become dear: the mean over the last rounds."""
	size = max(1, min(int(problem.most.max(initial=1)), problem.people))
	price = np.zeros(problem.people, np.float32)
	people, fit = _liked(problem, max(size, _LIKED))
	total = np.zeros(problem.slots)
	for step in range(rounds):
		gain = fit - price[people]
		best = np.argpartition(-gain, size - 1, axis=1)[:, :size]
		values = np.take_along_axis(gain, best, axis=1)
		wanted = values > -problem.top
		worth = np.where(wanted, values, 0.0).sum(1)
		if step >= rounds // 2:
			total += worth
		open_ = np.zeros(problem.slots, bool)
		open_[_within_limits(problem, worth)] = True
		chosen = np.take_along_axis(people, best, axis=1)[wanted & open_[:, None]]
		demand = np.bincount(chosen, minlength=problem.people)
		price += np.float32(problem.top * 0.25 / (1 + step)) * np.clip(demand - 1, -1, 3)
	return total / max(1, rounds - rounds // 2)


def _liked(problem: Problem, count: int) -> tuple[Ints, NDArray[np.float32]]:
	"""For each slot the people it would like most, and their points: slots × `count` at the most."""
	fit = np.where(problem.allowed, problem.fit, NEVER).astype(np.float32)
	if problem.people <= count:
		return np.broadcast_to(np.arange(problem.people), fit.shape), fit
	people = np.argpartition(-fit, count - 1, axis=1)[:, :count]
	return people, np.take_along_axis(fit, people, axis=1)


def _within_limits(problem: Problem, worth: Floats) -> Ints:
	"""The best slots of each mentor, as many as the mentor may lead."""
	order = np.lexsort((np.arange(problem.slots), -worth, problem.mentor_of))
	rank = np.arange(problem.slots) - np.searchsorted(problem.mentor_of[order], problem.mentor_of[order])
	fits = problem.most[order] >= problem.least
	return np.sort(order[fits & (rank < problem.groups_of[problem.mentor_of[order]])])


def _opened(problem: Problem, worth: Floats, share: float) -> Ints:
	"""The slots to try: no more than people and hard needs allow, a `share` of that, the best ones."""
	candidates = _within_limits(problem, worth)
	some = int(problem.allowed.any(axis=0).sum())
	limit = some // problem.least
	for need in problem.needs:
		if need.is_hard:
			limit = min(limit, int((need.has & problem.allowed).any(axis=0).sum()))
	count = min(len(candidates), max(1, round(share * limit)))
	order = np.lexsort((candidates, -worth[candidates]))
	return np.sort(candidates[order[:count]])


class _Filling:
	"""Open slots that fill up round by round; `slot_of` is what has come of it."""

	def __init__(self, problem: Problem, opened: Ints):
		self.problem = problem
		self.opened = opened
		self.slot_of = np.full(problem.people, NOBODY, np.int64)
		self.size = np.zeros(problem.slots, np.int64)
		self.barred = ~problem.allowed[opened]
		self.fit = problem.fit[opened].astype(float)
		self.clashes_of: list[list[int]] = [[] for _ in range(problem.people)]
		for number, (members, _penalty) in enumerate(problem.clashes):
			for person in members.tolist():
				self.clashes_of[person].append(number)
		pinned = problem.pinned if len(problem.pinned) else np.zeros(problem.people, bool)
		self.fit += np.where(pinned, 5.0 * problem.top, 0.0)[None, :]

	def run(self) -> Ints:
		"""Fill the slots; returns those that stay too small or lack something they can't do without."""
		problem = self.problem
		for need in sorted(problem.needs, key=lambda need: not need.is_hard):
			has = np.broadcast_to(need.has, problem.fit.shape)[self.opened]
			bonus = NEVER if need.is_hard else float(need.penalty or 0)
			lacking = ~self._met(has)
			if need.is_hard:
				self._round(lacking, has)
			elif bonus:
				# A soft need is met while the group is still to be filled up anyway.
				self._round(lacking & (self.size[self.opened] < problem.least), has)
		for _ in range(problem.least):
			self._round(self.size[self.opened] < problem.least, None)
		short = self._short()
		self._empty(short)
		for _ in range(int(problem.most.max(initial=0)) - problem.least):
			self._round(self._open_rows() & (self.size[self.opened] < problem.most[self.opened]), None)
		return short

	def open_more(self) -> None:
		"""Open further slots for those without a seat, with people whom larger groups can spare."""
		problem, slot_of = self.problem, self.slot_of
		out = (slot_of < 0)[None, :] & problem.allowed
		used = np.zeros(problem.slots, bool)
		used[slot_of[slot_of >= 0]] = True
		for slot in np.lexsort((np.arange(problem.slots), -out.sum(1))).tolist():
			mentor = problem.mentor_of[slot]
			mine = problem.slots_of[int(mentor)]
			waiting = np.flatnonzero(problem.allowed[slot] & (slot_of < 0))
			if used[slot] or not len(waiting) or used[mine].sum() >= problem.groups_of[mentor]:
				continue
			if problem.seats_of[mentor] - np.isin(slot_of, mine).sum() < problem.least:
				continue
			members = self._gather(slot, waiting)
			if members is not None:
				slot_of[members] = slot
				used[slot] = True

	def _gather(self, slot: int, waiting: Ints) -> list[int] | None:
		"""A group for this slot out of those who wait and those who can be spared, or None."""
		problem, slot_of = self.problem, self.slot_of
		sizes = np.bincount(slot_of[slot_of >= 0], minlength=problem.slots)
		spared = np.flatnonzero(problem.allowed[slot] & (slot_of >= 0))
		fit = problem.fit[slot]
		members: list[int] = []
		shrunk: dict[int, int] = {}

		def may_join(person: int) -> bool:
			for clash in self.clashes_of[person]:
				people, penalty = problem.clashes[clash]
				if penalty is None and np.isin(people, members).any():
					return False
			home = int(slot_of[person])
			if home < 0:
				return True
			if sizes[home] - shrunk.get(home, 0) <= problem.least or shrunk.get(home):
				return False
			others = np.flatnonzero((slot_of == home) & (np.arange(problem.people) != person))
			return all(
				need.has[home if len(need.has) > 1 else 0][others].any()
				for need in problem.needs
				if need.is_hard
			)

		def take(candidates: Ints, count: int) -> None:
			for person in candidates[np.lexsort((candidates, -fit[candidates]))].tolist():
				if count <= 0:
					return
				if person not in members and may_join(person):
					members.append(person)
					count -= 1
					if slot_of[person] >= 0:
						shrunk[int(slot_of[person])] = 1

		for need in problem.needs:
			has = need.has[slot if len(need.has) > 1 else 0]
			if need.is_hard and not has[members].any():
				take(waiting[has[waiting]], 1)
				if not has[members].any():
					take(spared[has[spared]], 1)
				if not has[members].any():
					return None
		take(waiting, int(problem.most[slot]) - len(members))
		take(spared, problem.least - len(members))
		return members if problem.least <= len(members) <= problem.most[slot] else None

	def placement(self) -> Placement:
		return valued(self.problem, self.slot_of.copy())

	def _open_rows(self) -> Bools:
		return self.size[self.opened] > 0

	def _met(self, has: Bools) -> Bools:
		met = np.zeros(len(self.opened), bool)
		row = self._rows()
		seated = np.flatnonzero(self.slot_of >= 0)
		at = row[self.slot_of[seated]]
		met[at[has[at, seated]]] = True
		return met

	def _rows(self) -> Ints:
		row = np.zeros(self.problem.slots, np.int64)
		row[self.opened] = np.arange(len(self.opened))
		return row

	def _short(self) -> Ints:
		problem = self.problem
		bad = self.size[self.opened] < problem.least
		for need in problem.needs:
			if need.is_hard:
				bad |= ~self._met(np.broadcast_to(need.has, problem.fit.shape)[self.opened])
		return self.opened[bad]

	def _empty(self, slots: Ints) -> None:
		self.slot_of[np.isin(self.slot_of, slots)] = NOBODY
		self.size[slots] = 0

	def _round(self, which: Bools, has: Bools | None) -> None:
		"""Give one person to each of these slots (rows of `opened`), the best way; `has`: only those."""
		rows = np.flatnonzero(which)
		# Mentors with several open slots share their seats.
		left = self.problem.seats_of.copy()
		np.subtract.at(left, self.problem.mentor_of, self.size)
		rows = rows[left[self.problem.mentor_of[self.opened[rows]]] > 0]
		free = np.flatnonzero(self.slot_of < 0)
		if not len(rows) or not len(free):
			return
		grid = np.ix_(rows, free)
		worth = self.fit[grid]
		no = self.barred[grid] if has is None else self.barred[grid] | ~has[grid]
		worth = np.where(no, NEVER, worth)
		row, column = linear_sum_assignment(worth, maximize=True)
		fine = worth[row, column] > NEVER / 2
		for r, person in zip(rows[row[fine]].tolist(), free[column[fine]].tolist(), strict=True):
			slot = int(self.opened[r])
			if left[self.problem.mentor_of[slot]] <= 0:
				continue
			left[self.problem.mentor_of[slot]] -= 1
			self.slot_of[person] = slot
			self.size[slot] += 1
			for clash in self.clashes_of[person]:
				members, penalty = self.problem.clashes[clash]
				if penalty is None:
					self.barred[r, members] = True
				else:
					self.fit[r, members] -= penalty
