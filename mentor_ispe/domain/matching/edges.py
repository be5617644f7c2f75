"""The few pairs of each mentee that a best assignment is likely to use, found by guessed prices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from mentor_ispe.domain.matching.market import Market, no_gain, surplus
from mentor_ispe.domain.matching.terms import FORBIDDEN

_SAMPLE_PAIRS = 10_000_000
_SAMPLE_ROWS = 1_000
_TEMPERATURE = 12.0
"""Points within which a mentee's choice is blurred while prices are guessed."""
_ROUNDS = 40
_SAMPLE_COLUMNS = 1_000
_MOST_PRICE = 8_000


@dataclass(frozen=True)
class Edges:
	"""Pairs in the order of the mentees: those of row r are at starts[r] to starts[r + 1]."""

	starts: np.ndarray
	columns: np.ndarray
	values: np.ndarray
	"""Their scores."""

	@property
	def rows(self) -> np.ndarray:
		return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

	def with_pairs(self, more: Iterable[tuple[int, np.ndarray, np.ndarray]]) -> Edges:
		"""These and more: (mentee, mentors, scores)."""
		more = list(more)
		rows = np.concatenate([self.rows, *(np.full(len(columns), row) for row, columns, _values in more)])
		columns = np.concatenate([self.columns, *(columns for _row, columns, _values in more)])
		values = np.concatenate([self.values, *(values for _row, _columns, values in more)])
		keys, first = np.unique(rows * (1 << 32) + columns, return_index=True)
		starts = np.searchsorted(keys >> 32, np.arange(len(self.starts)))
		return Edges(starts, columns[first].astype(np.int32), values[first])


def guess_prices(market: Market) -> np.ndarray:
	"""Prices of seats at which about as many would choose each mentor as there are seats.

	From a sample of the mentees who choose by chance, the better the more likely (Sinkhorn's
	scaling). A guess: it decides how many pairs must be looked at, never what comes out.
	"""
	rows, mentors = market.scores.shape
	step = max(1, rows // max(_SAMPLE_ROWS, min(rows, _SAMPLE_PAIRS // max(1, mentors))))
	sampled = market.scores.block(slice(step // 2, None, step))
	share = len(sampled) / rows
	likely = np.exp(sampled.astype(np.float32) / np.float32(_TEMPERATURE) - np.float32(60))
	likely[sampled < 0] = 0
	room = (np.maximum(market.seats, 1e-9) * share).astype(np.float32)
	scarce = market.seats.sum() < rows
	tiny = np.float32(1e-30)
	mentor_factor = np.ones(mentors, dtype=np.float32)
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
	prices = np.rint(prices).astype(np.int64)
	return np.clip(prices, -_MOST_PRICE, _MOST_PRICE)


def choose_edges(
	market: Market,
	prices: np.ndarray,
	target: int,
	report: Callable[[float], None] = lambda share: None,
) -> Edges:
	"""For each mentee about the `target` pairs that gain most under `prices`, and at least the best."""
	rows, mentors = market.scores.shape
	step = max(1, mentors // _SAMPLE_COLUMNS)
	small = prices.astype(np.int16)
	offered = market.seats > 0
	counts, columns, values = [], [], []
	for part, block in market.scores.blocks():
		report(part.start / rows)
		block[:, ~offered] = FORBIDDEN
		gain = surplus(block, small)
		sample = gain[:, ::step]
		place = max(0, sample.shape[1] - max(1, round(target * sample.shape[1] / mentors)))
		threshold = np.minimum(np.partition(sample, place, axis=1)[:, place], gain.max(axis=1))
		taken = gain >= np.maximum(threshold, no_gain(gain) + 1)[:, None]
		row, column = np.nonzero(taken)
		counts.append(np.bincount(row, minlength=len(block)))
		columns.append(column.astype(np.int32))
		values.append(block[row, column])
	starts = np.concatenate([[0], np.cumsum(np.concatenate([*counts, np.zeros(0, dtype=np.int64)]))])
	return Edges(starts, np.concatenate(columns), np.concatenate(values))
