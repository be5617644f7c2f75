from __future__ import annotations

from frappe.model.document import Document


class MentoringPossibleDuplicate(Document):
	"""Two records that may be one person's, and what a coordinator said of them; written by services/members/duplicates.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		first_doctype: DF.Link
		first_record: DF.DynamicLink
		level: DF.Literal["Almost Certain", "Likely", "Possible"]
		reasons: DF.SmallText | None
		score: DF.Int
		second_doctype: DF.Link
		second_record: DF.DynamicLink
		status: DF.Literal["Open", "Not the Same Person"]
		title: DF.Data | None
	# end: auto-generated types
