from __future__ import annotations

from mentor_ispe.permissions.rows import RowOfDocument


class MentoringPollAnswer(RowOfDocument):
	"""At which of the times one person can come: by their numbers, none if that is empty."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answered_on: DF.Datetime | None
		numbers: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		profile: DF.Link
	# end: auto-generated types
