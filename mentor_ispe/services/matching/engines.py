"""The engine for each format, behind one face: a run and its people in, rows and figures out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.domain.matching.result import Pair
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.matching.candidates import Pool
from mentor_ispe.services.matching.constraints import Constraints
from mentor_ispe.services.matching.outcome import Formed, Outcome, outcome_of
from mentor_ispe.services.matching.rules import circle_rules_of, group_rules_of, rules_of

if TYPE_CHECKING:
	from mentor_ispe.domain.matching.groups.result import GroupsResult
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun


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
	return outcome_of(
		pool,
		result,
		[Formed(pair.mentee, pair.mentor, [pair]) for pair in result.pairs],
		result.unmatched,
		bound=result.bound,
		most=result.most_matched,
		gap=result.gap,
		proven=result.proven,
		seconds=result.seconds["whole"],
		full_points=result.full_points,
		figures=result.summary(),
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
			Formed(
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
	# No bound is known for circles, so none is claimed: the gap stays open.
	return outcome_of(
		pool,
		result,
		[
			Formed(
				key=_key(number),
				mentor=None,
				members=[
					Pair(member.name, "", member.points, {}, member.reasons) for member in circle.members
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
			"sizes": list(result.sizes),
			"in_time": result.in_time,
		},
	)


def _key(number: int) -> str:
	return f"{number:05d}"


ENGINES: dict[str, Engine] = {"One-on-One": pairs, "Group": groups, "Peer Circle": circles}
