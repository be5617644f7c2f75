"""Rows of our tables asked for by their own names."""

from __future__ import annotations

import frappe
from frappe.model.document import Document


class RowOfDocument(Document):
	"""A row is as reachable as the document it stands in, and is written with that document only.

	Frappe asks for a row by itself no more than whether the user may read some document of the kind.
	"""

	def has_permission(self, permtype: str = "read", *, debug: bool = False, user: str | None = None) -> bool:
		"""Whether the user may do this to the row's document."""
		if self.flags.ignore_permissions:
			return True
		if not (self.parenttype and self.parent):
			return False
		return frappe.get_doc(self.parenttype, self.parent).has_permission(permtype, debug=debug, user=user)
