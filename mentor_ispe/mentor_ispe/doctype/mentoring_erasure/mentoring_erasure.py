from __future__ import annotations

from frappe.model.document import Document


class MentoringErasure(Document):
	"""That somebody was erased: what changed, and where a person has to look; never who it was."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_erasure_place.mentoring_erasure_place import (
			MentoringErasurePlace,
		)

		asked_by: DF.Literal["The Person", "Staff"]
		erased_by: DF.Link
		erased_on: DF.Datetime | None
		places: DF.Table[MentoringErasurePlace]
		record: DF.DynamicLink | None
		record_type: DF.Link | None
		records: DF.Int
		status: DF.Literal["Waiting", "Done"]
		summary: DF.SmallText | None
	# end: auto-generated types
