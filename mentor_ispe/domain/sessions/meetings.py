"""What a meeting must keep to, whoever plans, changes, cancels or records it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mentor_ispe.domain.pauses import away
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.violations import N_, Violation

SMALLEST_MEETING = 2
TOO_FEW = "too_few"
LONGEST_MINUTES = 12 * 60
ANSWERS = ("", "Yes", "Maybe", "No")
UNSURE = ("Maybe", "No")


@dataclass(frozen=True)
class Guest:
	"""One person on the list of a meeting; `minutes` is how long they were there.

	`calendar_uid` is what the meeting is called in the person's calendar, where that was made up for them alone.
	"""

	profile: str
	full_name: str = ""
	attended: bool = False
	minutes: int = 0
	answer: str = ""
	calendar_uid: str = field(default="", compare=False)


@dataclass(frozen=True)
class Meeting:
	"""A meeting as the rules see it."""

	status: str
	starts_on: datetime
	minutes: int
	people: tuple[Guest, ...] = ()
	host: str | None = None
	cancel_reason: str = ""
	mode: str = ""
	location: str = ""
	link: str = ""
	guest_speaker: str = ""
	focus: str = ""
	agenda: str = ""

	@property
	def profiles(self) -> frozenset[str]:
		"""Who is on the list."""
		return frozenset(guest.profile for guest in self.people)

	@property
	def appointment(self) -> tuple[datetime, int, str, str, str, str]:
		"""What the calendars of those on the list show: a change of it reaches them."""
		return (self.starts_on, self.minutes, self.mode, self.location, self.link, self.guest_speaker)

	@property
	def ends_on(self) -> datetime:
		return self.starts_on + timedelta(minutes=self.minutes)

	@property
	def attended(self) -> tuple[Guest, ...]:
		return tuple(guest for guest in self.people if guest.attended)

	def overlaps(self, other: Meeting) -> bool:
		return self.starts_on < other.ends_on and other.starts_on < self.ends_on


@dataclass(frozen=True)
class Facts:
	"""What the rules look at beside the meeting itself.

	`active` are the people of the group now who aren't away on the day of the meeting, `away` says of the others when
	they are back; `belonging` are whoever had a seat on the day of the meeting;
	`missing` says of whoever isn't ready on that day what they lack; `others` are the group's other
	meetings that weren't cancelled. `names` are the full names of everybody who ever had a seat; in a circle
	people take turns as host. `planner` is the profile of the member who plans it, if one does.
	"""

	group_status: str
	now: datetime
	last_day: date
	ended_on: date | None = None
	active: Collection[str] = ()
	away: Mapping[str, date] = field(default_factory=dict)
	belonging: Collection[str] = ()
	missing: Mapping[str, Sequence[Violation]] = field(default_factory=dict)
	others: Sequence[Meeting] = ()
	names: Mapping[str, str] = field(default_factory=dict)
	circle: bool = False
	planner: str | None = None


def check(before: Meeting | None, after: Meeting, facts: Facts) -> list[Violation]:
	"""Every rule that the step `before` (None: it is new) → `after` breaks."""
	broken = check_transition("Mentoring Session", before.status if before else None, after.status)
	broken += _length(after)
	broken += _people(before, after, facts)
	if after.status == "Cancelled":
		return broken + _cancelled(after)
	if is_time_new(before, after):
		broken += _time(before, after, facts)
	if after.status == "Planned":
		return broken + _planned(before, after, facts)
	return broken + _held(before, after, facts)


def invited(
	listed: Collection[str], active: Collection[str], missing: Mapping[str, Sequence[Violation]]
) -> list[str]:
	"""Who belongs on the list of a planned meeting: the active people who are ready, in the order of `active`.

	Whoever was on the list before stays on it while their seat is active: a new version of an agreement is
	signed until the meeting, not until the next change of its agenda.
	"""
	return [profile for profile in active if profile in listed or profile not in missing]


def too_few(ready: int) -> Violation:
	"""A group of which so many are ready, fewer than two, can't meet."""
	if ready:
		return Violation(TOO_FEW, N_("Only one person in the group is ready to meet. A meeting takes two."))
	return Violation(TOO_FEW, N_("Nobody in the group is ready to meet yet. A meeting takes two people."))


def needs_another_time(answers: Collection[str]) -> bool:
	"""Whether so many can't come that the meeting should be moved: half of them, the other one of a pair."""
	return 2 * sum(answer == "No" for answer in answers) >= len(answers) > 0


def _length(after: Meeting) -> list[Violation]:
	if after.minutes < 1:
		return [Violation("no_length", N_("Enter how many minutes the meeting lasts."))]
	if after.minutes > LONGEST_MINUTES:
		return [
			Violation(
				"too_long",
				N_("A meeting can last at most {most} minutes. Schedule several instead."),
				{"most": LONGEST_MINUTES},
			)
		]
	return []


