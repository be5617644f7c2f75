"""What a run that forms circles gives back: plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Suggestion, Unmatched
from mentor_ispe.domain.violations import Violation

BOTH_WAYS = 2
"""Two peers are scored from each side, so that together they can have twice the full score."""


@dataclass(frozen=True, slots=True)
class CircleMember:
	"""`points` is the mean of what this person and each other of the circle bring each other."""

	name: str
	points: int
	reasons: tuple[Reason, ...]

	@property
	def score(self) -> int:
		"""The same as a share of the full score, as for pairs."""
		return round(self.points / BOTH_WAYS)


@dataclass(frozen=True, slots=True)
class FormedCircle:
	"""One circle; `host` is the member who would host, None where nobody is willing."""

	members: tuple[CircleMember, ...]
	host: str | None
	reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class CirclesResult:
	"""All circles. `total` are the points of all people; no bound is known for circles."""

	circles: tuple[FormedCircle, ...]
	unplaced: tuple[Unmatched, ...]
	people: int
	total: int
	full_points: Mapping[str, int] = field(default_factory=dict)
	"""The most points of each part of a score, from one side."""
	suggestions: tuple[Suggestion, ...] = ()
	warnings: tuple[Violation, ...] = ()
	seconds: float = 0.0
	in_time: bool = True

	@property
	def placed(self) -> int:
		return sum(len(circle.members) for circle in self.circles)

	@property
	def sizes(self) -> Sequence[int]:
		return [len(circle.members) for circle in self.circles]
