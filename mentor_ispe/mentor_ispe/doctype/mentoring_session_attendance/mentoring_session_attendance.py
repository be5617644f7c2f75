from mentor_ispe.permissions.rows import RowOfDocument


class MentoringSessionAttendance(RowOfDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.Literal["", "Yes", "Maybe", "No"]
		answered_on: DF.Datetime | None
		attended: DF.Check
		calendar_uid: DF.Data | None
		full_name: DF.Data | None
		minutes: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		profile: DF.Link
	# end: auto-generated types
