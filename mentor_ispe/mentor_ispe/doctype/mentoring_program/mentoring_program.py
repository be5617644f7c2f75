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
