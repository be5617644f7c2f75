from __future__ import annotations

from frappe.model.document import Document


class MentoringMailing(Document):
	"""What a coordinator wrote to several people at once; who got it are the notices about it.

	Written by services/mailings, and never changed.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		chosen_from: DF.Link | None
		language: DF.Link | None
		left_out: DF.Int
		left_out_reasons: DF.SmallText | None
		mentoring_group: DF.Link | None
		message: DF.TextEditor
		profile: DF.Link | None
		program: DF.Link | None
		recipients: DF.Int
		sent_by: DF.Link | None
		sent_on: DF.Datetime | None
		subject: DF.Data
	# end: auto-generated types
