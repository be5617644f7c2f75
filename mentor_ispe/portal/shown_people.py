"""People as their groups see them: the one way to a card of somebody, for others and for themselves."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mentor_ispe.domain.seats import Seat
from mentor_ispe.readings.faces import faces
from mentor_ispe.readings.profiles import shared_emails
from mentor_ispe.readings.seats import held_first, seats
from mentor_ispe.services.members import sharing


def fill(context: Any, profiles: Collection[str]) -> None:
	"""What templates/mentoring/group/person.html shows of these people: faces, what they share, addresses."""
	context.faces = faces(profiles)
	context.shared, context.emails = sharing.shown_to_group(profiles), shared_emails(profiles)


def preview(context: Any, profile: str) -> None:
	"""The person's own card as somebody else in their group reads it, in `context.person`."""
	fill(context, [profile])
	mine = held_first(seats(profiles=[profile], statuses=["Active"]))
	context.person = mine or Seat(
		"", status="Active", profile=profile, full_name=context.faces[profile].full_name
	)
	context.me = Seat("")  # the reader is somebody else
