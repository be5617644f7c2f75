"""The forming of groups as numbers: what the linear program, the search and the preview work on.

A *slot* is a group that may come into being: a mentor together with one language in which the whole
group can talk. A mentor with two languages has up to two slots, of which at most as many open as the
mentor may lead groups. Rows are slots, columns are people (mentees), both in a fixed order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

NOBODY = -1


@dataclass(frozen=True)
class Need:
	"""Every open slot has at least one of these people; without one it costs `penalty` points.

	`has` is slots × people (or 1 × people, when it is the same for every slot); `penalty` None means
	that the slot can't open without.
	"""

	name: str
	has: Bools
	penalty: int | None = None

	@property
	def is_hard(self) -> bool:
		return self.penalty is None


@dataclass(frozen=True)
class Problem:
	"""Who could sit where, for how many points, and what a group must look like.

	`fit` (slots × people) are points, integers; `allowed` says which seats are possible at all.
	`opening` are the points for opening a slot, 0 or less. `most` is the largest size of each slot, at
	most `size_max`; `least` the smallest size of any group. `mentor_of` numbers the mentor of a slot,
	`groups_of` says how many groups each mentor may lead, `seats_of` how many people over all of them.
	`apart` are sets of people of whom one group takes at most one; each further one costs
	`apart_penalty` points (None: never). `never_together` are such sets that always hold.
	`priority` are further points for placing a person, above all fit: pinned people come first.
	"""

	fit: Ints
	allowed: Bools
	opening: Ints
	most: Ints
	least: int
	mentor_of: Ints
	groups_of: Ints
	seats_of: Ints
	needs: tuple[Need, ...] = ()
	apart: tuple[Ints, ...] = ()
	apart_penalty: int | None = None
	never_together: tuple[Ints, ...] = ()
	pinned: Bools = field(default_factory=lambda: np.zeros(0, bool))

	@property
	def slots(self) -> int:
		return self.fit.shape[0]

	@property
	def people(self) -> int:
		return self.fit.shape[1]

	@cached_property
	def top(self) -> int:
		"""The most points that one seat can bring, at least 1."""
		return max(1, int(self.fit.max(initial=1, where=self.allowed)))

	@cached_property
	def place(self) -> Ints:
		"""Points for placing each person, in the objective of one program.

		Up to a hundred people, more than all others together can bring. Beyond, twenty times what a seat
		and its group can bring or cost, since solvers reckon with few digits: placing one person more is
		worth rearranging twenty others. That no more can be placed isn't left to it: see `counting`.
		"""
		pinned = self.pinned if len(self.pinned) else np.zeros(self.people, bool)
		times = self.people + 1 if self.people <= 100 else 20
		return np.where(pinned, 3 * times, times).astype(np.int64) * self._at_stake

	@cached_property
	def _at_stake(self) -> int:
		lowest = int(self.fit.min(initial=0, where=self.allowed))
		soft = sum(need.penalty or 0 for need in self.needs) + (self.apart_penalty or 0)
		return self.top - lowest + soft - int(self.opening.min(initial=0))

	@cached_property
	def clashes(self) -> tuple[tuple[Ints, int | None], ...]:
		"""Every set of people to keep apart, with its penalty (None: never)."""
		return (
			*((members, self.apart_penalty) for members in self.apart if len(members) > 1),
			*((members, None) for members in self.never_together if len(members) > 1),
		)

	@cached_property
	def slots_of(self) -> list[Ints]:
		"""The slots of each mentor."""
		return [np.flatnonzero(self.mentor_of == mentor) for mentor in range(len(self.groups_of))]

	@cached_property
	def several_slots(self) -> tuple[int, ...]:
		"""Mentors whose slots compete with each other."""
		return tuple(mentor for mentor, slots in enumerate(self.slots_of) if len(slots) > 1)


@dataclass(frozen=True)
class Placement:
	"""Which slot each person sits in (`NOBODY`: none), with what it is worth.

	`fit` are the points of the seats, `penalties` those of soft rules that are missed; `total` is what
	the engine makes as great as possible once `placed` is.
	"""

	slot_of: Ints
	placed: int
	fit: int
	penalties: int

	@property
	def total(self) -> int:
		return self.fit - self.penalties

	def better_than(self, other: Placement | None) -> bool:
		return other is None or (self.placed, self.total) > (other.placed, other.total)


def valued(problem: Problem, slot_of: Ints) -> Placement:
	"""Count people, points and penalties of a placement."""
	seated = np.flatnonzero(slot_of >= 0)
	slots = slot_of[seated]
	fit = int(problem.fit[slots, seated].sum())
	opened = np.unique(slots)
	penalties = -int(problem.opening[opened].sum())
	for need in problem.needs:
		if need.penalty:
			met = np.zeros(problem.slots, bool)
			has = np.broadcast_to(need.has, problem.fit.shape)
			met[slots[has[slots, seated]]] = True
			penalties += need.penalty * int((~met[opened]).sum())
	for members, penalty in problem.clashes:
		if penalty:
			where = slot_of[members]
			where = where[where >= 0]
			penalties += penalty * (len(where) - len(np.unique(where)))
	return Placement(slot_of, len(seated), fit, penalties)


def faults(problem: Problem, slot_of: Ints) -> list[tuple[str, int]]:
	"""Every hard rule that a placement breaks, as (rule, slot or mentor or person).

	Written against the meaning of the rules and not against the program that is solved, so that it
	can be asked whether the result is right.
	"""
	broken: list[tuple[str, int]] = []
	for person in np.flatnonzero(slot_of >= 0):
		if not problem.allowed[slot_of[person], person]:
			broken.append(("allowed", int(person)))
	sizes = np.bincount(slot_of[slot_of >= 0], minlength=problem.slots)
	for slot in np.flatnonzero(sizes):
		members = np.flatnonzero(slot_of == slot)
		if not problem.least <= len(members) <= problem.most[slot]:
			broken.append(("size", int(slot)))
		for need in problem.needs:
			has = need.has[slot if need.has.shape[0] > 1 else 0]
			if need.is_hard and not has[members].any():
				broken.append((need.name, int(slot)))
		together = set(members.tolist())
		for people, penalty in problem.clashes:
			if penalty is None and len(together.intersection(people.tolist())) > 1:
				broken.append(("apart", int(slot)))
	for mentor, slots in enumerate(problem.slots_of):
		if int((sizes[slots] > 0).sum()) > problem.groups_of[mentor]:
			broken.append(("groups", mentor))
		if int(sizes[slots].sum()) > problem.seats_of[mentor]:
			broken.append(("seats", mentor))
	return broken
