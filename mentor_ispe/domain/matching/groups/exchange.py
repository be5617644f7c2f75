"""Trading seats between all groups at once.

One person of every group stands up, and everybody without a seat joins them. The places they left, and
free ones in groups with room, are handed out anew, all together, by an assignment problem: every chain
of moves is possible, as long as each group is touched once. A few dozen of these take a placement that
was put together in a hurry to within a few percent of the best.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from mentor_ispe.domain.matching.groups.problem import NOBODY, Bools, Floats, Ints, Problem

NEVER = -1e12


class Exchange:
	"""Changes `slot_of` in place; open slots stay open, no hard rule that holds gets broken."""

	def __init__(self, problem: Problem, slot_of: Ints, random: np.random.Generator):
		self.problem, self.slot_of, self.random = problem, slot_of, random
		self.place = float(problem.top) * 20.0
		self.hard = _incidence(problem, [m for m, penalty in problem.clashes if penalty is None])
		self.soft = _incidence(problem, [m for m, penalty in problem.clashes if penalty])
		self.pinned = problem.pinned if len(problem.pinned) else np.zeros(problem.people, bool)

	def run(self, rounds: int) -> None:
		for _round in range(rounds):
			self.once()

	def once(self) -> None:
		"""Stand up one of each group, hand out the places."""
		problem, slot_of = self.problem, self.slot_of
		seated = np.flatnonzero((slot_of >= 0) & ~self.pinned)
		if not len(seated):
			return
		slots, sizes = np.unique(slot_of[slot_of >= 0], return_counts=True)
		roomy = slots[(sizes < problem.most[slots]) & self._seats_left(slots)]
		# A group with room offers that, or has somebody stand up: not both, they might clash.
		roomy = roomy[self.random.random(len(roomy)) < 0.5]
		takers = seated[~np.isin(slot_of[seated], roomy)]
		taken = self._weakest(takers)
		out = np.flatnonzero((slot_of < 0) & problem.allowed.any(axis=0))
		people = np.concatenate([taken, out])
		places = np.concatenate([slot_of[taken], roomy])
		if not len(places):
			return
		worth = self._worth(people, places, taken)
		# Whoever had a seat gets one, and every place that was left is taken.
		worth[: len(taken)] += self.place
		worth[:, : len(taken)] += self.place
		row, column = linear_sum_assignment(worth, maximize=True)
		fine = worth[row, column] > NEVER / 2
		before = slot_of[people].copy()
		slot_of[taken] = NOBODY
		slot_of[people[row[fine]]] = places[column[fine]]
		filled = np.isin(np.arange(len(taken)), column[fine])
		if (slot_of[taken] < 0).any() or not filled.all():
			slot_of[people] = before  # it can't be done: leave it as it was

	def _seats_left(self, slots: Ints) -> Bools:
		problem = self.problem
		left = problem.seats_of.astype(np.int64).copy()
		mentors = problem.mentor_of[self.slot_of[self.slot_of >= 0]]
		np.subtract.at(left, mentors, 1)
		# Two groups of one mentor would share the last seat.
		return left[problem.mentor_of[slots]] >= problem.groups_of[problem.mentor_of[slots]]

	def _weakest(self, people: Ints) -> Ints:
		"""One of each group: who brings little more often."""
		fit = self.problem.fit[self.slot_of[people], people].astype(float)
		key = fit + self.random.random(len(people)) * self.problem.top
		order = np.lexsort((key, self.slot_of[people]))
		_, first = np.unique(self.slot_of[people][order], return_index=True)
		return people[order[first]]

	def _worth(self, people: Ints, places: Ints, taken: Ints) -> Floats:
		"""People × places: points, less what soft rules cost; NEVER where a hard rule says so."""
		problem = self.problem
		stay = self.slot_of.copy()
		stay[taken] = NOBODY
		sitting = np.flatnonzero(stay >= 0)
		row = np.full(problem.slots, -1)
		row[places] = np.arange(len(places))
		at = row[stay[sitting]]
		inside = at >= 0
		shape = (len(places), problem.people)
		members = sparse.csr_array((np.ones(int(inside.sum())), (at[inside], sitting[inside])), shape=shape)
		worth = problem.fit[np.ix_(places, people)].T.astype(float)
		no = ~problem.allowed[np.ix_(places, people)].T
		if self.hard is not None:
			no |= (self.hard[people] @ (members @ self.hard).T).toarray() > 0
		if self.soft is not None:
			worth -= (problem.apart_penalty or 0) * np.minimum(
				(self.soft[people] @ (members @ self.soft).T).toarray(), 1
			)
		for need in problem.needs:
			has = np.broadcast_to(need.has, problem.fit.shape)
			met = np.zeros(len(places), bool)
			met[at[inside][has[stay[sitting[inside]], sitting[inside]]]] = True
			useful = has[np.ix_(places, people)].T
			if need.is_hard:
				no |= ~met[None, :] & ~useful
			else:
				worth += need.penalty * (~met[None, :] & useful)
		worth[no] = NEVER
		return worth


def _incidence(problem: Problem, sets: list[Ints]) -> sparse.csr_array | None:
	"""People × sets, 1 for those in a set."""
	if not sets:
		return None
	people = np.concatenate(sets)
	number = np.repeat(np.arange(len(sets)), [len(members) for members in sets])
	return sparse.csr_array((np.ones(len(people)), (people, number)), shape=(problem.people, len(sets)))
