"""What day it is, and how days and times are written in a sentence."""

from __future__ import annotations

from datetime import date, datetime

from frappe.utils import format_date, format_time, now_datetime


def today() -> date:
	"""The calendar day it is for the association: in the time zone of the site, not the reader's."""
	return now_datetime().date()


def format_short_date(day: date | str) -> str:
	"""As the reader's language writes it: Nov 9, 2026, in British English 9 Nov 2026, in German 09.11.2026."""
	return format_date(day, "medium")


def format_short_moment(moment: datetime | str) -> str:
	"""The same with the time: Nov 9, 2026, 4:00 PM. The clock is the one that `moment` is of."""
	return f"{format_short_date(moment)}, {format_time(moment, 'short')}"
