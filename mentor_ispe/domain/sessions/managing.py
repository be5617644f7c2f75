"""Who may move or cancel a group's meetings, and close the action items of others: the program says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.sessions.meetings import Meeting

MENTORS_AND_MODERATOR: Final = "Mentors and Moderator"
EVERYBODY: Final = "Everybody"


def managers(choice: str, format: str, seats: Iterable[Seat], day: date) -> frozenset[str]:
	"""The profiles of those active in the group who may; with an empty `choice` what its format suggests.

	A group never lacks somebody: while no mentor or moderator is active and there, it is everybody.
	"""
	active = [seat for seat in seats if seat.status == "Active"]
	everybody = frozenset(seat.profile for seat in active)
	if (choice or usual_choice(format)) == EVERYBODY:
		return everybody
	chosen = [seat for seat in active if seat.is_mentor or seat.is_moderator]
	if all(seat.is_away(day) for seat in chosen):
		return everybody
	return frozenset(seat.profile for seat in chosen)


def usual_choice(format: str) -> str:
	return MENTORS_AND_MODERATOR if format == "Group" else EVERYBODY


def is_moved(before: Meeting, after: Meeting) -> bool:
	"""Whether the meeting is at another time or place, is cancelled or planned again.

	What is prepared for it, its subject, agenda and reading, isn't part of that.
	"""
	return (before.status, before.appointment) != (after.status, after.appointment)
