"""Where a coordinator starts after signing in to the Desk."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from mentor_ispe.roles import COORDINATOR

STARTS = {"default_workspace": "Mentoring", "default_app": "mentor_ispe"}
"""Fields of a User that say it, those that this version of Frappe has, and our workspace and app in them."""


def start_with_mentoring(user: Document, method: str | None = None) -> None:
	"""Let somebody who becomes a coordinator start on our workspace, unless they start somewhere already.

	It is the user's own setting, which they and System Managers change as before. It isn't set again.
	"""
	if _is_coordinator(user) and not _is_coordinator(user.get_doc_before_save()):
		set_start(user)


def set_start(user: Document) -> dict[str, str]:
	"""Fill the fields, unless one of them says something; returns what was filled in."""
	fields = {name: value for name, value in STARTS.items() if user.meta.has_field(name)}
	if any(user.get(name) for name in fields) or not frappe.db.exists(
		"Workspace", STARTS["default_workspace"]
	):
		return {}
	user.update(fields)
	return fields


def clear_starts() -> None:
	"""Let nobody start on what is about to go."""
	for field, value in STARTS.items():
		if frappe.get_meta("User").has_field(field):
			frappe.db.set_value("User", {field: value}, field, None, update_modified=False)


def _is_coordinator(user: Document | None) -> bool:
	return bool(user and any(row.role == COORDINATOR for row in user.roles))
