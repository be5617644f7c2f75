"""Let a piece of the demo happen in the past, through the same services as any other day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from frappe.utils import data as frappe_time


@contextmanager
def at(moment: datetime) -> Iterator[None]:
	"""Make Frappe's clock show `moment` (in the site's time zone), and run on from there.

	Frappe asks one function what time it is on the site; it is put back at the end. Only the process that
	loads the demo is touched.
	"""
	convert = frappe_time.convert_utc_to_system_timezone
	shift: timedelta = moment - frappe_time.now_datetime()

	def moved(utc_timestamp: datetime) -> datetime:
		return convert(utc_timestamp) + shift

	frappe_time.convert_utc_to_system_timezone = moved
	try:
		yield
	finally:
		frappe_time.convert_utc_to_system_timezone = convert
