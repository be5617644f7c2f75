from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProgramAgreement(RowOfDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agreement: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		required_of: DF.Literal["Everyone", "Mentors", "Mentees", "Moderators"]
	# end: auto-generated types
