from __future__ import annotations

from frappe.model.document import Document


class MentoringRetention(Document):
	"""That private words of a cycle were kept for long enough: announced, then deleted; how many, never whose."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		announced_on: DF.Date | None
		cycle: DF.Link | None
		deleted: DF.Int
		done_on: DF.Datetime | None
		due_on: DF.Date | None
		kind: DF.Literal["Drafts", "Applications", "Private Answers", "Notes", "Concerns", "Mails"]
		status: DF.Literal["Announced", "Done"]
	# end: auto-generated types
