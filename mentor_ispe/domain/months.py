"""Calendar months and weeks: what a rhythm or "six months" comes to in days."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
	"""The same day of the month so many months on (or back), the last one where a month is shorter."""
	index = day.year * 12 + day.month - 1 + months
	year, month = divmod(index, 12)
	return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(start: date, months: int) -> date:
	"""The day on which so many months from `start` are full: 1 October and 6 months make 31 March."""
	return add_months(start, months) - DAY


def month_of(day: date) -> date:
	"""The first day of the month."""
	return day.replace(day=1)


def month_end(day: date) -> date:
	return day.replace(day=monthrange(day.year, day.month)[1])


def months_between(first: date, last: date) -> list[date]:
	"""The first days of all calendar months that the days from `first` to `last` touch."""
	months = []
	month = month_of(first)
	while month <= last:
		months.append(month)
		month = add_months(month, 1)
	return months


@dataclass(frozen=True)
class Rhythm:
	"""How often people meet: every so many weeks or months."""

	every: int = 1
	unit: str = "Month"

	def after(self, day: date, times: int = 1) -> date:
		count = max(1, self.every) * times
		return day + timedelta(weeks=count) if self.unit == "Week" else add_months(day, count)

	def before(self, day: date, times: int = 1) -> date:
		return self.after(day, -times)
