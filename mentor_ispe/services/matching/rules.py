"""What a run asks of its matches: the program's criteria, as the engine's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, flt

from mentor_ispe.domain.matching.rules import Criterion, Rules

if TYPE_CHECKING:
	from mentor_ispe.domain.matching.circles.rules import CircleRules
	from mentor_ispe.domain.matching.groups.rules import Asked, GroupRules
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

# Fields that a new run takes from its program, and that can be changed for the run alone.
FROM_PROGRAM = (
	"employers_apart",
	"time_zone_window",
	"stage_steps",
	"group_size_min",
	"group_size_max",
	"two_countries",
	"mixed_stages",
)

# Whether somebody willing to moderate is a must, by whether the program needs a moderator.
WISH_OR_MUST = {False: "Wish", True: "Must"}
WISH_POINTS = 150
"""What missing a wish costs: a sixth of a perfect pair."""

# Fields that only the engine and its jobs write; a form or a request that sends them is put back.
RESULT = (
	"status",
	"progress",
	"message",
	"mentees_in",
	"mentors_in",
	"seats_in",
	"matched",
	"unmatched",
	"total_score",
	"bound",
	"gap",
	"proven",
	"seconds",
	"summary",
	"started_on",
	"ended_on",
	"published_on",
	"published_by",
	"announce_on",
)


def take_from_program(doc: MentoringMatchRun) -> None:
	"""Fill a new run with the rules of its program."""
	program = frappe.get_cached_doc("Mentoring Program", doc.program)
	for field in FROM_PROGRAM:
		doc.set(field, program.get(field))
	doc.set(
		"criteria",
		[
			{"criterion": row.criterion, "weight": row.weight, "is_hard": row.is_hard}
			for row in program.criteria
		],
	)


def rules_of(doc: MentoringMatchRun) -> Rules:
	"""The engine's rules for pairs; raises ValueError for criteria that contradict each other."""
	return Rules(
		criteria=tuple(Criterion(row.criterion, cint(row.weight), bool(row.is_hard)) for row in doc.criteria),
		employers_apart=bool(doc.employers_apart),
		time_window=flt(doc.time_zone_window),
		stage_steps=cint(doc.stage_steps),
	)


def group_rules_of(doc: MentoringMatchRun) -> GroupRules:
	"""The engine's rules for groups; raises ValueError for sizes that contradict each other."""
	from mentor_ispe.domain.matching.groups.rules import GroupRules

	scoring = rules_of(doc)
	mixed = _asked(doc.mixed_stages)
	return GroupRules(
		scoring=scoring,
		size_min=cint(doc.group_size_min),
		size_max=cint(doc.group_size_max),
		senior=mixed,
		moderator=_asked(WISH_OR_MUST[bool(_program(doc).requires_moderator)]),
		junior=mixed,
		mid_level=mixed,
		employers=_must(scoring.is_hard("Employer")),
		countries=_asked(doc.two_countries),
		time_window=_must(scoring.is_hard("Time Zone")),
		language=_must(scoring.is_hard("Languages")),
	)


def circle_rules_of(doc: MentoringMatchRun) -> CircleRules:
	"""The engine's rules for circles; raises ValueError for sizes that contradict each other."""
	from mentor_ispe.domain.matching.circles.rules import CircleRules

	scoring = rules_of(doc)
	return CircleRules(
		scoring=scoring,
		size_min=cint(doc.group_size_min),
		size_max=cint(doc.group_size_max),
		host=_asked(WISH_OR_MUST[bool(_program(doc).requires_moderator)]),
		employers=_must(scoring.is_hard("Employer")),
		time_window=_must(scoring.is_hard("Time Zone")),
	)


def _program(doc: MentoringMatchRun):
	return frappe.get_cached_doc("Mentoring Program", doc.program)


def _must(hard: bool) -> Asked:
	return _asked("Must" if hard else "")


def _asked(strictness: str | None) -> Asked:
	from mentor_ispe.domain.matching.groups.rules import MUST, NOT_ASKED, Asked

	return {"Must": MUST, "Wish": Asked(points=WISH_POINTS)}.get(strictness or "", NOT_ASKED)
