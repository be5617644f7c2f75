"""Calendars refuse an update from another organizer; what is planned keeps the one that its invitations named."""

from __future__ import annotations

import frappe

from mentor_ispe.readings.contacts import address_of_program

FIELD = "calendar_organizer"


def execute() -> None:
	"""Give planned meetings and workshops that name none the address that answers go to now."""
	for doctype in ("Mentoring Session", "Mentoring Workshop"):
		for row in frappe.get_all(
			doctype, {"status": "Planned", FIELD: ("is", "not set")}, ["name", "program"]
		):
			address = address_of_program(row.program)
			frappe.db.set_value(doctype, row.name, FIELD, address, update_modified=False)
