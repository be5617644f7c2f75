from mentor_ispe.permissions.rows import RowOfDocument


class MentoringMembershipType(RowOfDocument):
	"""What a type of membership means that its source can't say: that it never ends, that several share it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		membership_type: DF.Data
		never_ends: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		places: DF.Int
	# end: auto-generated types
