"""What a program asks of its matches: the criteria it chose and how much each counts, of groups, of circles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mentor_ispe.domain.matching.criteria import EMPLOYER, KINDS
from mentor_ispe.domain.matching.people import STAGES
from mentor_ispe.domain.violations import N_

MENTEE_WISH, MENTOR_WISH, WAITING = "Mentee's Wish", "Mentor's Wish", "Waiting"
"""Parts of a score that are no criteria of the program."""
NEVER = "Never"
"""Among the hard rules, the pairs ruled out by name: oneself, declined, forbidden."""
LEAST_SCORE = N_("Minimum Score")
"""Among the hard rules, the score below which nobody is proposed."""
FULL_SCORE = 1000
"""Points of a pair that is perfect in everything that counts: 100 % on screen."""


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
	least_score: int = 0
	"""Points below which nobody is proposed; pins stand all the same."""
	uncounted: tuple[str, ...] = ()
	"""Parts of the score that don't count, since nobody gave what they compare: see `unanswered`."""

	def __post_init__(self) -> None:
		unknown = [line.kind for line in self.criteria if line.kind not in KINDS]
		if unknown:
			raise ValueError(f"no such criterion: {', '.join(unknown)}; there are: {', '.join(KINDS)}")
		kinds = [line.kind for line in self.criteria]
		if len(set(kinds)) < len(kinds):
			raise ValueError("a criterion is there twice")
		if any(weight < 0 for weight in self._weights().values()):
			raise ValueError("a weight is below 0")
		if not 0 <= self.least_score <= FULL_SCORE:
			raise ValueError(f"the minimum score isn't between 0 and {FULL_SCORE}")

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
		"""The most points of each part that counts; they add up to FULL_SCORE. Empty where none does."""
		weights = {
			name: weight for name, weight in self._weights().items() if weight and name not in self.uncounted
		}
		whole = sum(weights.values())
		points = {name: FULL_SCORE * weight // whole for name, weight in weights.items()}
		for name in list(points)[: FULL_SCORE - sum(points.values())]:
			points[name] += 1  # what rounding left over
		return points

	@property
	def least(self) -> int:
		"""The minimum score, 0 where nothing counts that could reach it."""
		return self.least_score if self.points else 0

	def is_hard(self, kind: str) -> bool:
		if kind == EMPLOYER and self.employers_apart:
			return True
		return any(line.kind == kind and line.is_hard for line in self.criteria)

	@property
	def hard(self) -> tuple[str, ...]:
		"""Kinds that must hold, in the order of KINDS."""
		return tuple(kind for kind in KINDS if self.is_hard(kind))

	@property
	def waivable(self) -> tuple[str, ...]:
		"""Rules that a coordinator could waive, by name."""
		return (*self.hard, LEAST_SCORE) if self.least else self.hard

	def without(self, kind: str) -> Rules:
		"""The same criteria, this one no longer hard."""
		if kind == LEAST_SCORE:
			return replace(self, least_score=0)
		criteria = tuple(
			replace(line, is_hard=False) if line.kind == kind else line for line in self.criteria
		)
		return replace(self, criteria=criteria, employers_apart=self.employers_apart and kind != EMPLOYER)


# Groups -------------------------------------------------------------------------------------------

MID_LEVEL = ("Mid-Level",)
STUDENT_OR_GRADUATE = ("Student", "Recent Graduate")
SENIOR = ("Senior", "Executive")


@dataclass(frozen=True)
class Asked:
	"""How strictly a rule of groups is asked: `is_hard`, or for `points` off the fit where it is missed.

	Points are those of the score: 1000 for a mentor and a mentee who are perfect for each other.
	"""

	points: int = 0
	is_hard: bool = False

	def __post_init__(self) -> None:
		if self.points < 0:
			raise ValueError("points for missing a rule are below 0")

	@property
	def at_all(self) -> bool:
		return self.is_hard or self.points > 0


MUST = Asked(is_hard=True)
NOT_ASKED = Asked()


@dataclass(frozen=True)
class GroupRules:
	"""A program's rules of groups. Sizes count the mentees, as everywhere, without the mentor.

	Points of a soft rule are taken off once for a group (`senior`, `moderator`, `junior`, `mid_level`,
	`countries`), or for a person: for the second and each further of one employer (`employers`), for
	each outside the window (`time_window`) or without a language of the mentor's (`language`).
	"""

	scoring: Rules
	size_min: int = 5
	size_max: int = 8
	groups_per_mentor: int = 1
	"""Groups one mentor may lead side by side, as far as the seats go."""
	senior: Asked = MUST
	"""The mentor is senior (`senior_stages`)."""
	moderator: Asked = MUST
	"""A member who is willing to moderate and of a moderator's career stage (`moderator_stages`)."""
	junior: Asked = MUST
	"""A student or recent graduate among the members (`junior_stages`)."""
	mid_level: Asked = MUST
	"""Somebody at mid-level among the members (`mid_level_stages`)."""
	employers: Asked = MUST
	"""Everybody, the mentor too, works for somebody else; unknown employers count as different."""
	countries: Asked = Asked(points=150)
	"""Two countries or more, the mentor's included; somebody of unknown country adds none."""
	time_window: Asked = MUST
	"""Everybody within `scoring.time_window` hours of the mentor's clock."""
	language: Asked = MUST
	"""One language that everybody in the group speaks, the mentor included."""
	senior_stages: tuple[str, ...] = SENIOR
	moderator_stages: tuple[str, ...] = MID_LEVEL
	junior_stages: tuple[str, ...] = STUDENT_OR_GRADUATE
	mid_level_stages: tuple[str, ...] = MID_LEVEL

	def __post_init__(self) -> None:
		if not 1 <= self.size_min <= self.size_max:
			raise ValueError(f"no group has {self.size_min} to {self.size_max} members")
		if self.groups_per_mentor < 1:
			raise ValueError("a mentor leads at least one group")


# Circles ------------------------------------------------------------------------------------------

LARGEST = 15


@dataclass(frozen=True)
class CircleRules:
	"""A program's rules of circles. The criteria of `scoring` say what two peers have in common.

	Soft rules cost `host` points once for a circle, and `employers` and `time_window` points of each
	pair that misses them, down to 0. Hard criteria of `scoring` hold between any two of a circle.
	"""

	scoring: Rules
	size_min: int = 5
	size_max: int = 10
	size: int | None = None
	"""How many to aim for; None: halfway."""
	host: Asked = MUST
	"""Somebody willing to moderate, who hosts the first meetings."""
	employers: Asked = MUST
	"""Everybody works for somebody else; unknown employers count as different."""
	time_window: Asked = NOT_ASKED
	"""Any two clocks within `scoring.time_window` hours of each other."""

	def __post_init__(self) -> None:
		if not 2 <= self.size_min <= self.size_max <= LARGEST:
			raise ValueError(f"no circle has {self.size_min} to {self.size_max} people (2 to {LARGEST})")
		if not self.size_min <= self.aim <= self.size_max:
			raise ValueError(f"a circle of {self.aim} isn't between {self.size_min} and {self.size_max}")

	@property
	def aim(self) -> int:
		return self.size if self.size is not None else (self.size_min + self.size_max + 1) // 2
