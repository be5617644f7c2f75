from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.mails.keys import notice_name


class MentoringNotice(Document):
	"""A mail that is due or was queued; written by mails/outbox.py, one for each occasion."""

	def autoname(self):
		self.name = notice_name(self.notice_key)
