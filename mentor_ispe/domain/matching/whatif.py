"""What would place the unmatched: more seats somewhere, or one rule waived. Computed by chains.

One more seat places somebody when a chain leads from an unmatched mentee to it: the mentee takes a
seat whose holder takes another's, and so on. Chains are searched among all pairs that may be while
there are few, and in a large match among those that the engine looked at, where the number found can
really be placed, though more might.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence

import numpy as np

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.market import NOBODY, Market
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Remedy
from mentor_ispe.domain.violations import _

MOST_REMEDIES = 6
_GROUPS_TRIED = 6
_ROWS_READ = 2_000
"""Mentees whose pairs are all read; beyond, those the engine looked at stand for them."""

Mentors = Callable[[int], Sequence[int]]
"""For a mentee's row the columns of mentors with whom they may be."""


class Chains:
	"""An assignment in which more mentees are placed, one after the other, while chains can be found."""

	def __init__(self, assigned: np.ndarray, seats: np.ndarray, mentors_of: Mentors):
		self.mentors_of = mentors_of
		self._seats = seats
		self._holders: dict[int, set[int]] = {}
		for row in np.flatnonzero(assigned != NOBODY):
			self._holders.setdefault(int(assigned[row]), set()).add(int(row))
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
				holders = self._holders.setdefault(column, set())
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
			self._holders[column].add(mover)
			if source != NOBODY:
				self._holders[source].discard(mover)
			column = source


class WhatIf:
	"""Remedies for one finished assignment."""

	def __init__(self, market: Market, assigned: np.ndarray, known: Mentors):
		self.market, self.assigned, self._known = market, assigned, known
		self.lone = np.flatnonzero(assigned == NOBODY).tolist()
		self._offered = np.flatnonzero(market.seats > 0)
		self._read: dict[int, Sequence[int]] = {}

	def remedies(self) -> tuple[Remedy, ...]:
		"""The changes that place most, best first; at most MOST_REMEDIES."""
		if not self.lone or not len(self._offered):
			return ()
		found = [*self._more_seats(), *self._waived_rules()]
		found.sort(key=lambda remedy: (-remedy.places, remedy.words.code, str(remedy.words)))
		return tuple(found[:MOST_REMEDIES])

	def _mentors(self, row: int) -> Sequence[int]:
		if row not in self._read:
			if len(self._read) >= _ROWS_READ:
				return self._known(row)
			block = self.market.scores.block(slice(row, row + 1))[0]
			self._read[row] = self._offered[block[self._offered] >= 0].tolist()
		return self._read[row]

	def _placed(self, seats: np.ndarray, mentors_of: Mentors) -> list[int]:
		chains = Chains(self.assigned, seats, mentors_of)
		return [row for row in self.lone if chains.place(row)]

	def _more_seats(self) -> list[Remedy]:
		found = []
		mentors = self.market.scores.mentors
		for kind, message in (
			("Industry", _("{seats} more seats with mentors in {value} place {places} of {unmatched}.")),
			("Country", _("{seats} more seats with mentors in {value} place {places} of {unmatched}.")),
		):
			value_of = KINDS[kind].value
			wanted = Counter(
				value
				for row in self.lone
				for value in {value_of(mentors[column]) for column in self._mentors(row)}
			)
			wanted.pop("", None)
			tried = sorted(wanted, key=lambda value: (-wanted[value], value))[:_GROUPS_TRIED]
			for value in tried:
				seats = self.market.seats.copy()
				group = [column for column in self._offered if value_of(mentors[column]) == value]
				seats[group] += len(self.lone)
				placed = self._placed(seats, self._mentors)
				found.append(
					self._remedy(f"seats_{kind.lower()}", message, placed, seats=len(placed), value=value)
				)
		return [remedy for remedy in found if remedy.places]

	def _waived_rules(self) -> list[Remedy]:
		held = Counter(self.assigned[self.assigned != NOBODY].tolist())
		if all(held[column] >= self.market.seats[column] for column in self._offered.tolist()):
			return []
		found = []
		count = len(self._offered)
		broken = {row: self.market.scores.broken(np.full(count, row), self._offered) for row in self.lone}
		for rule in (*self.market.scores.rules.hard,):
			waived = {
				row: self._offered[
					~np.logical_or.reduce([at for name, at in rules.items() if name != rule])
				].tolist()
				for row, rules in broken.items()
			}
			placed = self._placed(
				self.market.seats, lambda row, waived=waived: waived.get(row) or self._mentors(row)
			)
			message = _("Waiving the rule {rule} for the unmatched places {places} of {unmatched}.")
			found.append(self._remedy("waive_rule", message, placed, rule=rule))
		return [remedy for remedy in found if remedy.places]

	def _remedy(self, code: str, message: str, placed: list[int], **params: object) -> Remedy:
		words = Reason(code, message, {**params, "places": len(placed), "unmatched": len(self.lone)})
		return Remedy(words, len(placed), tuple(self.market.scores.mentees[row].name for row in placed))
