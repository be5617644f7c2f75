"""The assignment as the solver sees it: seats, prices of seats, and the bonus that puts numbers first.

Every pair is worth `bonus` plus its score, and the bonus is more than all scores together can be; so
the greatest worth matches as many as possible first and scores best second. Prices are those of the
dual problem: for any prices of the mentors' seats, `bound` is at least the worth of every assignment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mentor_ispe.domain.matching.rules import FULL_SCORE
from mentor_ispe.domain.matching.scoring import Scores

NOBODY = -1


@dataclass(frozen=True)
class AssignmentProblem:
	"""Scores, and the seats of each mentor."""

	scores: Scores
	seats: np.ndarray

	@property
	def small_prices(self) -> int:
		"""Prices below this, and no further apart, leave pairs that may not be below those that may."""
		return self.scores.points_off - FULL_SCORE - 100

	@property
	def bonus(self) -> int:
		"""More than all scores of an assignment, four times over, so that rounding finds it again."""
		return 4 * FULL_SCORE * (min(len(self.scores.mentees), int(self.seats.sum())) + 1)


@dataclass(frozen=True)
class Audit:
	"""What all pairs say about prices: the best each mentee could have, and pairs better than had."""

	best: np.ndarray
	"""For each mentee, the most that a pair is worth above its seat's price; at least 0."""
	better: list[tuple[int, np.ndarray, np.ndarray]]
	"""(mentee, mentors, scores): pairs worth more to the mentee than what they gain now."""

	@property
	def pairs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
		"""The better pairs, each by itself: mentees, mentors, scores."""
		rows = np.concatenate([np.full(len(columns), row) for row, columns, _values in self.better])
		columns = np.concatenate([columns for _row, columns, _values in self.better])
		return rows, columns, np.concatenate([values for _row, _columns, values in self.better])


def levels(prices: np.ndarray, bonus: int) -> tuple[np.ndarray, np.ndarray]:
	"""Prices as (how many bonuses, the rest), the rest between plus and minus half a bonus."""
	whole = (prices + bonus // 2) // bonus
	return whole, prices - whole * bonus


def audit(
	problem: AssignmentProblem,
	prices: np.ndarray,
	gains: np.ndarray,
	most: int = 16,
	step: Callable[[float], None] = lambda share: None,
) -> Audit:
	"""Look at every pair once under `prices`, when the mentees gain `gains` now.

	Exact: scores and prices are whole numbers, and the bonus is kept apart from the rest.
	`most` pairs of a mentee are named at the most, the best. `step` hears of the share done.
	"""
	scores, bonus = problem.scores, problem.bonus
	best = np.zeros(len(scores.mentees), dtype=np.int64)
	better: list[tuple[int, np.ndarray, np.ndarray]] = []
	whole, rest = levels(prices, bonus)
	offered = problem.seats > 0
	# Mentors by level: within one, scores less the rest compare as the full values would.
	groups = [(int(level), np.flatnonzero((whole == level) & offered)) for level in np.unique(whole[offered])]
	for rows, block in scores.blocks():
		step(rows.start / len(gains))
		for level, columns in groups:
			left, least = take_off(
				block if len(columns) == block.shape[1] else block[:, columns],
				rest[columns],
				problem.small_prices,
			)
			top = left.max(axis=1).astype(np.int64)
			gain = np.where(top >= least, top + bonus * (1 - level), 0)
			best[rows] = np.maximum(best[rows], gain)
			for row in np.flatnonzero(gain > gains[rows]):
				mentee = rows.start + int(row)
				more = np.flatnonzero(left[row] >= max(least, gains[mentee] - bonus * (1 - level) + 1))
				more = more[np.argsort(-left[row, more].astype(np.int64), kind="stable")[:most]]
				values = left[row, more] + rest[columns[more]]
				better.append((mentee, columns[more], values))
	return Audit(best, better)


def take_off(values: np.ndarray, prices: np.ndarray, small: int) -> tuple[np.ndarray, int]:
	"""(scores less prices, what a pair that may be has at least); `values` may be overwritten.

	Pairs that may not be are so far below 0 that they stay below all others, so that 16 bits and one
	subtraction do, unless prices are further apart than `small`.
	"""
	highest, lowest = int(prices.max(initial=0)), int(prices.min(initial=0))
	if max(highest, -lowest) < small and highest - lowest < small:
		return np.subtract(values, prices.astype(np.int16), out=values), -highest
	wide = np.where(values >= 0, values - prices.astype(np.int64), np.iinfo(np.int64).min)
	return wide, -highest


def bound(problem: AssignmentProblem, prices: np.ndarray, best: np.ndarray) -> int:
	"""No assignment is worth more than this."""
	return int(best.sum()) + int((problem.seats * prices).sum())
