from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.exceptions import RuleViolation


class MentoringMatchConstraint(Document):
	"""Two people who are always together in a run, or never."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cycle: DF.Link
		kind: DF.Literal["Pin", "Forbid"]
		mentee: DF.Link
		mentor: DF.Link | None
		other_mentee: DF.Link | None
		reason: DF.SmallText | None
	# end: auto-generated types

	def validate(self):
		self.check_people()
		self.check_other_constraints()

	def check_people(self):
		"""It names two different people of its cycle."""
		if bool(self.mentor) == bool(self.other_mentee):
			frappe.throw(_("Choose either a mentor or another mentee."), exc=RuleViolation)
		if self.other_mentee == self.mentee:
			frappe.throw(_("Choose two different people."), exc=RuleViolation)
		for doctype, name in (
			("Mentee", self.mentee),
			("Mentor", self.mentor),
			("Mentee", self.other_mentee),
		):
			if name and frappe.db.get_value(doctype, name, "cycle") != self.cycle:
				frappe.throw(_("Choose two people who are in {0}.").format(self.cycle), exc=RuleViolation)

	def check_other_constraints(self):
		"""It doesn't contradict another one."""
		same = frappe.get_all(
			self.doctype,
			{
				"cycle": self.cycle,
				"mentee": self.mentee,
				"mentor": self.mentor or ("is", "not set"),
				"other_mentee": self.other_mentee or ("is", "not set"),
				"name": ("!=", self.name or ""),
			},
			pluck="kind",
		)
		if same:
			frappe.throw(
				_("These two are already {0}. Delete that entry first.").format(
					_("pinned") if same[0] == "Pin" else _("forbidden")
				),
				exc=RuleViolation,
			)
