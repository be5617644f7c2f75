from __future__ import annotations

from frappe.model.document import Document


class MentoringMerge(Document):
	"""Two profiles that became one, by whom, and until when it can be undone; written by services/members/merging."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		full_name: DF.Data | None
		merged_by: DF.Link | None
		merged_name: DF.Data | None
		merged_on: DF.Datetime | None
		merged_profile: DF.Data
		profile: DF.Link
		status: DF.Literal[
			"Waiting for Confirmation", "Merged", "Undone", "Refused", "Replaced", "Not Possible"
		]
		summary: DF.SmallText | None
		undo_summary: DF.SmallText | None
		undo_until: DF.Datetime | None
		undone_by: DF.Link | None
	# end: auto-generated types
