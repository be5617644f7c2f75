from __future__ import annotations

from mentor_ispe.permissions.rows import RowOfDocument


class MentoringWorkshopParticipant(RowOfDocument):
	"""One person's place in a workshop, or on its waiting list."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		full_name: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		profile: DF.Link
		signed_up_on: DF.Datetime | None
		status: DF.Literal["Signed Up", "Waiting", "Attended", "Missed", "Cancelled"]
	# end: auto-generated types
