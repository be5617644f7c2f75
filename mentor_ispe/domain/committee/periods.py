"""Which days a report to the committee is about, and which days it is compared with.

The months of a program are counted from the day on which its first cycle started: a program of two months
that began on 15 January is reported on up to 14 March, 14 May and so on, whatever was sent by hand between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentor_ispe.domain.months import DAY, add_months

A_YEAR = 12
"""No report is about more months than this, however long none was sent."""


@dataclass(frozen=True)
class Period:
	"""From the first day to the last, both of them in it."""

	first: date
	last: date

	@property
	def days(self) -> int:
		return (self.last - self.first).days + 1

	@property
	def months(self) -> int | None:
		"""How many months these are; None when it isn't a whole number of them."""
		after = self.last + DAY
		months = (after.year - self.first.year) * 12 + after.month - self.first.month
		return months if months > 0 and add_months(self.first, months) == after else None

	def before(self) -> Period:
		"""As many months, or else days, right before."""
		months = self.months
		first = add_months(self.first, -months) if months else self.first - DAY * self.days
		return Period(first, self.first - DAY)

	def year_before(self) -> Period:
		"""The same days of the year before."""
		first = add_months(self.first, -A_YEAR)
		return Period(first, max(first, add_months(self.last + DAY, -A_YEAR) - DAY))


def due(start: date | None, reported: date | None, every: int, today: date) -> Period | None:
	"""What a report is to be about today, or None.

	`start` is the first day of the program's first cycle, `reported` the last day of the last report, `every`
	the months of the rhythm (0: no report). What a missed run left out is in the next report, up to a year
	of it. Where a report was sent by hand in the second half of a period, the next one waits for the end of
	the period after.
	"""
	if not start or every < 1:
		return None
	begins, ends = _latest(start, every, today)
	if ends <= start:
		return None
	since = reported + DAY if reported else begins
	if since > begins + (ends - begins) / 2:
		return None
	return Period(max(since, add_months(ends, -max(every, A_YEAR))), ends - DAY)


def by_hand(start: date | None, reported: date | None, every: int, today: date) -> Period | None:
	"""What a report sent today is about: everything up to yesterday that none was about; None if there is nothing.

	For a program without a report: the months of its rhythm, or two.
	"""
	usual = every or 2
	since = reported + DAY if reported else max(add_months(today, -usual), start or date.min)
	if since >= today:
		return None if reported else Period(add_months(today, -usual), today - DAY)
	return Period(max(since, add_months(today, -max(usual, A_YEAR))), today - DAY)


def _latest(start: date, every: int, today: date) -> tuple[date, date]:
	"""First day of the last full period before today, and the day after it; both `start` when there is none."""
	count = ((today.year - start.year) * 12 + today.month - start.month) // every
	while count > 0 and add_months(start, count * every) > today:
		count -= 1
	if count < 1:
		return start, start
	return add_months(start, (count - 1) * every), add_months(start, count * every)
