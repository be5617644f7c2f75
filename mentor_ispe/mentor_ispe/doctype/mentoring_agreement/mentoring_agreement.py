from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.exceptions import RuleViolation, raise_violations


class MentoringAgreement(Document):
	"""A versioned text that participants sign; a published text never changes."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		published_on: DF.Datetime | None
		status: DF.Literal["Draft", "Published", "Superseded"]
		text: DF.TextEditor
		title: DF.Data
		version: DF.Int
	# end: auto-generated types

	def before_insert(self):
		self.set_version()

	def validate(self):
		self.check_status()
		self.keep_published_text()

	def set_version(self):
		versions = frappe.get_all("Mentoring Agreement", {"title": self.title}, pluck="version")
		self.version = max(versions, default=0) + 1

	def check_status(self):
		stored = self.get_doc_before_save()
		old = stored.status if stored else None
		raise_violations(check_transition(self.doctype, old, self.status))
		if self.status == "Published" and old != "Published":
			self.published_on = now_datetime()

	def keep_published_text(self):
		stored = self.get_doc_before_save()
		if (
			stored
			and stored.status != "Draft"
			and (stored.text != self.text or stored.version != self.version)
		):
			frappe.throw(
				_(
					"{0}, version {1}, is published and can't be changed. Create a new version instead."
				).format(self.title, stored.version),
				exc=RuleViolation,
			)
