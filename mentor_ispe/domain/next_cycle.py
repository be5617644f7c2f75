"""The same cycle once more, a year later or by the program's rhythm: its dates and its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from mentor_ispe.domain.months import DAY, add_months, month_end, month_of

_YEARS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<between>[/–-])(?P<short>\d\d)(?!\d))?(?!\d)")


YEAR = 12
_RHYTHMS = (YEAR, 6, 4, 3)


def rhythm(before: date, start: date) -> int:
	"""How many months apart a program's cycles begin, as these two did: those of a year, or of a part of one.

	Cycles that begin within a month of each other run side by side, and say nothing of it.
	"""
	months = (start - before).days * YEAR / 365
	return min(_RHYTHMS, key=lambda one: abs(one - months)) if months > 1.5 else YEAR


def moved_on(day: date, months: int) -> date:
	"""So many months later: the first or last day of a month stays that, any other day keeps its day of the week,
	and is a few days off."""
	if day == month_of(day):
		return add_months(day, months)
	if day == month_end(day):
		return month_end(add_months(month_of(day), months))
	return day + timedelta(weeks=round(months * 52 / YEAR))


def dates_moved_on(dates: Mapping[str, date], months: int) -> dict[str, date]:
	"""These dates of a cycle so many months later, in the order that they had."""
	moved = {name: moved_on(day, months) for name, day in dates.items()}
	by_day = sorted(dates, key=lambda name: dates[name])
	for earlier, later in pairwise(by_day):
		apart = DAY if dates[earlier] < dates[later] else timedelta()
		moved[later] = max(moved[later], moved[earlier] + apart)
	return moved


def name_moved_on(name: str, year: int, years: int = 1) -> str:
	"""Every year in the name counted up by `years`, also as 2026/27; without one, `year` is put behind it."""

	def counted_up(found: re.Match[str]) -> str:
		later = str(int(found["year"]) + years)
		return (
			f"{later}{found['between']}{(int(found['short']) + years) % 100:02}" if found["short"] else later
		)

	renamed, found = _YEARS.subn(counted_up, name)
	return renamed if found else f"{name} {year}"
