from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, cstr, flt

from mentor_ispe.clock import today
from mentor_ispe.domain import goals as domain
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.readings.seats import seat_in


class MentoringGoal(Document):
	"""What somebody wants to get out of a group, with the steps there and what came of it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_goal_step.mentoring_goal_step import MentoringGoalStep

		carried_to: DF.Link | None
		cycle: DF.Link
		description: DF.SmallText | None
		full_name: DF.Data | None
		mentoring_group: DF.Link | None
		profile: DF.Link
		progress: DF.Percent
		review: DF.SmallText | None
		reviewed_on: DF.Date | None
		role: DF.Literal["Mentee", "Mentor"]
		shared: DF.Check
		status: DF.Literal["Open", "Achieved", "Partly Achieved", "Dropped"]
		steps: DF.Table[MentoringGoalStep]
		target_date: DF.Date | None
		title: DF.Data
	# end: auto-generated types

	def before_validate(self):
		self.keep_what_services_set()
		self.set_cycle_and_role()
		self.set_progress()

	def validate(self):
		self.check_status()
		self.check_owner()
		self.check_words()
		self.set_reviewed_on()

	def keep_what_services_set(self):
		stored = self.get_doc_before_save() or (
			None if self.is_new() else frappe.get_doc(self.doctype, self.name)
		)
		self.reviewed_on = stored.reviewed_on if stored else None
		self.carried_to = stored.carried_to if stored else None

	def set_cycle_and_role(self):
		"""A goal of a group is of its cycle, and of the side that its owner sits on."""
		if not self.mentoring_group or not self.is_new():
			return
		self.cycle = frappe.db.get_value("Mentoring Group", self.mentoring_group, "cycle")
		seat = seat_in(self.mentoring_group, self.profile)
		if seat:
			self.role = MENTOR if seat.is_mentor else MENTEE

	def set_progress(self):
		raise_violations(domain.check_progress(flt(self.progress)))
		self.progress = domain.progress(
			self.status, [bool(cint(row.done)) for row in self.steps], flt(self.progress)
		)

	def check_status(self):
		stored = self.get_doc_before_save()
		raise_violations(check_transition(self.doctype, stored.status if stored else None, self.status))
		raise_violations(domain.check_carried(bool(self.carried_to)))

	def check_owner(self):
		"""A new goal belongs to somebody in the group, or to somebody whose match is still to come."""
		if not self.is_new():
			return
		if self.mentoring_group:
			status = frappe.db.get_value("Mentoring Group", self.mentoring_group, "status")
			seat = seat_in(self.mentoring_group, self.profile)
			if self.flags.carried:
				return
			raise_violations(domain.check_group(status, seat.status if seat else None))
			return
		taking_part = frappe.db.exists(
			self.role,
			{
				"profile": self.profile,
				"cycle": self.cycle,
				"status": ("in", domain.APPLICANTS_FOR_GOALS),
			},
		)
		if not taking_part:
			frappe.throw(_("Only people in this cycle can have goals."), exc=RuleViolation)

	def check_words(self):
		raise_violations(domain.check_words(cstr(self.title), [cstr(row.step) for row in self.steps]))
		raise_violations(domain.check_review(self.status, cstr(self.review)))

	def set_reviewed_on(self):
		"""The day of the last look at it; a goal that is open again waits for the next one."""
		if self.status == "Open":
			self.reviewed_on = None
			return
		stored = self.get_doc_before_save()
		if self.flags.reviewed_again or not stored or stored.status != self.status:
			self.reviewed_on = today()
