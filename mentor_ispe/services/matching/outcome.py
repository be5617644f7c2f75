"""What a run keeps of an engine's result, in one shape whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from mentor_ispe.domain.matching.fairness import shares
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Pair, Suggestion, Unmatched, distribution
from mentor_ispe.domain.violations import Violation
from mentor_ispe.services.matching.candidates import Pool


@dataclass(frozen=True)
class Row:
	"""One mentee or peer: in the group `group_key`, or unmatched without one, and why."""

	mentee: str
	group_key: str = ""
	mentor: str | None = None
	score: int = 0
	parts: Mapping[str, int] = field(default_factory=dict)
	reasons: tuple[Reason, ...] = ()
	is_pinned: bool = False
	is_moderator: bool = False


@dataclass(frozen=True)
class Outcome:
	"""What an engine found; `gap` is a share of 1, `summary` goes to the page as it is."""

	rows: tuple[Row, ...]
	score: float
	bound: float
	gap: float
	proven: bool
	seconds: float
	summary: dict[str, Any]

	@property
	def matched(self) -> int:
		return sum(bool(row.group_key) for row in self.rows)


@dataclass(frozen=True)
class Formed:
	"""One group that an engine formed; a pair has one member, a circle no mentor.

	`reasons` are true of the whole group, `penalty` are the points that missed rules cost it.
	"""

	key: str
	mentor: str | None
	members: Sequence[Pair]
	moderator: str | None = None
	reasons: tuple[Reason, ...] = ()
	penalty: int = 0

	@property
	def rows(self) -> list[Row]:
		return [
			Row(
				mentee=member.mentee,
				group_key=self.key,
				mentor=self.mentor,
				score=member.score,
				parts=member.parts,
				reasons=(*member.reasons, *(replace(reason, of_group=True) for reason in self.reasons)),
				is_pinned=member.is_pinned,
				is_moderator=member.mentee == self.moderator,
			)
			for member in self.members
		]


class Result(Protocol):
	"""What the results of all engines have."""

	suggestions: tuple[Suggestion, ...]
	warnings: tuple[Violation, ...]


def outcome_of(
	pool: Pool,
	result: Result,
	formed: Iterable[Formed],
	unmatched: Iterable[Unmatched],
	*,
	bound: float = 0,
	most: int = 0,
	gap: float = 0,
	proven: bool = False,
	seconds: float,
	full_points: Mapping[str, int] | None = None,
	figures: Mapping[str, Any] | None = None,
) -> Outcome:
	"""Put an engine's groups and figures into the shape that a run keeps.

	`bound` and `most` are the greatest total and number matched there can be, 0 where none is known.
	`figures` are the engine's own, beside those that every run has.
	"""
	formed = list(formed)
	members = [member for group in formed for member in group.members]
	rows = [row for group in formed for row in group.rows]
	rows += [Row(mentee=person.mentee, reasons=person.reasons) for person in unmatched]
	penalties = {group.key: group.penalty for group in formed if group.penalty}
	return Outcome(
		rows=tuple(rows),
		score=sum(member.score for member in members) - sum(penalties.values()),
		bound=bound,
		gap=gap,
		proven=proven,
		seconds=seconds,
		summary={
			**(figures or {}),
			"most_matched": most,
			"full_points": dict(full_points or {}),
			"penalties": penalties,
			"distribution": distribution(member.score for member in members),
			"fairness": {
				view: [share.as_dict() for share in lines]
				for view, lines in shares(pool.mentees, members).items()
			},
			"suggestions": [suggestion.as_dict() for suggestion in result.suggestions],
			"warnings": [warning.as_dict() for warning in result.warnings],
		},
	)
