"""What happened in a step of a meeting, said once; `mentor_ispe/consequences.py` says what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.sessions.meetings import Meeting
from mentor_ispe.domain.violations import Violation


@dataclass(frozen=True)
class InvitationsChanged(Event):
	"""A meeting was planned, changed or cancelled, so that people's calendars are out of date.

	`before` is the meeting that they know of; None when nobody had been invited.
	"""

	before: Meeting | None
	after: Meeting


@dataclass(frozen=True)
class Declined(Event):
	"""Somebody answered the invitation with "No" or "Maybe"."""

	profile: str
	answer: str


@dataclass(frozen=True)
class MeetingPlanned(Event):
	"""A meeting is planned, or planned again; `lacking` says what keeps some of the active people from it."""

	lacking: Mapping[str, Sequence[Violation]]


@dataclass(frozen=True)
class HostChosen(Event):
	"""A planned meeting has another host than before; `before` is who it was, None for nobody."""

	host: str
	before: str | None


@dataclass(frozen=True)
class MeetingHeld(Event):
	"""A meeting that was planned has taken place."""


@dataclass(frozen=True)
class MeetingCancelled(Event):
	"""A meeting that was planned doesn't take place."""


@dataclass(frozen=True)
class MeetingDeleted(Event):
	"""A meeting is about to be deleted."""


@dataclass(frozen=True)
class NotesOpened(Event):
	"""Staff opened the notes of the meeting of that time; the group's people, each with their time zone."""

	starts_on: datetime
	zones: Mapping[str, str | None]
