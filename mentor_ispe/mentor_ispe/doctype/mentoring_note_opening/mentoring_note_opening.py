from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.permissions import group_records


class MentoringNoteOpening(Document):
	"""One opening of a group's notes or messages by the staff; a trace that nobody changes."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		mentoring_group: DF.Link
		opened_by: DF.Link
		opened_on: DF.Datetime
		reason: DF.SmallText
		session: DF.Link | None
	# end: auto-generated types

	def validate(self):
		group_records.refuse_others(self)

	def on_trash(self):
		group_records.refuse_others(self)
