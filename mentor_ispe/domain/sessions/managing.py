"""Who may move or cancel a group's meetings, and close the action items of others: the program says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mentor_ispe.domain.seats import Seat

MENTORS_AND_MODERATOR: Final = "Mentors and Moderator"
EVERYBODY: Final = "Everybody"


def managers(choice: str, format: str, seats: Iterable[Seat]) -> frozenset[str]:
	"""The profiles of those active in the group who may; with an empty `choice` what its format suggests.

	A group never lacks somebody: without an active mentor or moderator it is everybody.
	"""
	active = [seat for seat in seats if seat.status == "Active"]
	everybody = frozenset(seat.profile for seat in active)
	if (choice or usual_choice(format)) == EVERYBODY:
		return everybody
	return frozenset(seat.profile for seat in active if seat.is_mentor or seat.is_moderator) or everybody


def usual_choice(format: str) -> str:
	return MENTORS_AND_MODERATOR if format == "Group" else EVERYBODY
