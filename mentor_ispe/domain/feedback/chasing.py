"""What becomes of a request that nobody has answered: two reminders, then it counts as missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

REMINDERS = 2
REMIND, MISS, WAIVE = "Remind", "Miss", "Waive"


@dataclass(frozen=True)
class Waiting:
	"""An open request. `place` is where its person is now: "in", "suspended" or "gone"."""

	due_on: date
	reminders: int = 0
	reminded_on: date | None = None
	place: str = "in"


def due_date(asked_on: date, days: int) -> date:
	"""The day by which an answer is expected: the program's days from the day of asking, at least one."""
	return asked_on + timedelta(days=max(1, days))


def next_step(request: Waiting, on: date, days: int) -> str | None:
	"""What to do with the request on the day `on`, or None; `days` is the program's time to answer.

	The first reminder goes out on the day the answer is due, the second half of the time to answer later,
	and after as much again the answer counts as missed. Each step counts from the one before, so that a
	job that was dead for a while doesn't send two reminders at once. Who left is let off; who is suspended
	is left alone, and the rest follows when they are back.
	"""
	if request.place == "gone":
		return WAIVE
	if request.place == "suspended" or on < request.due_on:
		return None
	if request.reminders == 0:
		return REMIND
	pause = timedelta(days=max(1, -(-max(1, days) // 2)))
	if on < max(request.due_on, request.reminded_on or request.due_on) + pause:
		return None
	return REMIND if request.reminders < REMINDERS else MISS
