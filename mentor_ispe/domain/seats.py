"""A seat: one person's place in a group, the same for mentors, mentees and peers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mentor_ispe.domain.pauses import Pauses, is_away, return_day, standstill
from mentor_ispe.domain.statuses import GONE_SEATS, LIVE_SEATS

MENTOR: Final = "Mentor"
MENTEE: Final = "Mentee"
PEER: Final = "Peer"


@dataclass(frozen=True)
class Seat:
	"""One person's place in a group.

	`person` is the name of their Mentor or Mentee record in the cycle; peers of a circle are Mentees. A person
	who left and came back has two seats, each with its own days.
	"""

	person: str
	role: str = MENTEE
	status: str = "Draft"
	reason: str = ""
	match_reason: str = ""
	suspended_from: str = ""
	is_moderator: bool = False
	group: str = ""
	profile: str = ""
	full_name: str = ""
	proposed_on: datetime | None = None
	responded_on: datetime | None = None
	joined_on: date | None = None
	left_on: date | None = None
	charter_agreed_on: date | None = None
	goes_on: str = ""
	"""What they said about going on in the next cycle: Yes, No, or nothing yet."""
	pauses: Pauses = ()

	@property
	def is_mentor(self) -> bool:
		return self.role == MENTOR

	@property
	def live(self) -> bool:
		return self.status in LIVE_SEATS

	@property
	def gone(self) -> bool:
		return self.status in GONE_SEATS

	def is_away(self, day: date) -> bool:
		"""Whether the person pauses on that day."""
		return is_away(self.pauses, day)

	def returns_on(self, day: date) -> date | None:
		"""The day on which somebody who is away on that day is back."""
		return return_day(self.pauses, day)

	@property
	def part(self) -> str:
		"""What the person is in the group, in one word: the role, or Moderator."""
		return "Moderator" if self.is_moderator and not self.is_mentor else self.role

	@property
	def took_part(self) -> bool:
		"""Whether the person was in the group once it ran, whatever came of it."""
		return self.joined_on is not None or self.status in ("Active", "Completed")


def standstill_of(active: Collection[Seat]) -> Pauses:
	"""When a group with these people can't well meet, since some are away."""
	return standstill(
		[seat.pauses for seat in active if seat.is_mentor],
		[seat.pauses for seat in active if not seat.is_mentor],
	)
