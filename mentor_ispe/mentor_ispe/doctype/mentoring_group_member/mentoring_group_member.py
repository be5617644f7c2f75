from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.rows import RowOfDocument


class MentoringGroupMember(RowOfDocument):
	"""One person's seat in a group, a mentor's too. Frappe calls these hooks only when a row is written around its group."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		charter_agreed_on: DF.Date | None
		extends: DF.Literal["", "Yes", "No"]
		full_name: DF.Data | None
		is_moderator: DF.Check
		joined_on: DF.Date | None
		left_on: DF.Date | None
		match_reason: DF.SmallText | None
		months_away: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		participant: DF.DynamicLink
		participant_type: DF.Literal["Mentor", "Mentee"]
		pauses: DF.SmallText | None
		profile: DF.Link | None
		proposed_on: DF.Datetime | None
		reason: DF.SmallText | None
		responded_on: DF.Datetime | None
		returns_on: DF.Date | None
		role: DF.Literal["Mentor", "Mentee", "Peer"]
		status: DF.Literal[
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
		suspended_from: DF.Data | None
	# end: auto-generated types

	def validate(self):
		self.refuse_on_its_own()

	def on_trash(self):
		self.refuse_on_its_own()

	def refuse_on_its_own(self):
		frappe.throw(
			_("A person's place can be changed only in the group. Open the Mentoring Group {0}.").format(
				self.parent or ""
			),
			exc=RuleViolation,
		)
