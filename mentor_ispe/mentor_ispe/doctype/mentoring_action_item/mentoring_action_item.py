from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.permissions import group_records


class MentoringActionItem(Document):
	"""Something that a group agreed to do; its words are encrypted, and only the group's services write it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		assigned_to: DF.Link | None
		closed_by: DF.Link | None
		closed_in: DF.Link | None
		closed_on: DF.Date | None
		content: DF.LongText | None
		due_on: DF.Date | None
		mentoring_group: DF.Link
		session: DF.Link
		status: DF.Literal["Open", "Done", "Dropped"]
	# end: auto-generated types

	def validate(self):
		group_records.refuse_others(self)

	def on_trash(self):
		group_records.refuse_others(self)
