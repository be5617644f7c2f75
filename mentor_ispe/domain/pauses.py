"""Pauses: somebody in a group is away for a while, and comes back on a day that they say.

Their seat stays theirs, and active. While they are away they are expected at no meeting and reminded of nothing,
their hours aren't asked for, and a group that can't meet without them isn't judged by those days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from mentor_ispe.domain.months import month_end, months_between
from mentor_ispe.domain.violations import N_, Violation

LONGEST_DAYS = 184


@dataclass(frozen=True, order=True)
class Pause:
	"""Away from the first day on; there again on the day of return."""

	first: date
	returns_on: date

	def covers(self, day: date) -> bool:
		return self.first <= day < self.returns_on


Pauses = tuple[Pause, ...]
"""One person's pauses in one group: in their order, none over another."""


def read(text: str) -> Pauses:
	"""The pauses as `write` wrote them."""
	pairs = (part.split("/") for part in text.split())
	return tuple(Pause(date.fromisoformat(first), date.fromisoformat(back)) for first, back in pairs)


def write(pauses: Iterable[Pause]) -> str:
	"""Intervals as ISO 8601 writes them, first day and day of return: "2031-03-01/2031-04-26"."""
	return " ".join(f"{pause.first.isoformat()}/{pause.returns_on.isoformat()}" for pause in pauses)


def current(pauses: Iterable[Pause], day: date) -> Pause | None:
	"""The pause that goes on on that day, else the next one."""
	return min((pause for pause in pauses if pause.returns_on > day), default=None)


def is_away(pauses: Iterable[Pause], day: date) -> bool:
	return any(pause.covers(day) for pause in pauses)


def return_day(pauses: Iterable[Pause], day: date) -> date | None:
	"""The day on which somebody who is away on that day is back."""
	return next((pause.returns_on for pause in pauses if pause.covers(day)), None)


def check(first: date, returns_on: date, today: date, last_day: date) -> list[Violation]:
	"""What is wrong with a pause that somebody asks for today, in a cycle that ends on `last_day`."""
	if first < today:
		return [Violation("past", N_("Choose today or a later day for the first day away."))]
	if returns_on <= first:
		return [Violation("return", N_("Choose a return date after the first day away."))]
	if returns_on > last_day:
		words = N_("The cycle ends on {day}. Choose an earlier return date, or leave the group.")
		return [Violation("after_the_end", words, {"day": last_day})]
	if (returns_on - first).days > LONGEST_DAYS:
		return [
			Violation(
				"too_long",
				N_("A pause can last at most {most} days. Choose an earlier return date."),
				{"most": LONGEST_DAYS},
			)
		]
	return []


def away(name: str, returns_on: date) -> Violation:
	"""Why somebody can't be invited."""
	return Violation("away", N_("{name} is away until {day}."), {"name": name, "day": returns_on})


def begin(pauses: Pauses, first: date, returns_on: date, today: date) -> Pauses:
	"""With this pause: it takes the place of one to come; one that goes on gets the new day of return."""
	going_on = next((pause for pause in pauses if pause.covers(today)), None)
	over = [pause for pause in pauses if pause.returns_on <= today]
	return (*over, Pause(going_on.first if going_on else first, returns_on))


def end(pauses: Iterable[Pause], today: date) -> Pauses:
	"""With the person there again from today on; a pause to come is forgotten."""
	return tuple(Pause(pause.first, min(pause.returns_on, today)) for pause in pauses if pause.first < today)


def days_away(pauses: Iterable[Pause], first: date, last: date) -> int:
	"""How many of the days from `first` to `last`, both included, lie in the pauses, which don't overlap."""
	after = last + timedelta(days=1)
	return sum(max(0, (min(pause.returns_on, after) - max(pause.first, first)).days) for pause in pauses)


def trimmed(pauses: Iterable[Pause], last: date) -> Pauses:
	"""The pauses of somebody whose last day in the group it is."""
	return end(pauses, last + timedelta(days=1))


def months_away(pauses: Pauses) -> list[date]:
	"""The first days of the calendar months of which somebody is away for more than half."""
	months = sorted({month for pause in pauses for month in months_between(pause.first, pause.returns_on)})
	return [
		month for month in months if 2 * days_away(pauses, month, month_end(month)) > month_end(month).day
	]


def together(pauses: Iterable[Pause]) -> Pauses:
	"""The days on which at least one of them is away, as pauses that don't overlap or touch."""
	found: list[Pause] = []
	for pause in sorted(pauses):
		if found and pause.first <= found[-1].returns_on:
			found[-1] = Pause(found[-1].first, max(found[-1].returns_on, pause.returns_on))
		else:
			found.append(pause)
	return tuple(found)


def standstill(mentors: Collection[Pauses], others: Collection[Pauses]) -> Pauses:
	"""When a group can't well meet: all its mentors are away, or fewer than two people are there."""
	everybody = [*mentors, *others]
	bounds = sorted({day for one in everybody for pause in one for day in (pause.first, pause.returns_on)})
	still = []
	for first, after in pairwise(bounds):
		there = [not is_away(one, first) for one in everybody]
		without_mentor = bool(mentors) and not any(there[: len(mentors)])
		if not all(there) and (without_mentor or sum(there) < 2):
			still.append(Pause(first, after))
	return together(still)
