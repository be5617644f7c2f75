"""A meeting as the hours and the credit rules see it: when, how long, how, and who was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class MeetingRecord:
	"""`starts` is in the site's time zone; `attended` has the minutes of each person who was there."""

	session: str
	starts: datetime
	minutes: int
	in_person: bool = False
	held: bool = True
	attended: Mapping[str, int] = field(default_factory=dict)

	@property
	def day(self) -> date:
		return self.starts.date()

	def of(self, people: Iterable[str]) -> bool:
		"""Whether it took place with all of these people."""
		return self.held and all(person in self.attended for person in people)


def minutes_attended(attended: bool, minutes: int | None, duration: int) -> int | None:
	"""How long somebody was there; None when they weren't. No minutes noted: the whole meeting."""
	if not attended:
		return None
	return minutes or duration


def minutes_spent(meetings: Iterable[MeetingRecord], person: str, on: date) -> int:
	"""A person's minutes in the meetings held up to the day `on`; a moment at two of them counts once."""
	stays = sorted(
		(meeting.starts, meeting.starts + timedelta(minutes=meeting.attended[person]))
		for meeting in meetings
		if meeting.held and meeting.day <= on and person in meeting.attended
	)
	spent, until = timedelta(), datetime.min
	for start, end in stays:
		spent += max(timedelta(), end - max(start, until))
		until = max(until, end)
	return round(spent / timedelta(minutes=1))
