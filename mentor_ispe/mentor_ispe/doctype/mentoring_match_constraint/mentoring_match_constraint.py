from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.services.matching import constraints


class MentoringMatchConstraint(Document):
	"""Two people who are always together in a run, or never."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cycle: DF.Link
		kind: DF.Literal["Pin", "Forbid"]
		mentee: DF.Link
		mentor: DF.Link | None
		other_mentee: DF.Link | None
		reason: DF.SmallText | None
	# end: auto-generated types

	def validate(self):
		constraints.check(self)
