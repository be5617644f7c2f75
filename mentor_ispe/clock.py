"""What day it is, asked in one place."""

from __future__ import annotations

from datetime import date

from frappe.utils import now_datetime


def today() -> date:
	"""The calendar day it is for the association: in the time zone of the site, not the reader's."""
	return now_datetime().date()
