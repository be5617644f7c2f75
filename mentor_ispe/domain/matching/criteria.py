"""What makes a good pair, as named data: the kinds of criteria, and a program's rules made of them.

A kind compares one value of the mentee with one of the mentor. It gives a share from 0 to 1 of the
criterion's points, and says whether the criterion holds, which counts where the program makes it hard.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from mentor_ispe.domain.matching.names import (
	EMPLOYER,
	MENTEE_WISH,
	MENTOR_WISH,
	TOPICS,
	WAITING,
	hours_apart,
)
from mentor_ispe.domain.matching.people import STAGES, Candidate

FULL_SCORE = 1000
"""Points of a pair that is perfect in everything."""

Table = tuple[np.ndarray, np.ndarray]
"""(share, holds): two arrays with a row for each value of the mentees, a column for each of the mentors."""


@dataclass(frozen=True)
class Criterion:
	"""One line of a program's criteria. `weight` counts beside the other weights."""

	kind: str
	weight: int = 10
	is_hard: bool = False


@dataclass(frozen=True)
class Rules:
	"""What a program asks of a match. Weights are whole numbers, 0 for "doesn't count"."""

	criteria: tuple[Criterion, ...] = ()
	employers_apart: bool = False
	"""Never two people of one employer; the same as a hard criterion Employer."""
	stages: tuple[str, ...] = STAGES
	"""Career stages, most junior first."""
	stage_steps: int = 2
	"""How many stages a mentor is best ahead."""
	time_window: float = 4.0
	"""Hours between two time zones that still count as near."""
	among_peers: bool = False
	"""In circles nobody is ahead of anybody: the nearer two career stages, the better."""
	mentee_wish_weight: int = 10
	mentor_wish_weight: int = 10
	waiting_weight: int = 10

	def __post_init__(self) -> None:
		unknown = [line.kind for line in self.criteria if line.kind not in KINDS]
		if unknown:
			raise ValueError(f"no such criterion: {', '.join(unknown)}; there are: {', '.join(KINDS)}")
		kinds = [line.kind for line in self.criteria]
		if len(set(kinds)) < len(kinds):
			raise ValueError("a criterion is there twice")
		if any(weight < 0 for weight in self._weights().values()):
			raise ValueError("a weight is below 0")

	def _weights(self) -> dict[str, int]:
		return {
			**{line.kind: line.weight for line in self.criteria if not self._is_constant(line)},
			MENTEE_WISH: self.mentee_wish_weight,
			MENTOR_WISH: self.mentor_wish_weight,
			WAITING: self.waiting_weight,
		}

	def _is_constant(self, line: Criterion) -> bool:
		"""Whether every pair that may be would get the same points, so that they'd only take room."""
		return self.is_hard(line.kind) and not KINDS[line.kind].is_graded

	@property
	def points(self) -> dict[str, int]:
		"""The most points of each part of the score; they add up to FULL_SCORE or a little less."""
		weights = {name: weight for name, weight in self._weights().items() if weight}
		whole = sum(weights.values())
		return {name: FULL_SCORE * weight // whole for name, weight in weights.items()}

	def is_hard(self, kind: str) -> bool:
		if kind == EMPLOYER and self.employers_apart:
			return True
		return any(line.kind == kind and line.is_hard for line in self.criteria)

	@property
	def hard(self) -> tuple[str, ...]:
		"""Kinds that must hold, in the order of KINDS."""
		return tuple(kind for kind in KINDS if self.is_hard(kind))


@dataclass(frozen=True)
class Kind:
	"""A kind of criterion; `value` is what is compared, `table` compares distinct values."""

	value: Callable[[Candidate], Hashable]
	table: Callable[[Sequence[Any], Sequence[Any], Rules], Table]
	is_graded: bool = False
	"""Whether a pair for which it holds may still be better or worse in it."""


def _equal(mentees: Sequence[str], mentors: Sequence[str], rules: Rules) -> Table:
	number = {value: index for index, value in enumerate(dict.fromkeys((*mentees, *mentors))) if value}
	left = np.array([number.get(value, -1) for value in mentees], dtype=np.int64)[:, None]
	right = np.array([number.get(value, -2) for value in mentors], dtype=np.int64)[None, :]
	same = left == right
	return same.astype(float), same


def _career_stage(mentees: Sequence[str], mentors: Sequence[str], rules: Rules) -> Table:
	"""The mentor ahead; best by `stage_steps`, a fifth less for every stage more or fewer."""
	rank = {stage: index for index, stage in enumerate(rules.stages)}
	unknown = np.nan
	left = np.array([rank.get(stage, unknown) for stage in mentees], dtype=float)[:, None]
	right = np.array([rank.get(stage, unknown) for stage in mentors], dtype=float)[None, :]
	ahead = right - left
	if rules.among_peers:
		holds = ~np.isnan(ahead)
		return np.where(holds, np.maximum(1 - 0.25 * np.abs(ahead), 0), 0), holds
	holds = ahead > 0
	share = np.where(holds, np.maximum(1 - 0.2 * np.abs(ahead - rules.stage_steps), 0.2), 0)
	return share, holds


def _time_zone(mentees: Sequence[float | None], mentors: Sequence[float | None], rules: Rules) -> Table:
	"""Less for every hour apart; nothing beyond the window."""
	left = np.array([np.nan if hours is None else hours for hours in mentees], dtype=float)[:, None]
	right = np.array([np.nan if hours is None else hours for hours in mentors], dtype=float)[None, :]
	apart = hours_apart(left, right)
	holds = apart <= rules.time_window
	share = np.where(holds, 1 - apart / (rules.time_window + 1), 0)
	return share, holds


def _languages(mentees: Sequence[tuple[str, ...]], mentors: Sequence[tuple[str, ...]], rules: Rules) -> Table:
	every = {
		language: index for index, language in enumerate(sorted({x for v in (*mentees, *mentors) for x in v}))
	}

	def speaks(values: Sequence[tuple[str, ...]]) -> np.ndarray:
		table = np.zeros((len(values), len(every)), dtype=np.float32)
		rows = np.repeat(np.arange(len(values)), list(map(len, values)))
		table[rows, [every[language] for languages in values for language in languages]] = 1
		return table

	common = speaks(mentees) @ speaks(mentors).T > 0
	return common.astype(float), common


def _not_a_table(mentees: Sequence[Any], mentors: Sequence[Any], rules: Rules) -> Table:
	raise NotImplementedError("this criterion is scored by scoring.py itself")


KINDS: Mapping[str, Kind] = {
	"Industry": Kind(attrgetter("industry"), _equal),
	# Scored topic by topic: too many combinations for a table.
	TOPICS: Kind(attrgetter("wants"), _not_a_table, is_graded=True),
	"Career Stage": Kind(attrgetter("career_stage"), _career_stage, is_graded=True),
	"Country": Kind(attrgetter("country"), _equal),
	"Time Zone": Kind(attrgetter("utc_offset"), _time_zone, is_graded=True),
	"Languages": Kind(attrgetter("languages"), _languages),
	"Learning Style": Kind(attrgetter("learning_style"), _equal),
	# Apart is better; too many employers for a table.
	EMPLOYER: Kind(attrgetter("employer"), _not_a_table),
	"Chapter": Kind(attrgetter("chapter"), _equal),
}
