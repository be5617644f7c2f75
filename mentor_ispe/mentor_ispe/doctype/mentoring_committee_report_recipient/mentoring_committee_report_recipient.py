from mentor_ispe.permissions.rows import RowOfDocument


class MentoringCommitteeReportRecipient(RowOfDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		email: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		reason: DF.Data | None
		state: DF.Literal["Waiting", "Queued", "Sent", "Failed", "Left Out"]
		user: DF.Link | None
	# end: auto-generated types
	pass
