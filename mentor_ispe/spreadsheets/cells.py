"""A cell of a workbook as one would type it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any


def shown(value: Any) -> str:
	"""Days as 2027-01-31, whole numbers without a fraction, yes and no for a tick."""
	if value is None:
		return ""
	ways: dict[type, Callable[[Any], str]] = {
		bool: lambda tick: "yes" if tick else "no",
		datetime: lambda moment: str(moment.date() if moment.time() == time() else moment),
		date: date.isoformat,
		float: lambda number: str(int(number)) if number.is_integer() else repr(number),
	}
	return ways.get(type(value), str)(value)
