"""What would place the unmatched: more seats somewhere, or one rule waived. Computed by chains.

One more seat places somebody when a chain leads from an unmatched mentee to it: the mentee takes a
seat whose holder takes another's, and so on. While pairs are few, chains are searched among all that
may be; in a large match only the mentee's own pairs count, and the number said can really be placed,
though chains might place more.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from mentor_ispe.domain.matching.criteria import KINDS, Kind
from mentor_ispe.domain.matching.pairs.assignment_problem import NOBODY, AssignmentProblem
from mentor_ispe.domain.matching.result import Suggestion
from mentor_ispe.domain.matching.rules import LEAST_SCORE
from mentor_ispe.domain.matching.suggestions import LOWER_MINIMUM, Change, Found, best_of
from mentor_ispe.domain.matching.terms import codes_of
from mentor_ispe.domain.violations import N_

_GROUPS_TRIED = 6
_EVERY_PAIR = 200_000
"""Up to so many pairs, chains are searched among all of them."""
_ROWS_AT_ONCE = 64

Mentors = Callable[[int], Sequence[int]]
"""For a mentee's row the columns of mentors with whom they may be."""


_NO_ONE: frozenset[int] = frozenset()


def holders_of(assigned: np.ndarray) -> dict[int, frozenset[int]]:
	"""Who is with each mentor, by the mentor's column."""
	holders: dict[int, list[int]] = {}
	for row, column in enumerate(assigned.tolist()):
		if column != NOBODY:
			holders.setdefault(column, []).append(row)
	return {column: frozenset(rows) for column, rows in holders.items()}


class Chains:
	"""An assignment in which more mentees are placed, one after the other, while chains can be found."""

	def __init__(self, holders: Mapping[int, frozenset[int]], seats: np.ndarray, mentors_of: Mentors):
		"""`holders` are the mentees' rows by mentor's column, for mentors who have any."""
		self.mentors_of = mentors_of
		self._seats = seats
		self._holders = dict(holders)
		self._dead: set[int] = set()

	def place(self, row: int) -> bool:
		"""Place an unmatched mentee if a chain leads to a free seat; nobody placed loses their place."""
		came: dict[int, tuple[int, int]] = {}
		queue = deque([(row, NOBODY)])
		while queue:
			mover, source = queue.popleft()
			for column in self.mentors_of(mover):
				if column in came or column in self._dead:
					continue
				came[column] = mover, source
				holders = self._holders.get(column, _NO_ONE)
				if len(holders) < self._seats[column]:
					self._follow(column, came)
					return True
				queue.extend((holder, column) for holder in sorted(holders))
		# From here no seat is ever reached: whoever comes this way later needn't look again.
		self._dead.update(came)
		return False

	def _follow(self, column: int, came: dict[int, tuple[int, int]]) -> None:
		while column != NOBODY:
			mover, source = came[column]
			self._holders[column] = self._holders.get(column, _NO_ONE) | {mover}
			if source != NOBODY:
				self._holders[source] -= {mover}
			column = source


