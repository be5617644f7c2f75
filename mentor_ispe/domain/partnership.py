"""What the credit rules look at: two people, their time together, meetings, employers and goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mentor_ispe.domain.months import Rhythm
from mentor_ispe.domain.sessions.attendance import MeetingRecord


@dataclass(frozen=True)
class Employment:
	"""From the day `since` on (None: as long as it is known) the person works for `employer`."""

	since: date | None
	employer: str


@dataclass(frozen=True)
class Partner:
	"""One of the two; `employers` in the order of their days."""

	profile: str
	full_name: str
	role: str
	employers: tuple[Employment, ...] = ()

	def employer_on(self, day: date) -> str:
		"""The employer as known for this day; empty when it isn't known."""
		known = [each.employer for each in self.employers if each.since is None or each.since <= day]
		return known[-1].strip() if known else ""

	def changes(self, after: date, until: date) -> list[tuple[date, str, str]]:
		"""(day, from, to) of each change of employer after one day and until another."""
		found = []
		for old, new in pairwise(self.employers):
			if new.since and after < new.since <= until and fold(old.employer) != fold(new.employer):
				found.append((new.since, old.employer, new.employer))
		return found


def fold(employer: str) -> str:
	"""Employers are the same however they are spelled in case and at the edges."""
	return employer.strip().casefold()


@dataclass(frozen=True)
class StatedGoal:
	"""A goal of the mentee: whether it is still open, when it was last looked at, and when it was set."""

	open: bool
	reviewed_on: date | None = None
	set_on: date | None = None


@dataclass(frozen=True)
class Partnership:
	"""A relationship from its first day to its last, over all cycles that it went on in.

	`ended` is None while it runs; `planned_end` is the end of its (last) cycle; `may_go_on` says whether
	it may last longer than that, in the next cycle.
	"""

	format: str
	partners: tuple[Partner, ...]
	start: date
	ended: date | None
	planned_end: date
	may_go_on: bool
	rhythm: Rhythm
	meetings: tuple[MeetingRecord, ...] = ()
	goals: tuple[StatedGoal, ...] = ()

	@property
	def mentors(self) -> tuple[str, ...]:
		"""The profiles of those who mentor in it."""
		return tuple(partner.profile for partner in self.partners if partner.role == "Mentor")

	@property
	def cap(self) -> date | None:
		"""The last day that can count where nobody may go on."""
		return None if self.may_go_on else self.planned_end

	@property
	def end(self) -> date | None:
		"""The last day that counts, when it is known."""
		known = [day for day in (self.ended, self.cap) if day]
		return min(known) if known else None

	def until(self, on: date) -> date:
		"""The last day that counts, as of the day `on`."""
		return min(on, self.end) if self.end else on

	def over(self, on: date) -> bool:
		"""Whether nothing that happens after the day `on` counts any more."""
		return bool(self.ended and on >= self.ended) or bool(self.cap and on > self.cap)

	def both_met(self, on: date) -> list[MeetingRecord]:
		"""The meetings of all partners that count on the day `on`, in the order of their days."""
		people = [partner.profile for partner in self.partners]
		last = self.until(on)
		met = [each for each in self.meetings if each.of(people) and self.start <= each.day <= last]
		return sorted(met, key=lambda each: each.starts)

	def planned(self, on: date) -> list[date]:
		"""The days from `on` on for which a meeting is scheduled."""
		days = (each.day for each in self.meetings if not each.held)
		return sorted(day for day in days if day >= on and (self.end is None or day <= self.end))
