from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.exceptions import RuleViolation, raise_violations

# Only the status changes after a request was made, and what follows from it.
CHANGING = ("status", "given_on")


class MentoringFeedbackRequest(Document):
	"""One piece of feedback asked of one person; made by the nightly job, answered by a Mentoring Feedback."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		asked_on: DF.Datetime | None
		cycle: DF.Link
		due_on: DF.Date
		full_name: DF.Data | None
		given_on: DF.Datetime | None
		kind: DF.Literal["Session", "Check-in", "Group Update", "Closing", "Program"]
		mentoring_group: DF.Link | None
		profile: DF.Link
		program: DF.Link | None
		reminded_on: DF.Datetime | None
		reminders: DF.Int
		request_key: DF.Data
		session: DF.Link | None
		status: DF.Literal["Open", "Given", "Missed", "Waived"]
	# end: auto-generated types

	def validate(self):
		self.keep_what_was_asked()
		self.check_status()
		self.set_given_on()

	def keep_what_was_asked(self):
		stored = self.get_doc_before_save()
		if stored:
			for field in (df.fieldname for df in self.meta.fields if df.fieldname not in CHANGING):
				self.set(field, stored.get(field))
		self.given_on = stored.given_on if stored else None

	def check_status(self):
		stored = self.get_doc_before_save()
		raise_violations(check_transition(self.doctype, stored.status if stored else None, self.status))
		answered = self.status != "Given" or frappe.db.exists("Mentoring Feedback", {"request": self.name})
		if not answered:
			frappe.throw(
				_("A request is marked as given when someone answers it. You can't set this status by hand."),
				exc=RuleViolation,
			)

	def set_given_on(self):
		if self.status == "Given" and not self.given_on:
			self.given_on = now_datetime()
