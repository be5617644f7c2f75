from frappe.model.document import Document


class MentoringStaffNote(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		group_title: DF.Data | None
		mentoring_group: DF.Link
		note: DF.Text
		written_by: DF.Link | None
	# end: auto-generated types
