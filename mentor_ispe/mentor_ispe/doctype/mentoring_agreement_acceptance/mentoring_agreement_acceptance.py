from __future__ import annotations

from hashlib import sha256

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

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
		full_name: DF.Data | None
		profile: DF.Link
		version: DF.Int
	# end: auto-generated types

	def autoname(self):
		# One signature a person and version: the primary key forbids a second.
		self.name = sha256(f"{self.agreement}|{self.profile}".encode()).hexdigest()[:16]

	def before_insert(self):
		self.accepted_on = now_datetime()

	def validate(self):
		self.check_published()

	def check_published(self):
		if (
			self.is_new()
			and frappe.db.get_value("Mentoring Agreement", self.agreement, "status") != "Published"
		):
			frappe.throw(_("Only the published version of an agreement can be signed."), exc=RuleViolation)
