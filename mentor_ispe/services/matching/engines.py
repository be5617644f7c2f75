"""The engine for each format, behind one face: a run and its people in, rows and figures out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import distribution
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.matching.candidates import Pool
from mentor_ispe.services.matching.constraints import Constraints
from mentor_ispe.services.matching.rules import circle_rules_of, group_rules_of, rules_of

if TYPE_CHECKING:
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


class Engine(Protocol):
	def __call__(
		self,
		doc: MentoringMatchRun,
		pool: Pool,
		constraints: Constraints,
		*,
		progress: Callable[[str, float], None],
		cancelled: Callable[[], bool],
	) -> Outcome: ...


def engine_for(doc: MentoringMatchRun) -> Engine:
	"""The engine of the program's format."""
	if doc.format not in ENGINES:
		frappe.throw(_("There is no way to match the format {0}.").format(doc.format), exc=RuleViolation)
	return ENGINES[doc.format]


def pairs(
	doc: MentoringMatchRun,
	pool: Pool,
	constraints: Constraints,
	*,
	progress: Callable[[str, float], None],
	cancelled: Callable[[], bool],
) -> Outcome:
	"""One mentor and one mentee: the best there is, proven."""
	from mentor_ispe.domain.matching.pairs import match_pairs  # numpy and SciPy, only when a run needs them

	result = match_pairs(
		pool.mentees,
		pool.mentors,
		rules_of(doc),
		pins=constraints.pins,
		forbidden=constraints.forbidden,
		progress=progress,
		cancelled=cancelled,
	)
	matched = [
		Row(
			mentee=pair.mentee,
			group_key=pair.mentee,
			mentor=pair.mentor,
			score=pair.score,
			parts=pair.parts,
			reasons=pair.reasons,
			is_pinned=pair.is_pinned,
		)
		for pair in result.pairs
	]
	alone = [Row(mentee=person.mentee, reasons=person.reasons) for person in result.unmatched]
	return Outcome(
		rows=(*matched, *alone),
		score=result.score,
		bound=result.bound,
		gap=result.gap,
		proven=result.proven,
		seconds=result.seconds["whole"],
		summary={
			**result.summary(),
			"full_points": dict(result.full_points),
			"remedies": [remedy.as_dict() for remedy in result.remedies],
			"warnings": [str(warning) for warning in result.warnings],
		},
	)


def groups(
	doc: MentoringMatchRun,
	pool: Pool,
	constraints: Constraints,
	*,
	progress: Callable[[str, float], None],
	cancelled: Callable[[], bool],
) -> Outcome:
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
		progress=progress,
		cancelled=cancelled,
	)
	rows = [
		Row(
			mentee=member.mentee,
			group_key=f"{number:05d}",
			mentor=group.mentor,
			score=member.score,
			parts=member.parts,
			reasons=(*member.reasons, *group.reasons, *group.misses),
			is_pinned=member.is_pinned,
			is_moderator=member.mentee == group.moderator,
		)
		for number, group in enumerate(result.groups, 1)
		for member in group.members
	]
	rows += [Row(mentee=person.mentee, reasons=person.reasons) for person in result.unplaced]
	return Outcome(
		rows=tuple(rows),
		score=result.total,
		bound=result.bound,
		gap=result.gap,
		proven=result.proven,
		seconds=result.seconds,
		summary={
			**result.summary(),
			"full_points": dict(result.full_points),
			"distribution": distribution(row.score for row in rows if row.group_key),
			"remedies": [remedy.as_dict() for remedy in result.remedies],
			"warnings": [str(warning) for warning in result.warnings],
		},
	)


def circles(
	doc: MentoringMatchRun,
	pool: Pool,
	constraints: Constraints,
	*,
	progress: Callable[[str, float], None],
	cancelled: Callable[[], bool],
) -> Outcome:
	"""Peers without a mentor: everybody among people with whom they share as much as possible."""
	from mentor_ispe.domain.matching.circles.forming import Work
	from mentor_ispe.domain.matching.circles.match import match_circles

	result = match_circles(
		pool.mentees,
		circle_rules_of(doc),
		pins=constraints.together,
		forbidden=constraints.apart,
		work=Work(seconds=cint(doc.time_limit) or Work.seconds),
		progress=progress,
		cancelled=cancelled,
	)
	rows = [
		Row(
			mentee=member.name,
			group_key=f"{number:05d}",
			score=member.points,
			reasons=(*member.reasons, *circle.reasons),
			is_moderator=member.name == circle.host,
		)
		for number, circle in enumerate(result.circles, 1)
		for member in circle.members
	]
	rows += [Row(mentee=person.mentee, reasons=person.reasons) for person in result.unplaced]
	# No bound is known for circles, so none is claimed: the gap stays open.
	return Outcome(
		rows=tuple(rows),
		score=result.total,
		bound=0,
		gap=0,
		proven=False,
		seconds=result.seconds,
		summary={
			"circles": len(result.circles),
			"sizes": list(result.sizes),
			"distribution": distribution(row.score for row in rows if row.group_key),
			"in_time": result.in_time,
			"warnings": [str(warning) for warning in result.warnings],
		},
	)


ENGINES: dict[str, Engine] = {"One-on-One": pairs, "Group": groups, "Peer Circle": circles}
