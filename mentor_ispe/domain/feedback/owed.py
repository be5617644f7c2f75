"""Who owes which feedback by now, worked out from the program's rhythm.

What is owed comes up on a day and stays for a while (`*_DAYS`, or until the next period): a job that was
dead for a week asks for all of it, one that starts after a year asks for nothing that is long past. The
slot names the occasion, so that the same is asked once, whoever it is asked of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mentor_ispe.domain.months import add_months
from mentor_ispe.domain.seats import Seat

SESSION, CHECK_IN, GROUP_UPDATE = "Session", "Check-in", "Group Update"
CLOSING, PROGRAM, STORY = "Closing", "Program", "Success Story"
PAIR = "One-on-One"

SESSION_DAYS = 30
CLOSING_DAYS = 60
PROGRAM_DAYS = 60


@dataclass(frozen=True)
class Rhythm:
	"""What a program says of feedback. `days` is the time to answer, in days; at least one."""

	every_months: int = 0
	after_sessions: bool = False
	at_end: bool = True
	days: int = 14


@dataclass(frozen=True)
class Meeting:
	"""A session that took place, and who was there."""

	name: str
	held_on: date
	attended: frozenset[str]
	host: str | None = None


@dataclass(frozen=True)
class GroupLife:
	"""A group as far as feedback goes: seats in their order, the mentor first; meetings that were held.

	`ends_on` is the day on which the cycle ends.
	"""

	name: str
	cycle: str
	format: str
	status: str
	started_on: date | None
	ended_on: date | None = None
	ends_on: date | None = None
	seats: tuple[Seat, ...] = ()
	meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True)
class Asked:
	"""What was asked before: the slot, of whom, and what became of it."""

	slot: str
	profile: str
	status: str


@dataclass(frozen=True)
class Ask:
	"""One piece of feedback that one person owes; `since` is the day from which it is."""

	slot: str
	kind: str
	profile: str
	cycle: str
	since: date
	group: str | None = None
	session: str | None = None


def session_slot(session: str) -> str:
	"""The slot of feedback on this session."""
	return f"session:{session}"


def closing_slot(group: str) -> str:
	"""The slot of feedback at the end of this group."""
	return f"closing:{group}"


def owed_in_group(group: GroupLife, rhythm: Rhythm, on: date, asked: Collection[Asked] = ()) -> list[Ask]:
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
		for ask in _all_owed(group, rhythm, on)
		if (ask.slot, ask.profile) not in known and not (ask.kind == GROUP_UPDATE and ask.slot in updated)
	]


def _all_owed(group: GroupLife, rhythm: Rhythm, on: date) -> Iterator[Ask]:
	if group.status == "Active":
		if rhythm.after_sessions:
			yield from _after_sessions(group, on)
		yield from _of_period(group, rhythm, on)
	elif group.status in ("Completed", "Ended Early") and rhythm.at_end:
		yield from _at_end(group, on)


def _after_sessions(group: GroupLife, on: date) -> Iterator[Ask]:
	there = [seat.profile for seat in group.seats if seat.status == "Active"]
	for meeting in group.meetings:
		if timedelta() <= on - meeting.held_on < timedelta(days=SESSION_DAYS):
			for profile in dict.fromkeys(there):
				if profile in meeting.attended:
					yield Ask(
						session_slot(meeting.name),
						SESSION,
						profile,
						group.cycle,
						meeting.held_on,
						group.name,
						meeting.name,
					)


def period_end(started_on: date, every_months: int, on: date) -> date | None:
	"""The last day on which a period of so many months was full, up to `on`; None before the first."""
	if every_months < 1:
		return None
	number = ((on.year - started_on.year) * 12 + on.month - started_on.month) // every_months
	while number > 0 and add_months(started_on, number * every_months) > on:
		number -= 1
	return add_months(started_on, number * every_months) if number > 0 else None


def _of_period(group: GroupLife, rhythm: Rhythm, on: date) -> Iterator[Ask]:
	end = period_end(group.started_on, rhythm.every_months, on) if group.started_on else None
	if end is None or (rhythm.at_end and group.ends_on and end >= group.ends_on):
		return  # the closing feedback takes the place of the last one
	seats = [
		seat
		for seat in group.seats
		if seat.status == "Active" and (seat.joined_on is None or seat.joined_on < end)
	]
	kind, writers = CHECK_IN, [seat.profile for seat in seats]
	if group.format != PAIR:
		kind, writers = GROUP_UPDATE, _spokesperson(group, seats)
	for profile in dict.fromkeys(writers):
		yield Ask(f"{kind.lower()}:{group.name}:{end}", kind, profile, group.cycle, end, group.name)


def _spokesperson(group: GroupLife, seats: list[Seat]) -> list[str]:
	"""Who speaks for a group: its moderator, else the mentor, else the last host, else the first in it."""
	there = [seat.profile for seat in seats]
	hosts = [
		meeting.host
		for meeting in sorted(group.meetings, key=lambda meeting: (meeting.held_on, meeting.name))[::-1]
		if meeting.host in there
	]
	chosen = [
		*(seat.profile for seat in seats if seat.is_moderator),
		*(seat.profile for seat in seats if seat.is_mentor),
		*hosts,
		*there,
	]
	return chosen[:1]


def _at_end(group: GroupLife, on: date) -> Iterator[Ask]:
	ended_on = group.ended_on
	if ended_on is None or not timedelta() <= on - ended_on < timedelta(days=CLOSING_DAYS):
		return
	for seat in group.seats:
		stayed = seat.status == "Completed" or (seat.status == "Ended" and seat.joined_on)
		# Also of those whose seat ended while it was suspended nobody asks anything.
		if stayed and not seat.suspended_from:
			yield Ask(closing_slot(group.name), CLOSING, seat.profile, group.cycle, ended_on, group.name)


@dataclass(frozen=True)
class Participant:
	"""A person in a cycle. `suspended`: the membership lapsed, as far as is known."""

	profile: str
	status: str
	suspended: bool = False


def owed_at_cycles_end(
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
		Ask(slot, PROGRAM, profile, cycle, min(on, ends_on))
		for profile in sorted(there)
		if (slot, profile) not in known
	]
