from __future__ import annotations

from mentor_ispe.permissions.rows import RowOfDocument


class MentoringPollSlot(RowOfDocument):
	"""A time that is asked about."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		starts_on: DF.Datetime
	# end: auto-generated types
