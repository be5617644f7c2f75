"""What day it is, and how days and times are written: pages and mails ask here, so that they say the same."""

from __future__ import annotations

from datetime import date, datetime

import frappe
from frappe.utils import format_date, get_datetime, getdate, now_datetime

from mentor_ispe.domain.spoken_dates import spoken_day, spoken_moment


def today() -> date:
	"""The calendar day it is for the association: in the time zone of the site, not the reader's."""
	return now_datetime().date()


def format_short_date(day: date | str) -> str:
	"""As the reader's language writes it: Nov 9, 2026, in British English 9 Nov 2026, in German 09.11.2026."""
	return format_date(day, "medium")


def day_text(day: date | datetime | str | None) -> str:
	"""A day with its weekday in the language that is spoken: "Fri, Dec 11", empty for none."""
	return spoken_day(getdate(day), frappe.local.lang, today()) if day else ""


def moment_text(local: datetime | str | None, zone: str | None = None) -> str:
	"""A moment that is on somebody's clock already: "Fri, Dec 11, 4:00 PM Chicago", without a zone no city."""
	return spoken_moment(get_datetime(local), frappe.local.lang, today(), zone) if local else ""
