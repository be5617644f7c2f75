"""What a coordinator made of the words of a mail, in one language, for a program or for all of them."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from mentor_ispe.domain.notices import make_key, notice_name


class MentoringEmailWording(Document):
	"""Its rules are in mails/wordings/stored.py, which knows the mails."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		language: DF.Link
		mail: DF.Data
		message: DF.LongText | None
		original_message: DF.LongText | None
		original_subject: DF.SmallText | None
		program: DF.Link | None
		subject: DF.SmallText | None
		title: DF.Data | None
	# end: auto-generated types

	def autoname(self) -> None:
		"""One name for one mail, language and program, so that two people at once can't write two."""
		name = notice_name(make_key(self.mail, self.language, self.program or ""))
		# A program that was renamed leaves the name of its wording to a new one of its old name.
		taken_for = frappe.db.get_value(self.doctype, name, ("mail", "language", "program"))
		if taken_for and taken_for != (self.mail, self.language, self.program or None):
			name = frappe.generate_hash(length=20)
		self.name = name
