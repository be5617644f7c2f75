"""The terms a score is the sum of: each knows its points for a pair, and which pairs it rules out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np
from scipy import sparse

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.people import MAX_WISHES, Candidate, positions
from mentor_ispe.domain.matching.rules import Rules

FORBIDDEN = -30_000
"""Stands for a pair that may not be; every score of a pair that may be is 0 or more."""
_ROOM = 30_000
"""What all hard criteria together may take off a score, so that it still fits 16 bits with its price."""
_FEW_HARD = 10
MOST_HARD = 25
TEACHES, KNOWS = 5, 3
"""A topic the mentor wishes to teach counts five fifths of its points, one merely known three."""


def points_off(rules: Rules) -> int:
	"""What each hard criterion that fails takes off a score: enough for it to be below 0 whatever the rest
	is, and little enough for 16 bits when all fail; ValueError for more of them than that goes for."""
	if len(rules.hard) > MOST_HARD:
		raise ValueError(f"more than {MOST_HARD} criteria are hard")
	return _ROOM // max(_FEW_HARD, len(rules.hard))


def codes_of(
	people: Sequence[Candidate], value_of: Callable[[Candidate], Hashable], known: dict[Hashable, int]
) -> np.ndarray:
	"""A number for each person's value; `known` grows by the values not seen before."""
	return numbered(list(map(value_of, people)), known)


def numbered(values: Sequence[Hashable], known: dict[Hashable, int]) -> np.ndarray:
	"""The same for the values themselves."""
	for value in dict.fromkeys(values):
		known.setdefault(value, len(known))
	return np.fromiter(map(known.__getitem__, values), dtype=np.int32, count=len(values))


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
	"""Each word once."""
	return words if len(set(words)) == len(words) else tuple(dict.fromkeys(words))


