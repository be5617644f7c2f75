from __future__ import annotations

from frappe.model.document import Document


class MentoringMergeTrace(Document):
	"""What a merge moved and took away, so that it can be undone; nobody reads it, and it goes after 30 days."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		choices: DF.LongText | None
		merge: DF.Link
		moved: DF.LongText | None
		profile: DF.Link | None
	# end: auto-generated types
