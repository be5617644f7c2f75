"""The same cycle a year later: its dates and its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from mentor_ispe.domain.months import DAY, add_months, month_end, month_of

_YEARS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<between>[/–-])(?P<short>\d\d)(?!\d))?(?!\d)")


def year_later(day: date) -> date:
	"""The first or last day of a month stays that; any other day keeps its day of the week, and is a day or two off."""
	if day == month_of(day):
		return add_months(day, 12)
	if day == month_end(day):
		return month_end(add_months(month_of(day), 12))
	return day + timedelta(weeks=52)


def dates_a_year_later(dates: Mapping[str, date]) -> dict[str, date]:
	"""These dates of a cycle a year later, in the order that they had."""
	moved = {name: year_later(day) for name, day in dates.items()}
	by_day = sorted(dates, key=lambda name: dates[name])
	for earlier, later in pairwise(by_day):
		apart = DAY if dates[earlier] < dates[later] else timedelta()
		moved[later] = max(moved[later], moved[earlier] + apart)
	return moved


def name_a_year_later(name: str, year: int) -> str:
	"""Every year in the name counted up, also as 2026/27; without one, the year is put behind it."""

	def counted_up(found: re.Match[str]) -> str:
		later = str(int(found["year"]) + 1)
		return f"{later}{found['between']}{(int(found['short']) + 1) % 100:02}" if found["short"] else later

	renamed = _YEARS.sub(counted_up, name)
	return renamed if renamed != name else f"{name} {year}"
