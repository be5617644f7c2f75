"""The engine for each format, behind one face: a run and its people in, rows and figures out.

What a run keeps of the result has one shape whatever the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Pair, Suggestion, Unmatched, distribution, shares
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.matching.candidates import Pool
from mentor_ispe.services.matching.rules import Constraints, circle_rules_of, group_rules_of, rules_of

if TYPE_CHECKING:
	from mentor_ispe.domain.matching.groups.result import GroupsResult
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun


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
	by_hand: bool = False
	"""Whether it was kept as somebody changed it."""


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
class GroupOutcome:
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

	@property
	def suggestions(self) -> tuple[Suggestion, ...]: ...

	@property
	def warnings(self) -> tuple[Violation, ...]: ...


def outcome_of(
	pool: Pool,
	result: Result,
	formed: Iterable[GroupOutcome],
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
			"full_points": dict(full_points or {}),
			**(figures or {}),
			"most_matched": most,
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


@dataclass(frozen=True)
class Watch:
	"""Whom an engine tells how far it is, and whom it asks whether to stop."""

	progress: Callable[[str, float], None]
	cancelled: Callable[[], bool]


Engine = Callable[["MentoringMatchRun", Pool, Constraints, Watch], "Outcome"]


def engine_for(doc: MentoringMatchRun) -> Engine:
	"""The engine of the program's format."""
	if doc.format not in ENGINES:
		frappe.throw(_("There is no way to match the format {0}.").format(doc.format), exc=RuleViolation)
	return ENGINES[doc.format]


def pairs(doc: MentoringMatchRun, pool: Pool, constraints: Constraints, watch: Watch) -> Outcome:
	"""One mentor and one mentee: the best there is, proven."""
	from mentor_ispe.domain.matching.pairs import match_pairs  # numpy and SciPy, only when a run needs them

	result = match_pairs(
		pool.mentees,
		pool.mentors,
		rules_of(doc),
		pins=constraints.pins,
		forbidden=constraints.forbidden,
		progress=watch.progress,
		cancelled=watch.cancelled,
	)
	return outcome_of(
		pool,
		result,
		[GroupOutcome(pair.mentee, pair.mentor, [pair]) for pair in result.pairs],
		result.unmatched,
		bound=result.bound,
		most=result.most_matched,
		gap=result.gap,
		proven=result.proven,
		seconds=result.seconds["whole"],
		full_points=result.full_points,
		figures=result.summary(),
	)


def groups(doc: MentoringMatchRun, pool: Pool, constraints: Constraints, watch: Watch) -> Outcome:
	"""A mentor with several mentees: as many people placed as possible, with the bound beside it."""
	from mentor_ispe.domain.matching.groups.forming import Work
	from mentor_ispe.domain.matching.groups.match import match_groups

	result = match_groups(
		pool.mentees,
		pool.mentors,
		group_rules_of(doc),
		pins=constraints.pins,
		forbidden=constraints.forbidden,
		apart=constraints.apart,
		work=Work(seconds=cint(doc.time_limit) or Work.seconds),
		progress=watch.progress,
		cancelled=watch.cancelled,
	)
	return _groups_outcome(pool, result)


def preview(doc: MentoringMatchRun, pool: Pool, constraints: Constraints) -> Outcome:
	"""Groups at once, within a few percent of the best; no hard rule is broken, nothing is proven."""
	from mentor_ispe.domain.matching.groups.match import preview_groups

	result = preview_groups(
		pool.mentees,
		pool.mentors,
		group_rules_of(doc),
		pins=constraints.pins,
		forbidden=constraints.forbidden,
		apart=constraints.apart,
	)
	return _groups_outcome(pool, result)


def _groups_outcome(pool: Pool, result: GroupsResult) -> Outcome:
	return outcome_of(
		pool,
		result,
		[
			GroupOutcome(
				key=_key(number),
				mentor=group.mentor,
				members=group.members,
				moderator=group.moderator,
				reasons=(*group.reasons, *group.misses),
				penalty=group.penalty,
			)
			for number, group in enumerate(result.groups, 1)
		],
		result.unplaced,
		bound=result.bound,
		most=result.most_placed,
		gap=result.gap,
		proven=result.proven,
		seconds=result.seconds,
		full_points=result.full_points,
		figures=result.summary(),
	)


def circles(doc: MentoringMatchRun, pool: Pool, constraints: Constraints, watch: Watch) -> Outcome:
	"""Peers without a mentor: everybody among people with whom they share as much as possible."""
	from mentor_ispe.domain.matching.circles.forming import Work
	from mentor_ispe.domain.matching.circles.match import match_circles

	result = match_circles(
		pool.mentees,
		circle_rules_of(doc),
		pins=constraints.together,
		forbidden=constraints.apart,
		work=Work(seconds=cint(doc.time_limit) or Work.seconds),
		progress=watch.progress,
		cancelled=watch.cancelled,
	)
	# No bound is known for circles, so none is claimed: the gap stays open.
	return outcome_of(
		pool,
		result,
		[
			GroupOutcome(
				key=_key(number),
				mentor=None,
				members=[
					Pair(member.name, "", member.score, {}, member.reasons) for member in circle.members
				],
				moderator=circle.host,
				reasons=circle.reasons,
			)
			for number, circle in enumerate(result.circles, 1)
		],
		result.unplaced,
		seconds=result.seconds,
		figures={
			"circles": len(result.circles),
			"full_points": result.full_points,
			"sizes": list(result.sizes),
			"in_time": result.in_time,
		},
	)


def _key(number: int) -> str:
	return f"{number:05d}"


ENGINES: dict[str, Engine] = {"One-on-One": pairs, "Group": groups, "Peer Circle": circles}
