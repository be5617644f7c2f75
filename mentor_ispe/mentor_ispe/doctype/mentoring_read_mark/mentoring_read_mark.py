from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.permissions import group_records


class MentoringReadMark(Document):
	"""How far somebody has read the conversation of a group, and of which message they were told by mail."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		mailed_number: DF.Int
		mailed_on: DF.Datetime | None
		mentoring_group: DF.Link
		profile: DF.Link
		read_number: DF.Int
		read_on: DF.Datetime | None
	# end: auto-generated types

	def validate(self):
		group_records.refuse_others(self)

	def on_trash(self):
		group_records.refuse_others(self)
