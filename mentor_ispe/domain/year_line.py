"""The year of a cycle or a group as a line: what is done, where one is, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PAST, NOW, COMING = "past", "now", "coming"


@dataclass(frozen=True)
class Stage:
	"""A day of the line and how it stands. `done` is how much of the way to the next one is gone, in percent."""

	label: str
	day: date
	state: str
	done: int = 0


def year_line(days: Sequence[tuple[str, date | None]], on: date) -> list[Stage]:
	"""The stages, given as (label, day) in any order, as of the day `on`; those without a day are left out.

	The latest that has come is `NOW`, unless it is the last one, which ends the line: then all is `PAST`.
	"""
	known = sorted(((label, day) for label, day in days if day), key=lambda each: each[1])
	came = sum(day <= on for _label, day in known)
	here = came - 1 if came < len(known) else len(known)
	return [
		Stage(
			label,
			day,
			PAST if place < here else NOW if place == here else COMING,
			_percent(day, known[here + 1][1], on) if place == here else 100 * (place < here),
		)
		for place, (label, day) in enumerate(known)
	]


def halfway(first: date | None, last: date | None) -> date | None:
	"""The day in the middle of two, None where one of them isn't known or there is none between."""
	if not first or not last or (last - first).days < 2:
		return None
	return first + timedelta(days=(last - first).days // 2)


def _percent(first: date, last: date, on: date) -> int:
	return round(100 * (on - first).days / (last - first).days)
