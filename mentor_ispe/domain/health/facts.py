"""What the health of a group is worked out from, on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mentor_ispe.domain.months import add_months
from mentor_ispe.domain.pauses import Pauses, days_away
from mentor_ispe.domain.seats import Seat


@dataclass(frozen=True)
class Interval:
	"""How often a group means to meet: every `every` weeks or months."""

	every: int = 1
	unit: str = "Month"

	def after(self, day: date, times: int) -> date:
		"""The day so many intervals later; earlier for a negative number."""
		every = max(1, self.every) * times
		return add_months(day, every) if self.unit == "Month" else day + timedelta(weeks=every)


@dataclass(frozen=True)
class Session:
	"""A session up to the day. `there` attended, `expected` were on the list; both empty unless it was held."""

	name: str
	on: date
	status: str
	there: frozenset[str] = frozenset()
	expected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
	"""One piece of feedback. Stars are 1 to 5 or 0; the second ones were for the coordinators only."""

	name: str
	profile: str
	given_on: date
	stars: float = 0
	staff_stars: float = 0
	going: str = ""

	@property
	def low(self) -> bool:
		"""Whether one of its ratings is one or two stars."""
		return any(0 < stars <= 2 for stars in (self.stars, self.staff_stars))


@dataclass(frozen=True)
class Goal:
	"""One person's goal that wasn't dropped; `progress` is 0 to 100."""

	profile: str
	progress: float = 0
	achieved: bool = False


@dataclass(frozen=True)
class Facts:
	"""Everything about one active group on the day `on`.

	`owed` counts the feedback that was due by then, `given` what came of it; `to_sign` the signatures that
	the program requires of the people in the group, `signed` those that are there.
	"""

	on: date
	started_on: date
	first_meeting_days: int = 30
	interval: Interval = Interval()
	ends_on: date | None = None
	people: tuple[Seat, ...] = ()
	sessions: tuple[Session, ...] = ()
	answers: tuple[Answer, ...] = ()
	goals: tuple[Goal, ...] = ()
	owed: int = 0
	given: int = 0
	to_sign: int = 0
	signed: int = 0
	charter_agreed: bool = False
	wrote: Mapping[str, date] = field(default_factory=dict)
	"""The day of each person's last message to the group."""
	meeting_planned: bool = False
	"""Whether a meeting is to come."""
	standstill: Pauses = ()
	"""When the group can't well meet, because people are away."""

	@property
	def present(self) -> tuple[Seat, ...]:
		"""The people who aren't away."""
		return tuple(person for person in self.people if not person.is_away(self.on))

	def days_between(self, first: date, last: date) -> int:
		"""The days from one to the other on which the group could meet."""
		return (last - first).days - days_away(self.standstill, first, last - timedelta(days=1))

	@property
	def in_touch(self) -> bool:
		"""Whether anybody wrote, or a meeting was ever planned."""
		return bool(self.wrote or self.sessions or self.meeting_planned)

	@property
	def held(self) -> tuple[Session, ...]:
		"""The sessions that took place, earliest first."""
		past = (session for session in self.sessions if session.status == "Held" and session.on <= self.on)
		return tuple(sorted(past, key=lambda session: (session.on, session.name)))
