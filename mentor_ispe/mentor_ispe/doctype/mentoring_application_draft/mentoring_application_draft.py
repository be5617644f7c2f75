from __future__ import annotations

from hashlib import sha256

from frappe.model.document import Document


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
		self.name = draft_name(self.profile, self.cycle)


def draft_name(profile: str, cycle: str) -> str:
	"""The name of a person's draft for a cycle: the primary key forbids a second."""
	return sha256(f"draft|{profile}|{cycle}".encode()).hexdigest()[:16]
