"""What a run asks of its matches: the program's criteria, as the engine's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, flt

from mentor_ispe.domain.matching.criteria import Criterion, Rules

if TYPE_CHECKING:
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
