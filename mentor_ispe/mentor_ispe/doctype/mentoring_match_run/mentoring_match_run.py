from __future__ import annotations

import frappe
from frappe.model.document import Document

from mentor_ispe.services.matching import rules


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
			rules.take_from_program(self)

	def validate(self):
		self.keep_result()

	def on_trash(self):
		self.delete_proposals()

	def set_program(self):
		self.program = frappe.db.get_value("Mentoring Cycle", self.cycle, "program")
		self.format = frappe.get_cached_value("Mentoring Program", self.program, "format")

	def keep_result(self):
		"""Figures come from the engine; a form saved by hand changes the parameters only."""
		stored = self.get_doc_before_save()
		for field in rules.RESULT:
			self.set(field, stored.get(field) if stored else None)
		self.status = self.status or "Draft"

	def delete_proposals(self):
		frappe.db.delete("Mentoring Match Proposal", {"match_run": self.name})
