"""Every night: answers that are due soon, and those that are overdue."""

from __future__ import annotations

from datetime import date

import frappe

from mentor_ispe.services.applications import waiting


def look_after_promises(on: date | None = None) -> dict[str, int]:
	"""Tell the coordinators, and those who wait, what the clock says; returns how many mails of each kind."""
	frappe.set_user("Administrator")
	told = waiting.tell(on)
	frappe.db.commit()
	return told
