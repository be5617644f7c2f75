from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.permissions import group_records


class MentoringMessage(Document):
	"""One message in the conversation of a group; encrypted, and written by the group's services only."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		content: DF.LongText | None
		deleted_on: DF.Datetime | None
		mentoring_group: DF.Link
		number: DF.Int
		written_by: DF.Link | None
		written_on: DF.Datetime | None
	# end: auto-generated types

	def validate(self):
		group_records.refuse_others(self)

	def on_trash(self):
		group_records.refuse_others(self)
