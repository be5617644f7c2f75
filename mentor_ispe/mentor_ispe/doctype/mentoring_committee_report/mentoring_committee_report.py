from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.exceptions import RuleViolation


class MentoringCommitteeReport(Document):
	"""A report as it was sent to a program's committee; written by the services, changed by nobody."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_committee_report_recipient.mentoring_committee_report_recipient import (
			MentoringCommitteeReportRecipient,
		)

		cycle: DF.Link | None
		figures: DF.Code | None
		from_date: DF.Date
		html: DF.LongText | None
		made_by: DF.Link | None
		made_on: DF.Datetime | None
		pictures: DF.Code | None
		plain: DF.LongText | None
		program: DF.Link
		recipients: DF.Table[MentoringCommitteeReportRecipient]
		spreadsheet: DF.Attach | None
		status: DF.Literal["Sending", "Sent", "Not Delivered"]
		subject: DF.Data | None
		to_date: DF.Date

	# end: auto-generated types
	def validate(self):
		self.stay_as_sent()

	def stay_as_sent(self):
		"""What was sent was sent: not even who may do everything rewrites it."""
		if not self.is_new():
			frappe.throw(_("A report can't be changed after it was sent."), exc=RuleViolation)
