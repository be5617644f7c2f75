"""When a group meets next: the rhythm of its charter or its program, on the weekday and hour it is used to.

A month's rhythm keeps the weekday of the month ("the third Tuesday"; a fifth one is the last), so that
nobody's week is turned over. Moments are those of the site, without a time zone.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice

LONGEST_SERIES = 60
# Weeks or months between two meetings at most; further apart nobody meets, and the calendar comes to its end.
FURTHEST_APART = 52
FIRST_MEETING_IN_DAYS = 7
FIRST_MEETING_AT = time(17)


@dataclass(frozen=True)
class Rhythm:
	"""Every so many weeks or months, from one to FURTHEST_APART."""

	every: int = 1
	unit: str = "Month"

	def __post_init__(self) -> None:
		if not 1 <= self.every <= FURTHEST_APART or self.unit not in ("Week", "Month"):
			raise ValueError(f"not a rhythm: every {self.every} {self.unit}")


def rhythm_of(
	charter_every: int | None, charter_unit: str | None, program_every: int, program_unit: str
) -> Rhythm:
	"""What the charter says; where it says nothing (0), what the program says."""
	every, unit = (charter_every, charter_unit) if charter_every else (program_every, program_unit)
	return Rhythm(min(max(1, every), FURTHEST_APART), unit or "Month")


def beats(rhythm: Rhythm, start: datetime) -> Iterator[datetime]:
	"""`start` and every meeting after it, without end; each reckoned from `start`, so nothing drifts."""
	if rhythm.unit == "Week":
		for number in count():
			yield start + timedelta(weeks=number * rhythm.every)
	last = _is_last_of_month(start.date()) and start.day > 28
	which = (start.day - 1) // 7
	for number in count():
		months = start.year * 12 + start.month - 1 + number * rhythm.every
		day = _weekday_of_month(months // 12, months % 12 + 1, start.weekday(), which, last)
		yield datetime.combine(day, start.time())


def next_start(
	rhythm: Rhythm, last: datetime | None, now: datetime, first_day: date, last_day: date
) -> datetime | None:
	"""The next meeting after `last`, later than `now`, from `first_day` to `last_day`; None when none fits.

	Without an earlier meeting: a week from now, or from the first day, at five on a working day.
	"""
	if last is None:
		day = max(now.date(), first_day - timedelta(days=FIRST_MEETING_IN_DAYS)) + timedelta(
			days=FIRST_MEETING_IN_DAYS
		)
		day += timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
		proposed = datetime.combine(day, FIRST_MEETING_AT)
	else:
		later = islice(beats(rhythm, last), 1, None)
		proposed = next(at for at in later if at > now and at.date() >= first_day)
	return proposed if proposed.date() <= last_day else None


def series(
	rhythm: Rhythm, start: datetime, last_day: date, times: int | None = None, longest: int = LONGEST_SERIES
) -> list[datetime]:
	"""The meetings from `start` on until `last_day`, or the first `times` of them; `longest` at most."""
	found: list[datetime] = []
	for at in beats(rhythm, start):
		if at.date() > last_day or len(found) >= (longest if times is None else min(times, longest)):
			return found
		found.append(at)
	return found


def _is_last_of_month(day: date) -> bool:
	return day.day + 7 > monthrange(day.year, day.month)[1]


def _weekday_of_month(year: int, month: int, weekday: int, which: int, last: bool) -> date:
	"""The `which`th (from 0) such weekday of the month, or the last one."""
	first = date(year, month, 1)
	day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * which)
	if last or day.month != month:
		end = date(year, month, monthrange(year, month)[1])
		return end - timedelta(days=(end.weekday() - weekday) % 7)
	return day
