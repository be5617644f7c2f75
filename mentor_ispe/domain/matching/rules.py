"""A program's rules of a match: the criteria it chose, and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mentor_ispe.domain.matching.criteria import EMPLOYER, KINDS
from mentor_ispe.domain.matching.names import MENTEE_WISH, MENTOR_WISH, WAITING
from mentor_ispe.domain.matching.people import STAGES

FULL_SCORE = 1000
"""Points of a pair that is perfect in everything."""


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

	def without(self, kind: str) -> Rules:
		"""The same criteria, this one no longer hard."""
		criteria = tuple(
			replace(line, is_hard=False) if line.kind == kind else line for line in self.criteria
		)
		return replace(self, criteria=criteria, employers_apart=self.employers_apart and kind != EMPLOYER)
