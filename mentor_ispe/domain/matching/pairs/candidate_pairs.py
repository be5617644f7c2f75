"""The few pairs of each mentee that a best assignment is likely to use, found by guessed prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mentor_ispe.domain.matching.pairs.assignment_problem import AssignmentProblem, take_off
from mentor_ispe.domain.matching.terms import FORBIDDEN

_SAMPLE_PAIRS = 10_000_000
_SAMPLE_ROWS = 500
_TEMPERATURE = 30.0
"""Points within which a mentee's choice is blurred while prices are guessed."""
_ROUNDS = 8
_SAMPLE_COLUMNS = 1_000
_TOO_FEW, _ENOUGH = 6, 12
"""A mentor whom fewer mentees would choose, for each seat, gets so many more."""
_COLUMNS_AT_ONCE = 400
_MOST_PRICE = 900


@dataclass(frozen=True)
class CandidatePairs:
	"""Pairs in the order of the mentees: those of row r are at starts[r] to starts[r + 1]."""

	starts: np.ndarray
	columns: np.ndarray
	values: np.ndarray
	"""Their scores."""

	@property
	def rows(self) -> np.ndarray:
		return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

	def inserted(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray) -> CandidatePairs:
		"""These and more, which aren't among them; new pairs of a mentee come after those known."""
		places = self.starts[rows + 1]
		more = np.bincount(rows, minlength=len(self.starts) - 1)
		return CandidatePairs(
			self.starts + np.concatenate([[0], np.cumsum(more)]),
			np.insert(self.columns, places, columns),
			np.insert(self.values, places, values),
		)

	def knows(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
		"""Which of these pairs are among them."""
		width = int(max(self.columns.max(initial=0), columns.max(initial=0))) + 1
		# Hardly out of order, which a stable sort makes use of.
		known = np.sort(self.rows * width + self.columns, kind="stable")
		asked = rows * width + columns
		place = np.minimum(np.searchsorted(known, asked), max(0, len(known) - 1))
		return known[place] == asked if len(known) else np.zeros(len(asked), dtype=bool)

	def with_pairs(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray) -> CandidatePairs:
		"""These and more, of which some may be known already."""
		new = ~self.knows(rows, columns)
		return self.inserted(rows[new], columns[new], values[new])


def entries_of(starts: np.ndarray, which: np.ndarray) -> np.ndarray:
	"""All places from starts[w] up to starts[w + 1], for each w in turn."""
	counts = np.diff(starts)[which]
	ends = np.cumsum(counts)
	within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
	return np.repeat(starts[which], counts) + within


def guess_prices(problem: AssignmentProblem) -> np.ndarray:
	"""Prices of seats at which about as many would choose each mentor as there are seats.

	From a sample of the mentees who choose by chance, the better the more likely (Sinkhorn's
	scaling). A guess: it decides how many pairs must be looked at, never what comes out.
	"""
	rows, mentors = problem.scores.shape
	wanted = max(_SAMPLE_ROWS, min(rows, _SAMPLE_PAIRS // mentors))
	step = max(1, rows // min(rows, wanted))
	sampled = problem.scores.block(slice(step // 2, None, step))
	return _scaled_prices(sampled, problem.seats, len(sampled) / rows)


def _scaled_prices(sampled: np.ndarray, seats: np.ndarray, share: float) -> np.ndarray:
	scarce = seats.sum() * share < len(sampled)
	# The last, which is number -1 as well, is for pairs that may not be.
	table = np.exp(np.arange(int(sampled.max(initial=0)) + 2, dtype=np.float32) / _TEMPERATURE - 20)
	table[-1] = 0
	likely = table.astype(np.float32)[np.maximum(sampled, -1)]
	room = (np.maximum(seats, 1e-9) * share).astype(np.float32)
	tiny = np.float32(1e-30)
	mentor_factor = np.ones(len(seats), dtype=np.float32)
	for _round in range(_ROUNDS):
		mentee_factor = 1 / np.maximum(likely @ mentor_factor, tiny)
		if scarce:
			mentee_factor = np.minimum(mentee_factor, 1)
		mentor_factor = room / np.maximum(mentee_factor @ likely, tiny)
		if not scarce:
			mentor_factor = np.minimum(mentor_factor, 1)
	prices = -_TEMPERATURE * np.log(np.maximum(mentor_factor, tiny))
	if scarce:
		prices -= np.median(prices)
	return np.clip(np.rint(prices), -_MOST_PRICE, _MOST_PRICE).astype(np.int64)


def choose_pairs(
	problem: AssignmentProblem,
	prices: np.ndarray,
	target: int,
	report: Callable[[float], None] = lambda share: None,
) -> CandidatePairs:
	"""For each mentee about the `target` pairs that gain most, and some for each mentor left out."""
	rows, mentors = problem.scores.shape
	step = max(1, mentors // _SAMPLE_COLUMNS)
	small = prices.astype(np.int16)
	closed = np.flatnonzero(problem.seats <= 0)
	best = np.zeros(rows, dtype=np.int16)
	counts, columns, values = [], [], []
	for part, block in problem.scores.blocks():
		report(part.start / rows)
		block[:, closed] = FORBIDDEN
		left, allowed = take_off(block, prices, problem.small_prices)
		best[part] = left.max(axis=1)
		sample = left[:, ::step]
		place = max(0, sample.shape[1] - max(1, round(target * sample.shape[1] / mentors)))
		least = np.minimum(np.partition(sample, place, axis=1)[:, place], best[part])
		taken = np.flatnonzero(left >= np.maximum(least, np.int16(allowed))[:, None])
		row, column = np.divmod(taken, mentors)
		counts.append(np.bincount(row, minlength=len(block)))
		columns.append(column.astype(np.int32))
		values.append(left[row, column] + small[column])
	starts = np.concatenate([[0], np.cumsum(np.concatenate([*counts, np.zeros(0, dtype=np.int64)]))])
	pairs = CandidatePairs(starts, np.concatenate(columns), np.concatenate(values))
	return _with_neglected(problem, pairs, best) if target < mentors else pairs


def _with_neglected(problem: AssignmentProblem, pairs: CandidatePairs, best: np.ndarray) -> CandidatePairs:
	"""More pairs for mentors who are among the best choices of too few: their nearest mentees'."""
	chosen = np.bincount(pairs.columns, minlength=len(problem.seats))
	neglected = np.flatnonzero(chosen < _TOO_FEW * problem.seats)
	most = min(len(best), int(_ENOUGH * problem.seats.max()))
	more = []
	for columns in np.array_split(neglected, 1 + len(neglected) // _COLUMNS_AT_ONCE):
		# Not the whole score: what is ruled out by name or employer is left out below.
		short = best[:, None] - problem.scores.product(columns)
		nearest = np.argpartition(short, most - 1, axis=0)[:most]
		rows, column = nearest.T.ravel(), np.repeat(columns, most)
		allowed = problem.scores.allowed(rows, column)
		more.append((rows[allowed], column[allowed]))
	rows, column = (np.concatenate(part) for part in zip(*more, strict=True))
	return pairs.with_pairs(rows, column, problem.scores.scores(rows, column))
