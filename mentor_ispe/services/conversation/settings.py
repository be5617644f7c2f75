"""What somebody chooses about conversations, in all of their groups."""

from __future__ import annotations

import frappe
from frappe.utils import cint

PROFILE = "Mentoring Profile"


def shows_read_marks(profile: str) -> bool:
	"""Whether others see how far the person has read."""
	return not cint(frappe.db.get_value(PROFILE, profile, "hides_read_marks"))


def show_read_marks(profile: str, show: bool) -> None:
	"""Choose it."""
	doc = frappe.get_doc(PROFILE, profile, for_update=True)
	doc.hides_read_marks = int(not show)
	doc.save(ignore_permissions=True)
