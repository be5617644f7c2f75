"""What the rules for feedback look at: a program's rhythm, a group's life, who writes and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentor_ispe.domain.seats import Seat

PAIR = "One-on-One"


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


@dataclass(frozen=True)
class Participant:
	"""A person in a cycle. `suspended`: the membership lapsed, as far as is known."""

	profile: str
	status: str
	suspended: bool = False


@dataclass(frozen=True)
class Writer:
	"""What is known of the person who gives feedback.

	`seat` is their place in the group ("" without one), `takes_part` says whether they were approved for
	the cycle; `attended` whether they were at the session.
	"""

	seat: str = ""
	mentor: bool = False
	moderates: bool = False
	takes_part: bool = False
	attended: bool = False


@dataclass(frozen=True)
class About:
	"""What the feedback is about; the statuses are empty where there is no group or session."""

	kind: str
	format: str = ""
	group_status: str = ""
	session_status: str = ""
	session_in_group: bool = True


@dataclass(frozen=True)
class Said:
	"""The answer. Ratings are shares of 1, as Frappe keeps five stars; 0 is no rating."""

	rating: float = 0
	staff_rating: float = 0
	comment: str = ""
	staff_comment: str = ""
	going: str = ""
