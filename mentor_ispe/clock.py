"""What day it is, and how a day is written in little space."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.utils import format_date, now_datetime


def today() -> date:
	"""The calendar day it is for the association: in the time zone of the site, not the reader's."""
	return now_datetime().date()


def format_short_date(day: date | str) -> str:
	"""9 Nov 2026 in English, where 9/11 is read in two ways; else as the language has it, 09.11.2026."""
	return format_date(day, "d MMM yyyy" if frappe.local.lang.startswith("en") else "medium")
