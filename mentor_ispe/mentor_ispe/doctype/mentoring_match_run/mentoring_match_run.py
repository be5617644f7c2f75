from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import cint

from mentor_ispe.domain.programs import check_least_score
from mentor_ispe.exceptions import raise_violations

# Fields that a new run takes from its program, and that can be changed for the run alone.
FROM_PROGRAM = (
	"employers_apart",
	"time_zone_window",
	"stage_steps",
	"least_score",
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


class MentoringMatchRun(Document):
	"""One run of the matching engine over the people of a cycle who are open."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_program_criterion.mentoring_program_criterion import (
			MentoringProgramCriterion,
		)

		announce_on: DF.Datetime | None
		bound: DF.Float
		criteria: DF.Table[MentoringProgramCriterion]
		cycle: DF.Link
		employers_apart: DF.Check
		ended_on: DF.Datetime | None
		format: DF.Data | None
		gap: DF.Percent
		group_size_max: DF.Int
		group_size_min: DF.Int
		least_score: DF.Int
		matched: DF.Int
		mentees_in: DF.Int
		mentors_in: DF.Int
		message: DF.SmallText | None
		mixed_stages: DF.Literal["", "Wish", "Must"]
		program: DF.Link | None
		progress: DF.Percent
		proven: DF.Check
		published_by: DF.Link | None
		published_on: DF.Datetime | None
		seats_in: DF.Int
		seconds: DF.Float
		stage_steps: DF.Int
		started_on: DF.Datetime | None
		status: DF.Literal[
			"Draft", "Queued", "Running", "Ready", "Publishing", "Published", "Failed", "Stopped"
		]
		summary: DF.Code | None
		time_limit: DF.Int
		time_zone_window: DF.Float
		total_score: DF.Float
		two_countries: DF.Literal["", "Wish", "Must"]
		unmatched: DF.Int
	# end: auto-generated types

	def before_insert(self):
		self.set_program()
		if not self.criteria:
			self.take_from_program()

	def validate(self):
		self.check_least_score()
		self.keep_result()

	def on_trash(self):
		self.delete_proposals()

	def set_program(self):
		self.program = frappe.db.get_value("Mentoring Cycle", self.cycle, "program")
		self.format = frappe.get_cached_value("Mentoring Program", self.program, "format")

	def take_from_program(self):
		"""The program's rules, to be changed for this run alone."""
		program = frappe.get_cached_doc("Mentoring Program", self.program)
		for field in FROM_PROGRAM:
			self.set(field, program.get(field))
		self.set(
			"criteria",
			[
				{"criterion": row.criterion, "weight": row.weight, "is_hard": row.is_hard}
				for row in program.criteria
			],
		)

	def check_least_score(self):
		raise_violations(check_least_score(cint(self.least_score)))

	def keep_result(self):
		"""Figures come from the engine; a form saved by hand changes the parameters only."""
		stored = self.get_doc_before_save()
		for field in RESULT:
			self.set(field, stored.get(field) if stored else None)
		self.status = self.status or "Draft"

	def delete_proposals(self):
		frappe.db.delete("Mentoring Match Proposal", {"match_run": self.name})
