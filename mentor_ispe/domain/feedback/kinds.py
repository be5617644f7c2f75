"""The kinds of feedback: each is declared once, with when it is due, of whom, who may give it, and its words.

Everything else reads it here: requests and reminders, the members' pages, mails, reports. What is due comes up on a
day and stays for a while, or until the next period: a job that was dead for a week asks for all of it, one
that starts after a year asks for nothing that is long past. The slot names the occasion, so that the same
is asked once, whoever it is asked of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mentor_ispe.domain.feedback.facts import PAIR, About, Ask, GroupLife, Rhythm, Writer
from mentor_ispe.domain.months import add_months
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.violations import N_, Violation

SESSION_DAYS = 30
CLOSING_DAYS = 60
PROGRAM_DAYS = 60
GROUP_IS_OVER = frozenset({"Completed", "Ended Early"})

Due = Callable[[GroupLife, Rhythm, date], Iterator[Ask]]
Check = Callable[[About, Writer], list[Violation]]


def _nothing_due(group: GroupLife, rhythm: Rhythm, on: date) -> Iterator[Ask]:
	yield from ()


def _no_further_rule(about: About, writer: Writer) -> list[Violation]:
	return []


@dataclass(frozen=True)
class FeedbackKind:
	"""One kind of feedback.

	`about` is "session", "group" or "program". `due` says what the people of a group are to be asked on a day,
	`check` what stands in the way of somebody who sits in the group. `next_step` is what a member reads among
	what to do next; `question` what the mail asks, with {about}, {cycle} and {day} (of the session), and
	without a sign that HTML escapes.
	"""

	code: str
	about: str
	next_step: str = ""
	question: str = ""
	due: Due = _nothing_due
	check: Check = _no_further_rule
	rated: bool = True
	asks_going: bool = False
	"""Whether it asks the coordinators' question, how it is going."""
	for_staff: bool = True
	"""Whether it has words and stars for the coordinators only."""
	publishable: bool = False
	"""Whether the writer may let others than the group read it."""
	slot: Callable[[str, str], str] | None = None
	"""Of a kind that is given once: the slot that an answer fills, by (group, session). Others are given again,
	when the last answer can't be changed any more."""
	one_for_all: bool = False
	"""Whether one answer is enough for the whole group."""
	at_the_end: bool = False
	"""Whether it is asked when it is over, and stays open when a group closes early."""

	@property
	def once(self) -> bool:
		return self.slot is not None

	@property
	def asked_for(self) -> bool:
		"""Whether people are asked for it; the rest they give of their own accord."""
		return bool(self.question)


def session_slot(session: str) -> str:
	"""The slot of feedback on this session."""
	return f"session:{session}"


def closing_slot(group: str) -> str:
	"""The slot of feedback at the end of this group."""
	return f"closing:{group}"


def period_end(started_on: date, every_months: int, on: date) -> date | None:
	"""The last day on which a period of so many months was full, up to `on`; None before the first."""
	if every_months < 1:
		return None
	number = _months_apart(started_on, on) // every_months
	while number > 0 and add_months(started_on, number * every_months) > on:
		number -= 1
	return add_months(started_on, number * every_months) if number > 0 else None


def next_period_end(started_on: date, rhythm: Rhythm, on: date, ends_on: date | None = None) -> date | None:
	"""The day after `on` on which the next period is full; None where nobody is asked about one."""
	if rhythm.every_months < 1:
		return None
	last = period_end(started_on, rhythm.every_months, on) if on >= started_on else None
	first = last or started_on
	found = add_months(started_on, _months_apart(started_on, first) + rhythm.every_months)
	return None if rhythm.at_end and ends_on and found >= ends_on else found


def _months_apart(first: date, last: date) -> int:
	return (last.year - first.year) * 12 + last.month - first.month


def _after_sessions(group: GroupLife, rhythm: Rhythm, on: date) -> Iterator[Ask]:
	if group.status != "Active" or not rhythm.after_sessions:
		return
	there = [seat.profile for seat in group.seats if seat.status == "Active" and not seat.is_away(on)]
	for meeting in group.meetings:
		if timedelta() <= on - meeting.held_on < timedelta(days=SESSION_DAYS):
			for profile in dict.fromkeys(there):
				if profile in meeting.attended:
					yield Ask(
						session_slot(meeting.name),
						SESSION.code,
						profile,
						group.cycle,
						meeting.held_on,
						group.name,
						meeting.name,
					)


def _check_session(about: About, writer: Writer) -> list[Violation]:
	if not about.session_status:
		return [Violation("no_session", N_("Choose the meeting that this feedback is about."))]
	if not about.session_in_group:
		return [Violation("other_group", N_("The meeting belongs to another group."))]
	if about.session_status != "Held":
		return [Violation("not_held", N_("You can give feedback once the meeting has taken place."))]
	if not writer.attended:
		return [Violation("absent", N_("Only people who were there can give feedback on a meeting."))]
	return []


SESSION = FeedbackKind(
	"Session",
	about="session",
	next_step=N_("Tell us how the meeting was."),
	question=N_("{about} met on {day}. How was it? A rating and a sentence are enough."),
	due=_after_sessions,
	check=_check_session,
	slot=lambda group, session: session_slot(session),
)


