from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from mentor_ispe.domain.sessions.readiness import acceptance_name
from mentor_ispe.exceptions import RuleViolation


class MentoringAgreementAcceptance(Document):
	"""One person's signature under one version; made once, never changed."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accepted_on: DF.Datetime | None
		agreement: DF.Link
		agreement_title: DF.Data | None
		cycle: DF.Link | None
		full_name: DF.Data | None
		profile: DF.Link
		version: DF.Int
	# end: auto-generated types

	def autoname(self):
		self.name = acceptance_name(self.agreement, self.profile, self.cycle)

	def before_insert(self):
		self.accepted_on = now_datetime()

	def validate(self):
		self.check_published()
		self.check_takes_part()

	def check_published(self):
		if (
			self.is_new()
			and frappe.db.get_value("Mentoring Agreement", self.agreement, "status") != "Published"
		):
			frappe.throw(_("Only the published version of an agreement can be signed."), exc=RuleViolation)

	def check_takes_part(self):
		"""It is signed anew only for a cycle that the person is in."""
		if self.cycle and self.is_new() and not self.takes_part():
			frappe.throw(
				_("{0} isn't in {1}.").format(self.full_name or self.profile, self.cycle),
				exc=RuleViolation,
			)

	def takes_part(self) -> bool:
		"""Whether the person is in the cycle, on either side."""
		status = ("not in", ("Rejected", "Withdrawn"))
		return any(
			frappe.db.exists(side, {"profile": self.profile, "cycle": self.cycle, "status": status})
			for side in ("Mentor", "Mentee")
		)
