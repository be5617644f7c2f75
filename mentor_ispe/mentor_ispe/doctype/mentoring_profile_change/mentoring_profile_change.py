from __future__ import annotations

from frappe.model.document import Document


class MentoringProfileChange(Document):
	"""Another address or name that was found for a person; written by services/members/changes_elsewhere.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		found_doctype: DF.Link | None
		found_record: DF.DynamicLink | None
		full_name: DF.Data | None
		new_value: DF.Data | None
		old_value: DF.Data | None
		profile: DF.Link
		status: DF.Literal["Open", "Taken Over", "Kept as It Was"]
		what: DF.Literal["Address", "Name"]
	# end: auto-generated types
