from __future__ import annotations

from mentor_ispe.permissions.rows import RowOfDocument


class MentoringConcernStep(RowOfDocument):
	"""One dated step on the path of a concern, with the coordinators' note."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		status: DF.Literal["Open", "In Mediation", "Resolved", "Reassigned", "Ended"]
		taken_by: DF.Link | None
		taken_on: DF.Datetime | None
	# end: auto-generated types