def _period(group: GroupLife, rhythm: Rhythm, on: date) -> tuple[date, list[Seat]]:
	"""The end of the period that is full now, and the seats whose people were there for some of it, and are now.

	No seats where no period is full, or nobody is asked about it.
	"""
	end = period_end(group.started_on, rhythm.every_months, on) if group.started_on else None
	if group.status != "Active" or end is None:
		return on, []
	if rhythm.at_end and group.ends_on and end >= group.ends_on:
		return on, []  # the closing feedback takes the place of the last one
	return end, [
		seat
		for seat in group.seats
		if seat.status == "Active" and not seat.is_away(on)
		if seat.joined_on is None or seat.joined_on < end
	]


def _check_ins(group: GroupLife, rhythm: Rhythm, on: date) -> Iterator[Ask]:
	if group.format == PAIR:
		end, seats = _period(group, rhythm, on)
		for profile in dict.fromkeys(seat.profile for seat in seats):
			yield Ask(f"check-in:{group.name}:{end}", CHECK_IN.code, profile, group.cycle, end, group.name)


def _check_started(about: About, writer: Writer) -> list[Violation]:
	if about.group_status in ("Draft", "Proposed", "Cancelled"):
		return [Violation("not_started", N_("The group hasn't started yet."))]
	return []


CHECK_IN = FeedbackKind(
	"Check-in",
	about="group",
	next_step=N_("Tell us how it's going."),
	question=N_(
		"you and your partner in {about} are on your way. Is it worth your time? Tell us how it is going, so that we"
		" can help while there is time."
	),
	due=_check_ins,
	check=_check_started,
	asks_going=True,
)


def _updates(group: GroupLife, rhythm: Rhythm, on: date) -> Iterator[Ask]:
	if group.format != PAIR:
		end, seats = _period(group, rhythm, on)
		for profile in _spokesperson(group, seats):
			yield Ask(
				f"group update:{group.name}:{end}", GROUP_UPDATE.code, profile, group.cycle, end, group.name
			)


def _spokesperson(group: GroupLife, seats: list[Seat]) -> list[str]:
	"""Who speaks for a group: its moderator, else the mentor, else the last host, else the first in it."""
	there = [seat.profile for seat in seats]
	hosts = [
		meeting.host
		for meeting in sorted(group.meetings, key=lambda meeting: (meeting.held_on, meeting.name))[::-1]
		if meeting.host in there
	]
	chosen = [
		*(seat.profile for seat in seats if seat.is_moderator),
		*(seat.profile for seat in seats if seat.is_mentor),
		*hosts,
		*there,
	]
	return chosen[:1]


def _check_update(about: About, writer: Writer) -> list[Violation]:
	if about.format == PAIR:
		return [Violation("pair", N_("In a pair, each person gives their own check-in."))]
	if about.format == "Group" and not (writer.mentor or writer.moderates):
		return [
			Violation("not_spokesperson", N_("Only the moderator or the mentor can give the group's update."))
		]
	return _check_started(about, writer)


GROUP_UPDATE = FeedbackKind(
	"Group Update",
	about="group",
	next_step=N_("Tell us how your group is doing."),
	question=N_("please tell us how {about} is doing: who is active, what you talk about, what you need."),
	due=_updates,
	check=_check_update,
	asks_going=True,
	one_for_all=True,
)


def _at_end(group: GroupLife, rhythm: Rhythm, on: date) -> Iterator[Ask]:
	ended_on = group.ended_on
	if group.status not in GROUP_IS_OVER or not rhythm.at_end or ended_on is None:
		return
	if not timedelta() <= on - ended_on < timedelta(days=CLOSING_DAYS):
		return
	for seat in group.seats:
		stayed = seat.status == "Completed" or (seat.status == "Ended" and seat.joined_on)
		# Also of those whose seat ended while it was suspended nobody asks anything.
		if stayed and not seat.suspended_from:
			yield Ask(closing_slot(group.name), CLOSING.code, seat.profile, group.cycle, ended_on, group.name)


def _check_over(about: About, writer: Writer) -> list[Violation]:
	if about.group_status not in GROUP_IS_OVER:
		return [Violation("not_over", N_("You can give closing feedback once the group has ended."))]
	return []


CLOSING = FeedbackKind(
	"Closing",
	about="group",
	next_step=N_("Tell us how it was overall."),
	question=N_(
		"{about} has ended. What did you get out of it, and what should the next groups do differently?"
	),
	due=_at_end,
	check=_check_over,
	slot=lambda group, session: closing_slot(group),
	at_the_end=True,
)
PROGRAM = FeedbackKind(
	"Program",
	about="program",
	next_step=N_("Tell us how the program was."),
	question=N_(
		"{cycle} is over. Please tell us what to keep and what to change, even if we found no match for you."
	),
	at_the_end=True,
)
STORY = FeedbackKind("Success Story", about="group", rated=False, for_staff=False, publishable=True)

KINDS: dict[str, FeedbackKind] = {
	kind.code: kind for kind in (SESSION, CHECK_IN, GROUP_UPDATE, CLOSING, PROGRAM, STORY)
}
"""Every kind by its code, in the order in which people are asked."""


def codes_of(**wanted: object) -> list[str]:
	"""The codes of the kinds for which all of this holds: `codes_of(rated=True)`."""
	return [
		code
		for code, kind in KINDS.items()
		if all(getattr(kind, field) == value for field, value in wanted.items())
	]