class Suggestions:
	"""Remedies for one finished assignment."""

	def __init__(self, problem: AssignmentProblem, assigned: np.ndarray):
		self.problem, self.assigned = problem, assigned
		self._holders = holders_of(assigned)
		self.lone = np.flatnonzero(assigned == NOBODY).tolist()
		self._offered = np.flatnonzero(problem.seats > 0)
		self._all_read = np.prod(problem.scores.shape) <= _EVERY_PAIR
		rows = range(len(assigned)) if self._all_read else self.lone
		self._allowed = self._read(rows) if self.lone and len(self._offered) else {}

	def suggestions(self) -> tuple[Suggestion, ...]:
		"""The changes that place most, best first; at most MOST_OF_A_KIND of each kind."""
		if not self._allowed:
			return ()
		found = [*self._waived_rules()]
		for kind in KINDS.values():
			if kind.more_seats:
				found += self._more_seats(kind)
		return tuple(one.suggestion for one in best_of(found))

	def _read(self, rows: Sequence[int]) -> dict[int, np.ndarray]:
		"""For each of these mentees all mentors with seats with whom they may be."""
		allowed: dict[int, np.ndarray] = {}
		for start in range(0, len(rows), _ROWS_AT_ONCE):
			part = np.asarray(rows[start : start + _ROWS_AT_ONCE])
			block = self.problem.scores.block(part)[:, self._offered] >= 0
			allowed.update((int(row), self._offered[line]) for row, line in zip(part, block, strict=True))
		return allowed

	def _mentors(self, row: int) -> Sequence[int]:
		return self._allowed[row].tolist() if self._all_read else ()

	def _mentors_besides(self, waived: Mapping[int, list[int]], row: int) -> Sequence[int]:
		return (*waived.get(row, ()), *self._mentors(row))

	def _more_seats(self, kind: Kind) -> Iterator[Found]:
		"""What seats without end with the mentors of one value of this kind would place."""
		codes: dict[object, int] = {}
		group_of = codes_of(self.problem.scores.mentors, kind.value, codes)
		near = {row: set(group_of[self._allowed[row]].tolist()) for row in self.lone}
		wanted = Counter(group for groups in near.values() for group in groups)
		values = {group: str(value) for value, group in codes.items() if value}
		tried = sorted(wanted.keys() & values.keys(), key=lambda group: (-wanted[group], values[group]))
		for group in tried[:_GROUPS_TRIED]:
			# Whoever may be with a mentor of the group is placed at once; the others need a chain.
			placed = [row for row in self.lone if group in near[row]]
			seats = self.problem.seats + (group_of == group) * (self.problem.seats > 0) * len(self.lone)
			if self._all_read:
				chains = Chains(self._holders, seats, self._mentors)
				placed += [row for row in self.lone if group not in near[row] and chains.place(row)]
			params = {"count": len(placed), "value": values[group]}
			yield self._found(f"seats_{kind.code}", kind.more_seats, sorted(placed), params)

	def _waived_rules(self) -> Iterator[Found]:
		"""What waiving one hard rule for the unmatched would place on the seats that are free."""
		matched = self.assigned[self.assigned != NOBODY]
		free = self.problem.seats - np.bincount(matched, minlength=len(self.problem.seats))
		open_ = np.flatnonzero(free > 0)
		free_for = self._free_without(open_) if len(open_) else {}
		for rule, waived in free_for.items():
			chains = Chains(self._holders, self.problem.seats, partial(self._mentors_besides, waived))
			placed = [row for row in self.lone if row in waived and chains.place(row)]
			if placed:
				message = N_(
					"Don't require the rule {rule} for the unmatched: {places} of {unmatched} could be matched."
				)
				if rule == LEAST_SCORE:
					message = LOWER_MINIMUM
				yield self._found("waive_rule", message, placed, {"rule": rule})

	def _free_without(self, open_: np.ndarray) -> dict[str, dict[int, list[int]]]:
		"""For each hard rule, and each unmatched mentee who then has any, the mentors of `open_` that only
		this rule keeps from them."""
		found: dict[str, dict[int, list[int]]] = {rule: {} for rule in self.problem.scores.rules.waivable}
		for start in range(0, len(self.lone), _ROWS_AT_ONCE):
			rows = self.lone[start : start + _ROWS_AT_ONCE]
			broken = self.problem.scores.broken_between(np.asarray(rows), open_)
			many = np.add.reduce([at.astype(np.int8) for at in broken.values()])
			for rule, known in found.items():
				fits = many == broken[rule]
				for line in np.flatnonzero(fits.any(axis=1)).tolist():
					known[rows[line]] = open_[fits[line]].tolist()
		return found

	def _found(self, code: str, message: str, placed: list[int], params: dict[str, object]) -> Found:
		change = Change(code, message, self.problem.scores.rules, params)
		names = [self.problem.scores.mentees[row].name for row in placed]
		return Found(change, change.suggestion(names, len(self.lone)))
