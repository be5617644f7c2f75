from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.rows import RowOfDocument


class MentoringGroupMember(RowOfDocument):
	"""One member's seat. Frappe calls these hooks only when a row is written around its group."""

	def validate(self):
		self.refuse_on_its_own()

	def on_trash(self):
		self.refuse_on_its_own()

	def refuse_on_its_own(self):
		frappe.throw(
			_("A seat changes only through its group: open the Mentoring Group {0}.").format(
				self.parent or ""
			),
			exc=RuleViolation,
		)
