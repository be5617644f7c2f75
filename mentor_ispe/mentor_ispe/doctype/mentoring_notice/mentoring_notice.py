from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.domain.notices import notice_name


class MentoringNotice(Document):
	"""A mail that is due or was queued; written by mails/outbox.py, one for each occasion."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		act: DF.Data | None
		calendar: DF.LongText | None
		context: DF.Code | None
		email_queue: DF.Data | None
		error: DF.SmallText | None
		joined_in: DF.Data | None
		not_before: DF.Datetime | None
		notice_key: DF.Data
		profile: DF.Link | None
		queued_on: DF.Datetime | None
		recipient: DF.Data
		reference_doctype: DF.Link | None
		reference_name: DF.DynamicLink | None
		status: DF.Literal["Pending", "Queued", "Failed", "Skipped"]
		template: DF.Data
	# end: auto-generated types

	def autoname(self):
		self.name = notice_name(self.notice_key)
