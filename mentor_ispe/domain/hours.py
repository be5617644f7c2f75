"""Hours per person and calendar month against what the program asks for.

A month is asked for when the person took part on at least half of its days, so that nobody owes an hour
for the two days at the edge; what is done in such a month still counts in all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mentor_ispe.domain.months import month_end, month_of, months_between
from mentor_ispe.domain.pauses import Pauses, months_away
from mentor_ispe.domain.sessions.attendance import MeetingRecord
from mentor_ispe.domain.violations import N_, Violation

MET, OPEN, MISSED = "Met", "Open", "Missed"


@dataclass(frozen=True)
class Asked:
	"""What a program that lasts `months` asks of each person, in minutes; 0: nothing."""

	per_month: int = 0
	in_all: int = 0
	months: int = 0

	def less(self, months_away: int) -> int:
		"""What is asked in all of somebody who paused for so many months."""
		if not self.months:
			return self.in_all
		return max(0, self.in_all * (self.months - months_away) // self.months)


@dataclass(frozen=True)
class MonthOfHours:
	"""One calendar month, named by its first day; `by` is the last day to make up what is missing."""

	month: date
	minutes: int
	asked: int
	by: date
	state: str

	@property
	def missing(self) -> int:
		return max(0, self.asked - self.minutes)


@dataclass(frozen=True)
class Hours:
	"""What one person spent in the meetings of a group, in minutes."""

	months: tuple[MonthOfHours, ...]
	minutes: int
	asked: int
	by: date
	state: str

	@property
	def missing(self) -> int:
		return max(0, self.asked - self.minutes)

	def says(self) -> list[Violation]:
		"""What is missing and by when, in words; empty when nothing is."""
		words = []
		for month in self.months:
			if month.state == MISSED:
				words.append(
					Violation(
						"month_missed",
						N_("{missing} of {asked} are still missing in {month}."),
						{
							"missing": duration(month.missing),
							"asked": duration(month.asked),
							"month": month.month,
						},
					)
				)
			elif month.state == OPEN and month.missing and month.month <= self.by:
				words.append(
					Violation(
						"month_open",
						N_("{missing} more by {by} to reach {asked} this month."),
						{"missing": duration(month.missing), "asked": duration(month.asked), "by": month.by},
					)
				)
		if self.missing:
			code, text = (
				("all_missed", N_("{missing} of {asked} in total were missing at the end on {by}."))
				if self.state == MISSED
				else ("all_open", N_("{missing} more by {by} to reach {asked} in total."))
			)
			words.append(
				Violation(
					code,
					text,
					{"missing": duration(self.missing), "asked": duration(self.asked), "by": self.by},
				)
			)
		return words


def hours_of(
	meetings: Iterable[MeetingRecord],
	person: str,
	first: date,
	last: date,
	on: date,
	asked: Asked,
	pauses: Pauses = (),
) -> Hours:
	"""Add up a person's minutes from the day they came (`first`) to the day they go (`last`), as of `on`.

	Nothing is asked for months of which they are away for more than half, and in all so much less. Months that haven't begun on the day `on` aren't listed.
	"""
	spent: dict[date, int] = {}
	for meeting in meetings:
		if meeting.held and meeting.day <= on and person in meeting.attended:
			month = month_of(meeting.day)
			spent[month] = spent.get(month, 0) + meeting.attended[person]
	until = min(last, on)
	listed = sorted({*months_between(first, until), *spent})
	away = set(months_away(pauses))
	months = tuple(
		_month(month, spent.get(month, 0), first, last, on, 0 if month in away else asked.per_month)
		for month in listed
	)
	total = sum(spent.values())
	in_all = asked.less(sum(month < month_of(on) for month in away))
	state = MET if total >= in_all else MISSED if on > last else OPEN
	return Hours(months, total, in_all, last, state)


def latest_first_day(month: date) -> date:
	"""The last day on which somebody may come and still take part on half of the month."""
	days = month_end(month).day
	return month.replace(day=days // 2 + 1)


def earliest_last_day(month: date) -> date:
	"""The first day on which somebody may go and has taken part on half of the month."""
	return month.replace(day=(month_end(month).day + 1) // 2)


def _month(month: date, minutes: int, first: date, last: date, on: date, per_month: int) -> MonthOfHours:
	end = month_end(month)
	days = (min(end, last) - max(month, first)).days + 1
	asked = per_month if days * 2 >= end.day else 0
	by = min(end, last)
	state = MET if minutes >= asked else MISSED if on > by else OPEN
	return MonthOfHours(month, minutes, asked, by, state)


def duration(minutes: int) -> str:
	"""Minutes as a clock shows them: 90 is 1:30 h."""
	return f"{minutes // 60}:{minutes % 60:02d} h"
