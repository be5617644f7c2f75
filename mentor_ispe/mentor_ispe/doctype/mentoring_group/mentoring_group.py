from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.concurrency import locks
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.groups import charter, group_close, group_fields, group_step, moderators


class MentoringGroup(Document):
	"""A mentor with one or several mentees, or a circle of peers; a pair is a group of two."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_group_member.mentoring_group_member import (
			MentoringGroupMember,
		)

		alarm: DF.SmallText | None
		announce_on: DF.Datetime | None
		charter: DF.TextEditor | None
		charter_agreed_on: DF.Date | None
		charter_boundaries: DF.SmallText | None
		charter_expectations: DF.SmallText | None
		charter_meet_every: DF.Int
		charter_meet_every_unit: DF.Literal["Week", "Month"]
		charter_place: DF.SmallText | None
		cycle: DF.Link
		end_date: DF.Date | None
		end_kind: DF.Literal[
			"",
			"Goals Met",
			"Not Working",
			"Too Little Time",
			"Reassigned",
			"Membership Ended",
			"Something Else",
		]
		end_reason: DF.SmallText | None
		extended_to: DF.Link | None
		extends: DF.Link | None
		extension_cycle: DF.Link | None
		format: DF.Data | None
		health: DF.Int
		health_on: DF.Datetime | None
		health_signs: DF.Code | None
		match_run: DF.Link | None
		meetings_changed: DF.Int
		members: DF.Table[MentoringGroupMember]
		mentor: DF.Link | None
		mentor_charter_agreed_on: DF.Date | None
		mentor_extends: DF.Literal["", "Yes", "No"]
		mentor_name: DF.Data | None
		mentor_reason: DF.SmallText | None
		mentor_responded_on: DF.Datetime | None
		mentor_status: DF.Literal[
			"Draft",
			"Proposed",
			"Accepted",
			"Active",
			"Suspended",
			"Declined",
			"Expired",
			"Withdrawn",
			"Ended",
			"Completed",
		]
		mentor_suspended_from: DF.Data | None
		program: DF.Link | None
		proposed_on: DF.Datetime | None
		respond_by: DF.Date | None
		start_date: DF.Date | None
		status: DF.Literal["Draft", "Proposed", "Active", "Completed", "Ended Early", "Cancelled"]
		title: DF.Data | None
		unanswered: DF.Int
	# end: auto-generated types

	def load_from_db(self):
		if self.flags.for_update and isinstance(self.name, str):
			locks.lock_people_of(self.name)  # before the group's own row, see concurrency/
		return super().load_from_db()

	def check_if_latest(self):
		# The people whom this save adds, before Frappe locks the stored group.
		group_step.lock(self)
		super().check_if_latest()

	def before_validate(self):
		self.set_program()

	def validate(self):
		group_fields.put_back(self)
		group_step.take(self)
		self.count_unanswered()
		charter.settle(self)
		self.set_end_kind()
		self.set_title()

	def on_update(self):
		group_step.follow_up(self)
		charter.tell(self)
		moderators.tell(self)
		group_close.follow(self)

	def on_trash(self):
		self.refuse_deletion_of_history()

	def set_program(self):
		"""The cycle decides, whatever a request says: the rules are read from this program."""
		self.program = self.cycle and frappe.db.get_value("Mentoring Cycle", self.cycle, "program")
		self.format = (
			frappe.get_cached_value("Mentoring Program", self.program, "format") if self.program else None
		)

	def set_end_kind(self):
		"""Every early ending is of some kind; no other group has one."""
		self.end_kind = (self.end_kind or "Something Else") if self.status == "Ended Early" else ""

	def count_unanswered(self):
		"""People who were asked and haven't answered; kept, so that lists can be filtered by it."""
		seats = [row.status for row in self.members] + ([self.mentor_status] if self.mentor else [])
		open_still = self.status in ("Proposed", "Active")
		self.unanswered = seats.count("Proposed") if open_still else 0

	def set_title(self):
		if self.title:
			return
		names = [row.full_name for row in self.members if row.full_name][:3]
		more = len(self.members) - len(names)
		people = ", ".join(names) + (f" +{more}" if more else "")
		self.title = " – ".join(part for part in (self.mentor_name, people) if part)[:140]

	def refuse_deletion_of_history(self):
		if self.status == "Draft":
			return
		frappe.throw(
			_("Seats were proposed in this group, so it stays as history; cancel or end it instead."),
			exc=RuleViolation,
		)
