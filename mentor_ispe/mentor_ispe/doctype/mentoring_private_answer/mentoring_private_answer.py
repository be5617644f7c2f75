from __future__ import annotations

from frappe.model.document import Document


class MentoringPrivateAnswer(Document):
	"""What somebody said to the coordinators only, beside a Mentoring Feedback; written by its service."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		comment: DF.Text | None
		cycle: DF.Link
		feedback: DF.Link
		going: DF.Literal["", "On Track", "Needs Attention", "Not Working"]
		kind: DF.Data | None
		mentoring_group: DF.Link | None
		profile: DF.Link
		rating: DF.Rating
	# end: auto-generated types
