"""What mails said was kept for ever; now for twelve months, as on a new site, unless somebody said otherwise."""

from __future__ import annotations

import frappe

SETTINGS, FIELD = "Mentoring Settings", "keep_mails"


def execute() -> None:
	"""Give the setting its value where it has none."""
	if FIELD not in frappe.db.get_singles_dict(SETTINGS):
		frappe.db.set_single_value(SETTINGS, FIELD, 12)
