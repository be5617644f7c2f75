"""What a run that forms circles gives back: plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Suggestion, Unmatched
from mentor_ispe.domain.violations import Violation


@dataclass(frozen=True, slots=True)
class CircleMember:
	"""`points` is the mean of what this person and each other of the circle bring each other."""

	name: str
	points: int
	reasons: tuple[Reason, ...]


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
