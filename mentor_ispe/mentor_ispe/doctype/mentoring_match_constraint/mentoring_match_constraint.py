from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.services.matching import constraints


class MentoringMatchConstraint(Document):
	"""Two people who are always together in a run, or never."""

	def validate(self):
		constraints.check(self)
