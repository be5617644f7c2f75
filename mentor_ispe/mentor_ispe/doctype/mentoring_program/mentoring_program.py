from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from mentor_ispe.domain import programs as domain
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.meeting_links import registry
from mentor_ispe.mentor_ispe.doctype.mentoring_program import recipients as committee_recipients
from mentor_ispe.readings import credit_schemes


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
		from mentor_ispe.mentor_ispe.doctype.mentoring_program_health_sign.mentoring_program_health_sign import (
			MentoringProgramHealthSign,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_program_membership_type.mentoring_program_membership_type import (
			MentoringProgramMembershipType,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_program_recipient.mentoring_program_recipient import (
			MentoringProgramRecipient,
		)

		agreements: DF.Table[MentoringProgramAgreement]
		answer_days: DF.Int
		certificate_hours: DF.Check
		certificate_signed_by: DF.Data | None
		chapter: DF.Data | None
		closing_feedback: DF.Check
		contact_email: DF.Data | None
		credit_scheme: DF.Autocomplete | None
		criteria: DF.Table[MentoringProgramCriterion]
		default_seats: DF.Int
		description: DF.TextEditor | None
		employers_apart: DF.Check
		expectations_everyone: DF.TextEditor | None
		expectations_mentees: DF.TextEditor | None
		expectations_mentors: DF.TextEditor | None
		expectations_moderators: DF.TextEditor | None
		feedback_days: DF.Int
		feedback_every_months: DF.Int
		first_meeting_days: DF.Int
		format: DF.Literal["Group", "One-on-One", "Peer Circle"]
		grace_days: DF.Int
		grace_may_commit: DF.Check
		group_size_max: DF.Int
		group_size_min: DF.Int
		guest_speakers_per_year: DF.Int
		health_signs: DF.Table[MentoringProgramHealthSign]
		health_threshold: DF.Int
		keep_answers: DF.Int
		keep_applications: DF.Int
		keep_concerns: DF.Int
		keep_drafts: DF.Int
		keep_notes: DF.Int
		least_score: DF.Int
		length_months: DF.Int
		mail_signature: DF.SmallText | None
		max_seats: DF.Int
		may_be_both: DF.Check
		may_extend: DF.Check
		meet_every: DF.Int
		meet_every_unit: DF.Literal["Week", "Month"]
		meeting_links: DF.Autocomplete | None
		meetings_managed_by: DF.Literal["", "Mentors and Moderator", "Everybody"]
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
		report_to_addresses: DF.Check
		requires_moderator: DF.Check
		share_email: DF.Check
		session_feedback: DF.Check
		stage_steps: DF.Int
		status: DF.Literal["Draft", "Published", "Archived"]
		summary: DF.SmallText | None
		time_zone_window: DF.Float
		training_for_mentees: DF.Check
		training_for_mentors: DF.Check
		training_for_moderators: DF.Check
		two_countries: DF.Literal["", "Wish", "Must"]
	# end: auto-generated types

	def onload(self):
		self.set_onload("credit_schemes", credit_schemes.options())
		self.set_onload("meeting_links", registry.options())

	def before_rename(self, old: str, new: str, merge: bool = False):
		"""Cycles and groups keep the rules that they began with."""
		if merge:
			frappe.throw(
				_("Programs can't be merged, because each has its own rules. Archive one of them instead."),
				exc=RuleViolation,
			)

	def validate(self):
		self.check_status()
		self.check_numbers()
		self.keep_format()
		self.follow_credit_scheme()
		self.check_meeting_links()
		self.check_agreements()
		self.check_committee()

	def check_status(self):
		stored = self.get_doc_before_save()
		raise_violations(check_transition(self.doctype, stored.status if stored else None, self.status))

	def check_numbers(self):
		raise_violations(
			[
				*domain.check_sizes(
					self.format,
					cint(self.group_size_min),
					cint(self.group_size_max),
					cint(self.mentors_max),
				),
				*domain.check_program(
					self.format,
					cint(self.length_months),
					cint(self.meet_every),
					cint(self.default_seats),
					cint(self.max_seats),
				),
				*domain.check_least_score(cint(self.least_score)),
			]
		)

	def check_meeting_links(self):
		"""A provider whose app is gone can't be chosen; it gives no links where it was."""
		if self.is_new() or self.has_value_changed("meeting_links"):
			raise_violations(registry.check(self.meeting_links))

	def check_agreements(self):
		"""Nobody can sign a draft, so a program isn't published with one."""
		stored = self.get_doc_before_save()
		known = (
			{row.agreement for row in stored.agreements} if stored and stored.status == "Published" else set()
		)
		new = [row.agreement for row in self.agreements if row.agreement not in known]
		if self.status != "Published" or not new:
			return
		drafts = frappe.get_all(
			"Mentoring Agreement", {"name": ("in", new), "status": "Draft"}, pluck="title", order_by="title"
		)
		raise_violations(
			Violation(
				"agreement_draft",
				N_(
					"The agreement {title} is still a draft. Open it and choose Publish, or remove it from the program."
				),
				{"title": title},
			)
			for title in drafts
		)

	def check_committee(self):
		"""A report goes to people whom the program may send it to, at a rhythm that there is."""
		raise_violations(committee_recipients.check(self, self.get_doc_before_save()))

	def keep_format(self):
		"""Groups were made by the format; another one would break them."""
		if self.has_value_changed("format") and frappe.db.exists("Mentoring Group", {"program": self.name}):
			frappe.throw(
				_(
					"This program already has groups, so its format can't change. Create another program instead."
				),
				exc=RuleViolation,
			)

	def follow_credit_scheme(self):
		"""A scheme that asks for two employers keeps people of one employer apart when groups are made."""
		if not self.credit_scheme:
			return
		if self.is_new() or self.has_value_changed("credit_scheme") or self.has_value_changed("format"):
			raise_violations(credit_schemes.check(self.credit_scheme, self.format))
		if credit_schemes.asks_for_other_employers(self.credit_scheme):
			self.employers_apart = 1
