from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.permissions import group_records


class MentoringPoll(Document):
	"""Some times for the next meeting of a group, and who can come at which."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_poll_answer.mentoring_poll_answer import (
			MentoringPollAnswer,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_poll_slot.mentoring_poll_slot import MentoringPollSlot

		answers: DF.Table[MentoringPollAnswer]
		asked_by: DF.Link
		duration_minutes: DF.Int
		ends_on: DF.Datetime
		link: DF.Data | None
		location: DF.Data | None
		mentoring_group: DF.Link
		mode: DF.Literal["Online", "In Person"]
		session: DF.Link | None
		slots: DF.Table[MentoringPollSlot]
		status: DF.Literal["Open", "Decided", "Closed"]
	# end: auto-generated types

	def validate(self):
		group_records.refuse_others(self)

	def on_trash(self):
		group_records.refuse_others(self)