@dataclass(frozen=True)
class TableTerm:
	"""A criterion that compares one value of each side: points and whether it holds, by their codes."""

	kind: str
	mentee_codes: np.ndarray
	mentor_codes: np.ndarray
	table: np.ndarray
	holds: np.ndarray
	is_hard: bool
	points_off: int

	@classmethod
	def of(
		cls, kind: str, mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: Rules
	) -> TableTerm:
		left: dict[Hashable, int] = {}
		right: dict[Hashable, int] = {}
		mentee_codes = codes_of(mentees, KINDS[kind].value, left)
		mentor_codes = codes_of(mentors, KINDS[kind].value, right)
		share, holds = KINDS[kind].table(list(left), list(right), rules)
		table = np.rint(np.nan_to_num(share) * rules.points.get(kind, 0)).astype(np.int16)
		return cls(kind, mentee_codes, mentor_codes, table, holds, rules.is_hard(kind), points_off(rules))

	@property
	def cells(self) -> np.ndarray:
		"""Points, less `points_off` where a hard criterion fails: codes of mentees × codes of mentors."""
		return (self.table - (np.where(self.holds, 0, self.points_off) if self.is_hard else 0)).astype(
			np.int16
		)

	def points(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		return self.table[self.mentee_codes[rows], self.mentor_codes[columns]]

	def broken_between(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		"""Rows × columns."""
		return ~self.holds[self.mentee_codes[rows][:, None], self.mentor_codes[columns][None, :]]

	def broken(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		return ~self.holds[self.mentee_codes[rows], self.mentor_codes[columns]]


class TopicTerm:
	"""Points for each topic wanted that the mentor teaches or knows, the mentee's points shared evenly."""

	def __init__(self, mentees: Sequence[Candidate], mentors: Sequence[Candidate], points: int):
		number: dict[Hashable, int] = {}
		wanted = [_once(person.wants) for person in mentees]
		lengths = np.fromiter(map(len, wanted), dtype=np.int32, count=len(wanted))
		where = numbered(list(chain.from_iterable(wanted)), number)
		self.table = np.zeros((len(number), len(mentors)), dtype=np.int16)
		for named, value in ((attrgetter("knows"), KNOWS), (attrgetter("offers"), TEACHES)):
			topics = list(map(named, mentors))
			columns = np.repeat(np.arange(len(mentors)), np.fromiter(map(len, topics), int, len(topics)))
			rows = np.array([number.get(topic, -1) for topic in chain.from_iterable(topics)], dtype=np.int64)
			self.table[rows[rows >= 0], columns[rows >= 0]] = value
		self.wants = sparse.csr_array(
			(
				_shared_evenly(points // TEACHES, lengths).astype(np.int16),
				where,
				np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
			),
			shape=(len(mentees), len(number)),
		)
		self._counts = self.wants.copy()
		self._counts.data = np.ones_like(self.wants.data)

	def points(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		return self._sum(self.wants, rows, columns)

	def broken(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		return self._sum(self._counts, rows, columns) == 0

	def broken_block(self, rows: slice | np.ndarray) -> np.ndarray:
		return (self._counts[rows] @ self.table) == 0

	def broken_between(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		"""Rows × columns."""
		return (self._counts[rows] @ self.table[:, columns]) == 0

	def _sum(self, wants: sparse.csr_array, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		total = np.zeros(len(rows), dtype=np.int64)
		starts, lengths = wants.indptr[rows], np.diff(wants.indptr)[rows]
		for step in range(int(lengths.max(initial=0))):
			more = np.flatnonzero(lengths > step)
			entry = starts[more] + step
			total[more] += (
				wants.data[entry].astype(np.int64) * self.table[wants.indices[entry], columns[more]]
			)
		return total


def _shared_evenly(points: int, lengths: np.ndarray) -> np.ndarray:
	"""For each list of this length the points of its entries, in whole numbers: the first have the rest."""
	each, rest = np.divmod(points, np.maximum(lengths, 1))
	place = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
	return np.repeat(each, lengths) + (place < np.repeat(rest, lengths))


class EmployerTerm:
	"""Two people of one employer: ruled out, or without the points that all others get."""

	def __init__(self, mentees: Sequence[Candidate], mentors: Sequence[Candidate], points: int):
		known: dict[Hashable, int] = {"": 0}
		self.mentee_codes = codes_of(mentees, attrgetter("employer"), known)
		self.mentor_codes = codes_of(mentors, attrgetter("employer"), known)
		self.full = points
		# Mentors by employer; those who gave none are nobody's colleagues.
		self._by_employer = np.argsort(self.mentor_codes, kind="stable")
		self._ends = np.searchsorted(self.mentor_codes[self._by_employer], np.arange(len(known) + 1))

	def points(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		return np.where(self.broken(rows, columns), 0, self.full)

	def broken(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		left = self.mentee_codes[rows]
		return (left == self.mentor_codes[columns]) & (left > 0)

	def broken_between(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		"""Rows × columns."""
		left = self.mentee_codes[rows][:, None]
		return (left == self.mentor_codes[columns][None, :]) & (left > 0)

	def add_to(self, scores: np.ndarray, rows: slice | np.ndarray, value: int) -> None:
		"""Add `value` where mentee and mentor have one employer."""
		codes = self.mentee_codes[rows]
		first = self._ends[codes]
		counts = np.where(codes > 0, self._ends[codes + 1] - first, 0)
		ends = np.cumsum(counts)
		within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
		columns = self._by_employer[np.repeat(first, counts) + within]
		scores[np.repeat(np.arange(len(codes)), counts), columns] += value


def wish_points(
	choosers: Sequence[Candidate], chosen: Sequence[Candidate], points: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
	"""(chooser, chosen, points) for every ranked wish: all points for the first, a fifth for the fifth."""
	where = positions(chosen)
	found = {
		(index, where[name]): points * (MAX_WISHES - rank) // MAX_WISHES
		for index, person in enumerate(choosers)
		if person.wishes
		for rank, name in reversed(list(enumerate(person.wishes[:MAX_WISHES])))
		if name in where
	}
	pairs = np.array(list(found), dtype=np.int64).reshape(-1, 2)
	return pairs[:, 0], pairs[:, 1], np.array(list(found.values()), dtype=np.int16)


def ruled_out(
	mentees: Sequence[Candidate], mentors: Sequence[Candidate], forbidden: Iterable[tuple[str, str]]
) -> sparse.csr_array:
	"""1 for every pair that may never be: oneself, refused by either, or forbidden by name."""
	mentee_at, mentor_at = positions(mentees), positions(mentors)
	pairs = {
		(mentee_at[left], mentor_at[right])
		for left, right in forbidden
		if left in mentee_at and right in mentor_at
	}
	pairs |= {
		(row, mentor_at[name])
		for row, person in enumerate(mentees)
		for name in person.refuses
		if name in mentor_at
	}
	pairs |= {
		(mentee_at[name], column)
		for column, person in enumerate(mentors)
		for name in person.refuses
		if name in mentee_at
	}
	itself = {person.person: row for row, person in enumerate(mentees) if person.person}
	pairs |= {
		(itself[person.person], column) for column, person in enumerate(mentors) if person.person in itself
	}
	where = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
	ones = np.ones(len(where), dtype=np.int16)
	return sparse.csr_array((ones, (where[:, 0], where[:, 1])), shape=(len(mentees), len(mentors)))