def _people(before: Meeting | None, after: Meeting, facts: Facts) -> list[Violation]:
	known = {guest.profile for guest in before.people} if before else set()
	strangers = [
		guest.full_name or guest.profile
		for guest in after.people
		if guest.profile not in known and guest.profile not in facts.belonging
	]
	broken = []
	if strangers:
		broken.append(
			Violation(
				"stranger",
				N_("{names}: not in this group on the day of the meeting."),
				{"names": strangers},
			)
		)
	if len({guest.profile for guest in after.people}) != len(after.people):
		broken.append(Violation("twice", N_("Someone is on the list twice. List each person once.")))
	host_is_new = before is None or before.host != after.host
	if after.host and host_is_new and after.host not in {*facts.active, *facts.belonging}:
		broken.append(Violation("host", N_("The host must be someone in the group.")))
	return broken


def _cancelled(after: Meeting) -> list[Violation]:
	if after.cancel_reason.strip():
		return []
	return [Violation("no_reason", N_("Say in a few words why the meeting is canceled."))]


def is_time_new(before: Meeting | None, after: Meeting) -> bool:
	"""Whether the meeting takes place at a time that it wasn't to take place at before."""
	return (
		before is None
		or before.status == "Cancelled"
		or (before.starts_on, before.minutes) != (after.starts_on, after.minutes)
	)


def _time(before: Meeting | None, after: Meeting, facts: Facts) -> list[Violation]:
	broken = []
	if after.starts_on.date() > facts.last_day:
		broken.append(
			Violation(
				"after_the_end",
				N_("The cycle ends on {day}. Choose an earlier day, or ask the coordinator to move its end."),
				{"day": facts.last_day},
			)
		)
	clashing = next((other for other in facts.others if other.overlaps(after)), None)
	if clashing:
		broken.append(
			Violation(
				"overlap",
				N_("The group already meets at {time}. Change that meeting instead."),
				{"time": clashing.starts_on},
			)
		)
	return broken


def _planned(before: Meeting | None, after: Meeting, facts: Facts) -> list[Violation]:
	broken = []
	if facts.group_status != "Active":
		broken.append(
			Violation(
				"group_not_active",
				N_("This group is {status}. You can schedule meetings only in active groups."),
				{"status": [facts.group_status]},
			)
		)
	broken += _new_guests(before, after, facts)
	if not is_time_new(before, after):
		return broken
	if after.starts_on <= facts.now:
		broken.append(
			Violation(
				"in_the_past",
				N_("This time has passed. Choose a later one, or record the meeting as held."),
			)
		)
	ready = [profile for profile in facts.active if profile not in facts.missing]
	if facts.group_status == "Active" and len(ready) < SMALLEST_MEETING:
		broken.append(too_few(len(ready)))
		broken += [lack for profile in facts.active for lack in facts.missing.get(profile, ())]
		broken += [away(facts.names.get(profile, profile), day) for profile, day in facts.away.items()]
	return broken


def _new_guests(before: Meeting | None, after: Meeting, facts: Facts) -> list[Violation]:
	known = {guest.profile for guest in before.people} if before else set()
	broken: list[Violation] = []
	for guest in after.people:
		if guest.profile in known:
			continue
		broken += facts.missing.get(guest.profile, ())
		if guest.profile in facts.away:
			broken.append(away(guest.full_name or guest.profile, facts.away[guest.profile]))
		elif guest.profile in facts.belonging and guest.profile not in facts.active:
			broken.append(
				Violation(
					"not_active",
					N_("{name} can't be invited: their place in this group isn't active."),
					{"name": guest.full_name or guest.profile},
				)
			)
	return broken


def _held(before: Meeting | None, after: Meeting, facts: Facts) -> list[Violation]:
	broken = []
	day = after.starts_on.date()
	begins = before is None or before.status != "Held"
	if begins and facts.group_status != "Active" and not (facts.ended_on and day <= facts.ended_on):
		broken.append(
			Violation(
				"group_not_active",
				N_("This group is {status} and held no meeting on that day."),
				{"status": [facts.group_status]},
			)
		)
	if after.starts_on > facts.now:
		broken.append(
			Violation(
				"in_the_future",
				N_("This meeting hasn't taken place yet. Record it afterwards."),
			)
		)
	if len(after.attended) < SMALLEST_MEETING:
		broken.append(
			Violation(
				"nobody_met",
				N_("Choose who attended. A meeting needs two people. If it didn't take place, cancel it."),
			)
		)
	too_long = [
		guest.full_name or guest.profile for guest in after.attended if guest.minutes > after.minutes * 2
	]
	if too_long:
		broken.append(
			Violation(
				"minutes",
				N_("{names}: more than twice the {minutes} minutes planned. Make the meeting longer first."),
				{"names": too_long, "minutes": after.minutes},
			)
		)
	there = {guest.profile for guest in before.attended} if before and before.status == "Held" else set()
	same_day = before is not None and before.starts_on.date() == day
	broken += [
		lack
		for guest in after.attended
		if not (guest.profile in there and same_day)
		for lack in facts.missing.get(guest.profile, ())
	]
	return broken
