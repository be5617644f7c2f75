from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.services.applications import queries


class MentoringApplicationDraft(Document):
	"""What a person has typed of an application and not sent yet; see services/applications/commands.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answers: DF.Code | None
		cycle: DF.Link
		profile: DF.Link
	# end: auto-generated types

	def autoname(self):
		self.name = queries.draft_name(self.profile, self.cycle)
