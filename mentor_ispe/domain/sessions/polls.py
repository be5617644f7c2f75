"""A poll of times for a group's next meeting: what it may ask, when it is decided, and for which time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.sessions.meetings import SMALLEST_MEETING, TOO_FEW
from mentor_ispe.domain.sessions.slots import Slot, fairest
from mentor_ispe.domain.violations import N_, Violation

FEWEST, MOST = 2, 6
OPEN, DECIDED, CLOSED = "Open", "Decided", "Closed"

Answers = Mapping[str, Collection[int]]
"""The numbers of the slots that each person can come to, from 1; somebody who answered "none" has none."""


@dataclass(frozen=True)
class PollOpened(Event):
	"""Somebody asks the others which of some times suit them; `others` are their profiles."""

	others: tuple[str, ...]


@dataclass(frozen=True)
class PollWaits(Event):
	"""Everybody has answered, and fewer than two can meet yet: `best` becomes the meeting once they can; `why` not now."""

	best: datetime
	why: tuple[Violation, ...]


@dataclass(frozen=True)
class PollClosed(Event):
	"""A poll ended without a meeting: no time suits two people, or rules refuse the `best` for the reasons in `why`."""

	best: datetime | None = None
	why: tuple[Violation, ...] = ()


def check(starts: Sequence[datetime], ends_on: datetime, now: datetime, last_day: date) -> list[Violation]:
	"""What is wrong with a poll about these times that takes answers until `ends_on`; all on one clock."""
	if not FEWEST <= len(set(starts)) <= MOST:
		return [
			Violation(
				"slots", N_("Choose {fewest} to {most} different times."), {"fewest": FEWEST, "most": MOST}
			)
		]
	if min(starts) <= now:
		return [Violation("past", N_("One of the times has passed. Choose later ones."))]
	if max(starts).date() > last_day:
		return [
			Violation(
				"after_the_end",
				N_("The cycle ends on {day}. Choose an earlier day, or ask the coordinator to move its end."),
				{"day": last_day},
			)
		]
	if not now < ends_on < max(starts):
		return [
			Violation("ends_on", N_("Choose a time to answer by, between now and the last of the times."))
		]
	return []


def waits(why: Collection[Violation], now: datetime, ends_on: datetime) -> bool:
	"""Whether a meeting that is refused may still come about until the poll ends: too few are ready for it yet."""
	return now < ends_on and any(one.code == TOO_FEW for one in why)


def has_everybody(answers: Answers, people: Collection[str]) -> bool:
	"""Whether nobody is left to answer."""
	return set(people) <= set(answers)


def decide(
	slots: Mapping[int, Slot], answers: Answers, people: Collection[str], borne: Mapping[str, int]
) -> int | None:
	"""The number of the slot that most people can come to, of equals the fairest; None when none suits two people.

	`slots` are those that are still possible, `people` those whose answers count; `borne` as `Slot.burden` counts it.
	"""
	coming = {number: sum(number in answers.get(who, ()) for who in people) for number in slots}
	most = max(coming.values(), default=0)
	if most < SMALLEST_MEETING:
		return None
	best = [number for number in sorted(slots) if coming[number] == most]
	chosen = fairest([slots[number] for number in best], borne)
	return next(number for number in best if slots[number] == chosen)
