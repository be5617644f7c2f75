"""What a run that forms groups gives back: plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Pair, Share, Suggestion, Unmatched, contributions
from mentor_ispe.domain.violations import Violation


@dataclass(frozen=True, slots=True)
class FormedGroup:
	"""One group. `members` are seats: score, parts and reasons of each mentee with the mentor.

	`moderator` is the member who would moderate, None where nobody may. `language` is one that all
	speak, empty where none is asked. `penalty` are the points that the rules in `misses` cost.
	"""

	mentor: str
	members: tuple[Pair, ...]
	moderator: str | None
	language: str
	reasons: tuple[Reason, ...]
	misses: tuple[Reason, ...] = ()
	penalty: int = 0

	@property
	def score(self) -> int:
		"""Points of all seats, without what soft rules cost."""
		return sum(member.score for member in self.members)


@dataclass(frozen=True)
class GroupsResult:
	"""All groups. `total` is what was made as great as possible once as many as possible were placed:
	the scores less all penalties. No placement of as many people exceeds `bound`, none places more
	than `most_placed`. `in_time` is False when the time given cut the run short.
	"""

	groups: tuple[FormedGroup, ...]
	unplaced: tuple[Unmatched, ...]
	mentees: int
	seats: int
	score: int
	total: int
	bound: float
	most_placed: int
	proven: bool
	gap: float
	"""(bound − total) / points of the seats."""
	in_time: bool = True
	suggestions: tuple[Suggestion, ...] = ()
	fairness: Mapping[str, Sequence[Share]] = field(default_factory=dict)
	full_points: Mapping[str, int] = field(default_factory=dict)
	warnings: tuple[Violation, ...] = ()
	seconds: float = 0.0

	@property
	def placed(self) -> int:
		return sum(len(group.members) for group in self.groups)

	@property
	def contributions(self) -> dict[str, dict[str, int | float]]:
		"""What each criterion gave over all seats: points, and the share of what it could give."""
		return contributions([seat for group in self.groups for seat in group.members], self.full_points)

	def summary(self) -> dict[str, Any]:
		"""The figures without the people."""
		return {
			"mentees": self.mentees,
			"seats": self.seats,
			"groups": len(self.groups),
			"placed": self.placed,
			"most_placed": self.most_placed,
			"score": self.score,
			"total": self.total,
			"bound": self.bound,
			"gap": self.gap,
			"proven": self.proven,
			"in_time": self.in_time,
			"seconds": self.seconds,
			"contributions": self.contributions,
			"fairness": {name: [share.as_dict() for share in rows] for name, rows in self.fairness.items()},
		}
