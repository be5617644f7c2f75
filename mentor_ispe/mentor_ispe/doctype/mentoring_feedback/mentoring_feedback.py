from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.group_people import people_of


class MentoringFeedback(Document):
	"""What one person says of a session, a group or the program; read by them and the coordinators."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		comment: DF.Text | None
		cycle: DF.Link
		full_name: DF.Data | None
		kind: DF.Literal["Session", "Check-in", "Group Update", "Closing", "Program", "Success Story"]
		may_publish: DF.Check
		mentoring_group: DF.Link | None
		profile: DF.Link
		rating: DF.Rating
		session: DF.Link | None
	# end: auto-generated types

	def before_validate(self):
		self.set_cycle_from_group()

	def validate(self):
		self.check_something_said()
		self.check_writer_belongs()
		self.check_session()

	def set_cycle_from_group(self):
		if self.mentoring_group:
			self.cycle = frappe.db.get_value("Mentoring Group", self.mentoring_group, "cycle")

	def check_something_said(self):
		if not self.rating and not (self.comment or "").strip():
			frappe.throw(_("Give a rating or write a few words."), exc=RuleViolation)
		if self.may_publish and self.kind != "Success Story":
			self.may_publish = 0

	def check_writer_belongs(self):
		if not self.is_new():
			return
		if self.mentoring_group:
			belongs = self.profile in people_of(self.mentoring_group)
		else:
			belongs = any(
				frappe.db.exists(side, {"profile": self.profile, "cycle": self.cycle})
				for side in ("Mentor", "Mentee")
			)
		if not belongs:
			frappe.throw(_("Feedback comes from those who took part."), exc=RuleViolation)

	def check_session(self):
		if self.kind == "Session" and not self.session:
			frappe.throw(_("Choose the session that this feedback is about."), exc=RuleViolation)
		if self.session:
			group = frappe.db.get_value("Mentoring Session", self.session, "mentoring_group")
			if group != self.mentoring_group:
				frappe.throw(_("The session belongs to another group."), exc=RuleViolation)
