"""What happened in a step of a group, said once; `mentor_ispe/consequences.py` says what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentor_ispe.domain.seats import Seat


class Event:
	"""Something that a save has brought about, in the same transaction."""


@dataclass(frozen=True)
class SeatChanged(Event):
	"""Somebody's seat has another status than before; `old` is None for a seat that is new."""

	old: Seat | None
	new: Seat

	@property
	def was(self) -> str:
		"""The status before, empty for a new seat."""
		return self.old.status if self.old else ""


@dataclass(frozen=True)
class SeatsAccepted(Event):
	"""The last answer is in, or somebody who came later to a running group said yes: whose yes it is.

	`now`: the profiles that said it in this step. `at_once`: all of them did, as when a group goes on in the next
	cycle.
	"""

	seats: tuple[Seat, ...]
	at_once: bool = False
	now: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ActivePeopleChanged(Event):
	"""Others than before are active in a running group; `arrived` have just become so."""

	arrived: tuple[Seat, ...]


@dataclass(frozen=True)
class PauseChanged(Event):
	"""Somebody in a running group will be away, comes back on another day, or is there again; `seat` says which."""

	seat: Seat


@dataclass(frozen=True)
class SomebodyLeft(Event):
	"""Somebody gave up a seat in a group that goes on with others; `stay` is how many mentees or peers are left."""

	seat: Seat
	stay: int


@dataclass(frozen=True)
class ModeratorChanged(Event):
	"""A running group has another moderator than before, or none: of those who can act."""

	before: Seat | None
	after: Seat | None


@dataclass(frozen=True)
class GroupClosed(Event):
	"""A running group was completed or ended early; `were` are the seats of those who were in it."""

	were: tuple[Seat, ...]


@dataclass(frozen=True)
class CharterChanged(Event):
	"""The charter says something else than before."""


# Going on with the same group in the next cycle


@dataclass(frozen=True)
class ExtensionDeclined(Event):
	"""Somebody said no to `next_cycle`, to which one applies `until`; `others` haven't said no.

	`goes_on`: whether they may still go on together.
	"""

	next_cycle: str
	until: date
	who: Seat
	others: tuple[Seat, ...]
	goes_on: bool


@dataclass(frozen=True)
class ExtensionOff(Event):
	"""The time to answer is over and nothing comes of it, though these said yes."""

	next_cycle: str
	willing: tuple[Seat, ...]
	reason: str


@dataclass(frozen=True)
class ExtensionStuck(Event):
	"""Everybody said yes, and a rule stands in the way."""

	next_cycle: str
	reason: str


@dataclass(frozen=True)
class GroupExtended(Event):
	"""This is the group of the next cycle, which starts on that day."""

	start: date
