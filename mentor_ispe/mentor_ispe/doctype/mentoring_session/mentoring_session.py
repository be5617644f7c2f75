from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.group_people import people_of
from mentor_ispe.services.refusals import refuse


class MentoringSession(Document):
	"""One meeting of a group: when, where, who was there. What was said is not kept here."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_session_attendance.mentoring_session_attendance import (
			MentoringSessionAttendance,
		)

		attendance: DF.Table[MentoringSessionAttendance]
		cycle: DF.Link | None
		duration_minutes: DF.Int
		focus: DF.Data | None
		group_title: DF.Data | None
		link: DF.Data | None
		location: DF.Data | None
		mentoring_group: DF.Link
		mode: DF.Literal["Online", "In Person"]
		program: DF.Link | None
		starts_on: DF.Datetime
		status: DF.Literal["Planned", "Held", "Cancelled"]
	# end: auto-generated types

	def validate(self):
		self.check_status()
		self.check_group()
		self.set_attendance()
		self.check_attendance()

	def check_status(self):
		stored = self.get_doc_before_save()
		refuse(check_transition(self.doctype, stored.status if stored else None, self.status))
		if cint(self.duration_minutes) < 1:
			frappe.throw(_("Say how many minutes the session lasts."), exc=RuleViolation)

	def check_group(self):
		status = frappe.db.get_value("Mentoring Group", self.mentoring_group, "status")
		if self.is_new() and status != "Active":
			frappe.throw(
				_("This group is {0}; sessions are for active groups.").format(_(status)), exc=RuleViolation
			)

	def set_attendance(self):
		"""Everyone in the group is on the list of a new session, present until said otherwise."""
		if not self.is_new() or self.attendance:
			return
		for profile in people_of(self.mentoring_group, ("Active",)):
			self.append("attendance", {"profile": profile, "minutes": self.duration_minutes})

	def check_attendance(self):
		strangers = {row.profile for row in self.attendance} - set(people_of(self.mentoring_group))
		if strangers:
			frappe.throw(
				_("{0} is not in this group.").format(
					", ".join(
						row.full_name or row.profile for row in self.attendance if row.profile in strangers
					)
				),
				exc=RuleViolation,
			)
		if len({row.profile for row in self.attendance}) != len(self.attendance):
			frappe.throw(_("Each person is on the list once."), exc=RuleViolation)
