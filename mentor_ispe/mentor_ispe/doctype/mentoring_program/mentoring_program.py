from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from mentor_ispe.domain import programs as domain
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.refusals import refuse


class MentoringProgram(Document):
	"""The rules of a program, all of them data."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_program_agreement.mentoring_program_agreement import (
			MentoringProgramAgreement,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_program_criterion.mentoring_program_criterion import (
			MentoringProgramCriterion,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_program_membership_type.mentoring_program_membership_type import (
			MentoringProgramMembershipType,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_program_recipient.mentoring_program_recipient import (
			MentoringProgramRecipient,
		)

		agreements: DF.Table[MentoringProgramAgreement]
		answer_days: DF.Int
		chapter: DF.Data | None
		credit_scheme: DF.Literal["", "HRCI"]
		criteria: DF.Table[MentoringProgramCriterion]
		default_seats: DF.Int
		description: DF.TextEditor | None
		employers_apart: DF.Check
		feedback_every_months: DF.Int
		format: DF.Literal["Group", "One-on-One", "Peer Circle"]
		grace_days: DF.Int
		grace_may_commit: DF.Check
		group_size_max: DF.Int
		group_size_min: DF.Int
		length_months: DF.Int
		max_seats: DF.Int
		may_be_both: DF.Check
		meet_every: DF.Int
		meet_every_unit: DF.Literal["Week", "Month"]
		membership_types: DF.Table[MentoringProgramMembershipType]
		mentees_ask: DF.Check
		mentees_rank: DF.Check
		mentors_rank: DF.Check
		minimum_hours: DF.Float
		minimum_hours_per_month: DF.Float
		mixed_stages: DF.Literal["", "Wish", "Must"]
		own_grace_days: DF.Check
		program_name: DF.Data
		recipients: DF.Table[MentoringProgramRecipient]
		reply_weeks: DF.Int
		report_every_months: DF.Int
		requires_moderator: DF.Check
		stage_steps: DF.Int
		status: DF.Literal["Draft", "Published", "Archived"]
		summary: DF.SmallText | None
		time_zone_window: DF.Float
		training_for_mentees: DF.Check
		training_for_mentors: DF.Check
		training_for_moderators: DF.Check
		two_countries: DF.Literal["", "Wish", "Must"]
	# end: auto-generated types

	def validate(self):
		self.check_status()
		self.check_numbers()
		self.keep_format()

	def check_status(self):
		stored = self.get_doc_before_save()
		refuse(check_transition(self.doctype, stored.status if stored else None, self.status))

	def check_numbers(self):
		refuse(
			[
				*domain.check_sizes(self.format, cint(self.group_size_min), cint(self.group_size_max)),
				*domain.check_program(
					self.format,
					cint(self.length_months),
					cint(self.meet_every),
					cint(self.default_seats),
					cint(self.max_seats),
				),
			]
		)

	def keep_format(self):
		"""Groups were made by the format; another one would break them."""
		if self.has_value_changed("format") and frappe.db.exists("Mentoring Group", {"program": self.name}):
			frappe.throw(
				_("Groups of this program exist, so its format stays; make another program instead."),
				exc=RuleViolation,
			)
