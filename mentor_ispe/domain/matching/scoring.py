"""The score of every pair, in whole points, and the parts it is the sum of.

A mentee's row of scores is the sum of a few rows of one table: one for all that concerns the place,
one for each topic wanted, and so on. So all pairs of a block of mentees are one sparse product in
small integers; what doesn't fit a table (employers, wishes, pairs ruled out) is written in afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mentor_ispe.domain.matching.criteria import EMPLOYER, KINDS, TOPICS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import LEAST_SCORE, MENTEE_WISH, MENTOR_WISH, NEVER, WAITING, Rules
from mentor_ispe.domain.matching.terms import (
	FORBIDDEN,
	EmployerTerm,
	TableTerm,
	TopicTerm,
	points_off,
	ruled_out,
	wish_points,
)

LONGEST_WAIT = 2
"""Cycles after which waiting gives all its points."""
_BLOCK = 2_000_000
"""Pairs (two bytes each) whose scores are reckoned at a time."""
_LARGEST_TABLE = 10_000_000
"""Entries (two bytes each) up to which tables of several criteria are merged, for speed."""


class Scores:
	"""Scores of `mentees` × `mentors` under `rules`; `forbidden` are pairs of names that may not be.

	Rows are mentees and columns mentors, in the order given. For peers, give the same people twice,
	as `people.as_peer` shows them.
	"""

	def __init__(
		self,
		mentees: Sequence[Candidate],
		mentors: Sequence[Candidate],
		rules: Rules,
		forbidden: Iterable[tuple[str, str]] = (),
	):
		self.mentees, self.mentors, self.rules = mentees, mentors, rules
		self.full_points = rules.points
		self.points_off = points_off(rules)
		self.tables = [
			TableTerm.of(kind, mentees, mentors, rules)
			for kind in KINDS
			if KINDS[kind].has_table and self._asks(kind)
		]
		points = self.full_points
		self.topics = TopicTerm(mentees, mentors, points.get(TOPICS, 0)) if self._asks(TOPICS) else None
		self.employer = (
			EmployerTerm(mentees, mentors, points.get(EMPLOYER, 0)) if self._asks(EMPLOYER) else None
		)
		# Those with ways of their own, by kind.
		terms: dict[str, TopicTerm | EmployerTerm | None] = {TOPICS: self.topics, EMPLOYER: self.employer}
		self.terms = {kind: term for kind, term in terms.items() if term is not None}
		self.wishes = self._wishes()
		self.never = ruled_out(mentees, mentors, forbidden)
		waited = np.fromiter((person.waited for person in mentees), dtype=np.int64, count=len(mentees))
		self.waiting = np.minimum(waited, LONGEST_WAIT) * self.full_points.get(WAITING, 0) // LONGEST_WAIT
		self.least = rules.least
		self._imagined = _Imagined.among(mentees, mentors)
		self._left, self._right = self._product()
		self._all: np.ndarray | None = None

	@property
	def shape(self) -> tuple[int, int]:
		return len(self.mentees), len(self.mentors)

	def block(self, rows: slice | np.ndarray) -> np.ndarray:
		"""Scores of these mentees with every mentor, 16 bits each; negative: the pair may not be."""
		if len(self.mentees) * len(self.mentors) > _BLOCK:
			return self._reckoned(rows)
		# They fit one block: reckoned once.
		if self._all is None:
			self._all = self._reckoned(slice(0, len(self.mentees)))
		return self._all[rows].copy() if isinstance(rows, slice) else self._all[rows]

	def _reckoned(self, rows: slice | np.ndarray) -> np.ndarray:
		scores = self._left[rows] @ self._right
		if self.employer is not None:
			apart = self.rules.is_hard(EMPLOYER)
			self.employer.add_to(scores, rows, -self.points_off if apart else -self.employer.full)
		if self.topics is not None and self.rules.is_hard(TOPICS):
			scores += self.topics.broken_block(rows) * np.int16(-self.points_off)
		for table in self.wishes.values():
			row, column, points = _entries(table, rows)
			scores[row, column] += points
		row, column, _ones = _entries(self.never, rows)
		scores[row, column] = FORBIDDEN
		if self.least:
			np.putmask(scores, self._too_low(scores, rows), FORBIDDEN)
		return scores

	def _too_low(self, scores: np.ndarray, rows: slice | np.ndarray) -> np.ndarray:
		"""Which of these scores of `rows` with every mentor are below the minimum."""
		low = scores < self.least
		if self._imagined is not None:
			low[self._imagined.rows[rows]] = False
			low[:, self._imagined.columns] = False
		return low

	def product(self, columns: np.ndarray) -> np.ndarray:
		"""Scores of every mentee with these mentors, but for wishes, employers and pairs ruled out."""
		return self._left @ self._right[:, columns]

	def blocks(self, size: int | None = None) -> Iterator[tuple[slice, np.ndarray]]:
		"""All scores, `size` mentees at a time: (rows, scores)."""
		step = size or max(1, _BLOCK // max(1, len(self.mentors)))
		for start in range(0, len(self.mentees), step):
			rows = slice(start, min(start + step, len(self.mentees)))
			yield rows, self.block(rows)

	def matrix(self) -> np.ndarray:
		"""All scores at once, for small lists: 32 bits each."""
		scores = np.zeros(self.shape, dtype=np.int32)
		for rows, block in self.blocks():
			scores[rows] = block
		return scores

	def parts(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
		"""The named parts of the scores of these pairs; a pair's parts add up to its score."""
		parts = {
			term.kind: term.points(rows, columns) for term in self.tables if term.kind in self.full_points
		}
		for kind, own in self.terms.items():
			if kind in self.full_points:
				parts[kind] = own.points(rows, columns)
		for name, table in self.wishes.items():
			parts[name] = cells(table, rows, columns)
		if WAITING in self.full_points:
			parts[WAITING] = self.waiting[rows]
		return {name: parts[name].astype(np.int64) for name in self.full_points if name in parts}

	def scores(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		"""The points of these pairs, without regard to hard rules."""
		return sum(self.parts(rows, columns).values(), np.zeros(len(rows), dtype=np.int64))

	def broken(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
		"""For each hard rule by name (NEVER last), whether these pairs break it."""
		broken = {term.kind: term.broken(rows, columns) for term in self.tables if term.is_hard}
		for kind, own in self.terms.items():
			if self.rules.is_hard(kind):
				broken[kind] = own.broken(rows, columns)
		if self.least:
			broken[LEAST_SCORE] = self._below(rows, columns)
		return {**broken, NEVER: cells(self.never, rows, columns) != 0}

	def _below(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		"""Whether the points of these pairs, without regard to hard rules, are below the minimum."""
		below = self.scores(rows, columns) < self.least
		if self._imagined is not None:
			below &= ~(self._imagined.rows[rows] | self._imagined.columns[columns])
		return below

	def broken_between(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
		"""The same for each of these mentees with each of these mentors: rows × columns."""
		broken = {term.kind: term.broken_between(rows, columns) for term in self.tables if term.is_hard}
		for kind, own in self.terms.items():
			if self.rules.is_hard(kind):
				broken[kind] = own.broken_between(rows, columns)
		if self.least:
			every = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
			broken[LEAST_SCORE] = self._below(*every).reshape(len(rows), len(columns))
		never = np.zeros((len(rows), len(self.mentors)), dtype=bool)
		row, column, _ones = _entries(self.never, rows)
		never[row, column] = True
		return {**broken, NEVER: never[:, columns]}

	def allowed(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		"""Whether these pairs break no hard rule."""
		return ~np.logical_or.reduce(list(self.broken(rows, columns).values()))

	# Setting up -------------------------------------------------------------------------------

	def _asks(self, kind: str) -> bool:
		return kind in self.full_points or self.rules.is_hard(kind)

	def _wishes(self) -> dict[str, sparse.csr_array]:
		tables = {}
		if MENTEE_WISH in self.full_points:
			row, column, points = wish_points(self.mentees, self.mentors, self.full_points[MENTEE_WISH])
			tables[MENTEE_WISH] = sparse.csr_array((points, (row, column)), shape=self.shape)
		if MENTOR_WISH in self.full_points:
			column, row, points = wish_points(self.mentors, self.mentees, self.full_points[MENTOR_WISH])
			tables[MENTOR_WISH] = sparse.csr_array((points, (row, column)), shape=self.shape)
		return tables

	def _product(self) -> tuple[sparse.csr_array, np.ndarray]:
		"""The two factors whose product is the score, but for what `block` writes in afterwards."""
		pieces = [_as_piece(term) for term in self.tables]
		pieces.sort(key=lambda piece: len(piece[1]))
		merged: list[tuple[np.ndarray, np.ndarray]] = []
		for codes, rows in pieces:
			together = _merge(merged[-1], (codes, rows)) if merged else None
			if together is None:
				merged.append((codes, rows))
			else:
				merged[-1] = together
		for_all = self.waiting + (self.full_points.get(EMPLOYER, 0))
		count = len(self.mentees)
		left = [sparse.csr_array(for_all.astype(np.int16)[:, None])]
		right = [np.ones((1, len(self.mentors)), dtype=np.int16)]
		for codes, rows in merged:
			one = (np.ones(count, dtype=np.int16), codes, np.arange(count + 1))
			left.append(sparse.csr_array(one, shape=(count, len(rows))))
			right.append(rows)
		if self.topics is not None and TOPICS in self.full_points:
			left.append(self.topics.wants)
			right.append(self.topics.table)
		return sparse.csr_array(sparse.hstack(left, format="csr", dtype=np.int16)), np.vstack(right)


@dataclass(frozen=True)
class _Imagined:
	"""Who of the mentees and of the mentors is imagined."""

	rows: np.ndarray
	columns: np.ndarray

	@classmethod
	def among(cls, mentees: Sequence[Candidate], mentors: Sequence[Candidate]) -> _Imagined | None:
		rows, columns = (
			np.fromiter((person.is_imagined for person in side), dtype=bool, count=len(side))
			for side in (mentees, mentors)
		)
		return cls(rows, columns) if rows.any() or columns.any() else None


def _entries(table: sparse.csr_array, rows: slice | np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
	"""(row, column, value) of what stands in these rows, which count from 0."""
	if isinstance(rows, slice) and rows.step is None:
		ends = table.indptr[rows.start : rows.stop + 1]
		part = slice(ends[0], ends[-1])
		return np.repeat(np.arange(len(ends) - 1), np.diff(ends)), table.indices[part], table.data[part]
	found = table[rows].tocoo()
	return found.row, found.col, found.data


def cells(table: sparse.csr_array, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
	"""The entries of a sparse table at these places, one each."""
	if not len(rows) or not table.nnz:
		return np.zeros(len(rows), dtype=np.int64)
	return np.asarray(table[rows, columns]).ravel().astype(np.int64)


def _as_piece(term: TableTerm) -> tuple[np.ndarray, np.ndarray]:
	"""A table term as a code for each mentee and, for each code, the scores with every mentor."""
	return term.mentee_codes, term.cells[:, term.mentor_codes]


def _merge(
	one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray] | None:
	"""Two pieces as one with a code for every combination there is; None when that grows too large."""
	width = len(other[1])
	combinations, codes = np.unique(one[0].astype(np.int64) * width + other[0], return_inverse=True)
	room = min(_LARGEST_TABLE // max(1, one[1].shape[1]), 64 + len(codes) // 8)
	if len(combinations) > room:
		return None
	return codes.astype(np.int32), one[1][combinations // width] + other[1][combinations % width]
