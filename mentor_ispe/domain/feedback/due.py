"""Which feedback is due by now, worked out from the program's rhythm, and what becomes of a request for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from mentor_ispe.domain.feedback.facts import Ask, Asked, GroupLife, Participant, Rhythm
from mentor_ispe.domain.feedback.kinds import KINDS, PROGRAM, PROGRAM_DAYS

REMINDERS = 2
REMIND, MISS, WAIVE = "Remind", "Miss", "Waive"


def due_in_group(group: GroupLife, rhythm: Rhythm, on: date, asked: Collection[Asked] = ()) -> list[Ask]:
	"""What the people of the group are to be asked on the day `on`, but what was asked before."""
	if group.started_on is None or on < group.started_on:
		return []
	gone = {seat.profile for seat in group.seats} - {
		seat.profile for seat in group.seats if seat.status in ("Active", "Suspended")
	}
	known = {(each.slot, each.profile) for each in asked}
	# One update is enough for everybody; only when the person asked has left, another one is.
	updated = {each.slot for each in asked if not (each.status == "Waived" and each.profile in gone)}
	return [
		ask
		for kind in KINDS.values()
		for ask in kind.due(group, rhythm, on)
		if (ask.slot, ask.profile) not in known and not (kind.one_for_all and ask.slot in updated)
	]


def due_at_end_of_cycle(
	cycle: str,
	status: str,
	ends_on: date,
	people: Collection[Participant],
	rhythm: Rhythm,
	on: date,
	asked: Collection[tuple[str, str]] = (),
) -> list[Ask]:
	"""Feedback on the program itself, once the cycle is over.

	From everyone who had a place in it, mentors and mentees alike, also from those for whom no match was
	found: they waited in vain, and nobody else can say what that was like. Not from those who were
	rejected, withdrew or lost their membership. A person who was both is asked once.
	"""
	over = status == "Completed" or (status == "Running" and on >= ends_on)
	if not (rhythm.at_end and over and on < ends_on + timedelta(days=PROGRAM_DAYS)):
		return []
	slot, known = f"program:{cycle}", set(asked)
	there = {person.profile for person in people if person.status in ("Approved", "Active", "Completed")}
	there -= {person.profile for person in people if person.suspended}
	return [
		Ask(slot, PROGRAM.code, profile, cycle, min(on, ends_on))
		for profile in sorted(there)
		if (slot, profile) not in known
	]


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
