"""What whoever keeps a group going has to do now: computed from what is known of the group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PREPARE_DAYS = 14
QUIET_AFTER = 2
# Whoever reminded the others by writing to them isn't told to do so again for a week.
REST = timedelta(days=7)


@dataclass(frozen=True)
class Meeting:
	"""A meeting that was planned or held. `absent` and `answered` are profiles; `prepared` says that an
	agenda or resources are there for those who come."""

	name: str
	status: str
	starts_on: datetime
	minutes: int
	prepared: bool = False
	absent: frozenset[str] = frozenset()
	attended: frozenset[str] = frozenset()
	answered: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Situation:
	"""One running group. `people` are those who are active in it, {profile: name}.

	`feedback` are the people who owe some, `unsigned` those who lack an agreement or training,
	`not_agreed` those who haven't agreed to the charter.
	"""

	people: dict[str, str]
	meetings: Sequence[Meeting] = ()
	feedback: Sequence[str] = ()
	unsigned: Sequence[str] = ()
	not_agreed: Sequence[str] = ()
	charter: bool = True
	"""Whether anything is written in the charter."""
	ends_on: date = date.max
	wrote_on: datetime | None = None
	"""When whoever keeps the group going last wrote to it."""


@dataclass(frozen=True)
class Task:
	"""Something to do. `kind` is one of KINDS; `people` are the profiles it is about, `meeting` the record."""

	kind: str
	people: tuple[str, ...] = ()
	meeting: str | None = None
	due: datetime | None = None


KINDS = (
	*("Record", "Schedule", "Prepare", "Write Charter"),
	*("Quiet", "Agree Charter", "Sign", "Remind Feedback"),
)


def tasks(group: Situation, now: datetime) -> list[Task]:
	"""List what there is to do, the oldest debts first, in the order of KINDS."""
	planned = sorted(
		(each for each in group.meetings if each.status == "Planned"), key=lambda each: each.starts_on
	)
	ahead = [each for each in planned if each.starts_on > now]
	found = [
		Task("Record", meeting=each.name, due=each.starts_on)
		for each in planned
		if each.starts_on + timedelta(minutes=each.minutes) <= now
	]
	if not ahead:
		found += [Task("Schedule")] if now.date() < group.ends_on else []
	elif not ahead[0].prepared and ahead[0].starts_on <= now + timedelta(days=PREPARE_DAYS):
		found.append(Task("Prepare", meeting=ahead[0].name, due=ahead[0].starts_on))
	if not group.charter:
		found.append(Task("Write Charter"))
	return found + _reminders(group, ahead[0] if ahead else None, now)


def _reminders(group: Situation, ahead: Meeting | None, now: datetime) -> list[Task]:
	"""Whom to write to; they rest after a message, since writing is what one can do."""
	if group.wrote_on and now - group.wrote_on < REST:
		return []
	people = {
		"Quiet": quiet_people(group, ahead),
		"Agree Charter": _known(group, group.not_agreed) if group.charter else (),
		"Sign": _known(group, group.unsigned),
		"Remind Feedback": _known(group, group.feedback),
	}
	return [Task(kind, those) for kind, those in people.items() if those]


def quiet_people(group: Situation, ahead: Meeting | None) -> tuple[str, ...]:
	"""Who missed each of the last meetings they were invited to, and hasn't answered for the next one."""
	held = sorted(
		(each for each in group.meetings if each.status == "Held"),
		key=lambda each: each.starts_on,
		reverse=True,
	)

	def quiet(profile: str) -> bool:
		own = [each for each in held if profile in each.absent or profile in each.attended][:QUIET_AFTER]
		missed = len(own) == QUIET_AFTER and all(profile in each.absent for each in own)
		return missed and not (ahead is not None and profile in ahead.answered)

	return tuple(profile for profile in group.people if quiet(profile))


def _known(group: Situation, people: Iterable[str]) -> tuple[str, ...]:
	wanted = set(people)
	return tuple(profile for profile in group.people if profile in wanted)
