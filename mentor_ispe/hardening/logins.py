"""A login is renamed by System Managers.

The hole: everybody may write to their own User, and who may write may rename, to another person's address
as well, without having confirmed it; merged, it becomes that person. Seen on Frappe 15.101. This can go when
Frappe asks more for renaming a User than for changing one's name.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.hardening import keeps_the_site


def refuse_renaming(doc: Document, method: str | None = None, *args: object) -> None:
	"""Called before a User is renamed or merged, through any entry point."""
	if not keeps_the_site():
		frappe.throw(
			_("Only a System Manager can rename a login. Ask the association if your address has changed."),
			frappe.PermissionError,
		)
