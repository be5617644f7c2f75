"""Let a piece of the demo happen in the past, through the same services as any other day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from frappe.utils import data as frappe_time


@contextmanager
def at(moment: datetime) -> Iterator[None]:
	"""Make Frappe's clock show `moment` (in the site's time zone), and run on from there.

	Frappe asks one function what time it is on the site; it is put back at the end. Only the process that
	loads the demo is touched.
	"""
	clock = frappe_time.now_datetime
	shift: timedelta = moment - clock()

	def moved() -> datetime:
		return clock() + shift

	_replace(clock, moved)
	try:
		yield
	finally:
		_replace(moved, clock)


def _replace(old: Callable, new: Callable) -> None:
	"""Put `new` in the place of `old`, also where a module imported it by name."""
	for module in list(sys.modules.values()):
		names = getattr(module, "__dict__", {})
		if names.get("now_datetime") is old:
			names["now_datetime"] = new
