"""Appointments are booked by guests where the site lets them.

The hole: the page for booking is off until somebody turns it on, but its endpoint create_appointment isn't: a
guest makes appointments, and has a mail with words of theirs written to any address. Seen on ERPNext 15.99.
This can go when the endpoint asks for the setting that the page asks for.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.permissions.gate import works_in_the_desk


def only_where_booked(doc: Document, method: str | None = None) -> None:
	"""Called before one is inserted, through any entry point."""
	on = frappe.db.get_single_value("Appointment Booking Settings", "enable_scheduling")
	if not on and not works_in_the_desk():
		frappe.throw(_("Appointments can't be booked on this site."), frappe.PermissionError)
