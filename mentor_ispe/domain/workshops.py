"""Places in a workshop: who has one, who waits, in which order one moves up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.violations import N_, Violation

# Who sits on a place. Whoever missed the workshop left theirs to others.
ON_A_PLACE = frozenset({"Signed Up", "Attended"})
# Who took part in the queue for places; the rest has left it.
HOLDING_ON = frozenset({"Signed Up", "Waiting", "Attended", "Missed"})
PARTS_FOR = {
	"Everyone": frozenset({"Mentor", "Mentee", "Moderator"}),
	"Mentors": frozenset({"Mentor"}),
	"Mentees": frozenset({"Mentee"}),
	"Moderators": frozenset({"Moderator"}),
}

# Whose training it is → where it is noted.
NOTED_IN = {
	"Mentor": ("Mentor", "training_completed"),
	"Mentee": ("Mentee", "training_completed"),
	"Moderator": ("Mentee", "moderator_training_completed"),
}


@dataclass(frozen=True)
class Place:
	"""One person's row; `parts` are "Mentor", "Mentee", "Moderator" as far as the program knows them.

	`refusals` say why the person may not commit now, when they ask for a place.
	"""

	profile: str
	status: str
	signed_up_on: datetime | None = None
	old_status: str | None = None
	full_name: str = ""
	parts: frozenset[str] = frozenset()
	refusals: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class WorkshopChanged(Event):
	"""A workshop to come was entered or saved: {profile: status} of its people before and after.

	`called_off` and `taken_up` say that it was cancelled, or planned again; `changed` that it is another
	appointment.
	"""

	was: Mapping[str, str]
	now: Mapping[str, str]
	called_off: bool = False
	taken_up: bool = False
	changed: bool = False


@dataclass(frozen=True)
class TrainingAttended(Event):
	"""These people attended a training."""

	profiles: frozenset[str]


@dataclass(frozen=True)
class TrainingMissed(Event):
	"""These people, who were noted as having attended a training, missed it after all."""

	profiles: frozenset[str]


@dataclass(frozen=True)
class Workshop:
	"""What the rules look at; `places` 0 is no limit, `late` whether the sign-up has closed."""

	status: str
	audience: str
	places: int
	started: bool
	late: bool
	by_staff: bool


def arrange(workshop: Workshop, rows: Sequence[Place]) -> list[Place]:
	"""Let people who can't all have a place wait, and those who waited longest move up to what is free.

	Whoever had a place keeps it; those who sign up now get one in the order in which they did, after
	those who wait already. Nobody moves once the workshop has started.
	"""
	if workshop.status != "Planned" or workshop.started:
		return list(rows)
	asks = [
		index
		for index, row in enumerate(rows)
		if row.status == "Waiting" or (row.status == "Signed Up" and row.old_status != "Signed Up")
	]
	asks.sort(key=lambda index: (rows[index].old_status != "Waiting", _since(rows[index]), index))
	taken = sum(row.status in ON_A_PLACE for index, row in enumerate(rows) if index not in asks)
	free = len(asks) if not workshop.places else max(0, workshop.places - taken)
	arranged = list(rows)
	for number, index in enumerate(asks):
		arranged[index] = replace(rows[index], status="Signed Up" if number < free else "Waiting")
	return arranged


def check(workshop: Workshop, rows: Sequence[Place], gone: Collection[str] = ()) -> list[Violation]:
	"""Every rule that these rows, already arranged, break; `gone` names people whose rows were deleted."""
	broken = [
		Violation("row_deleted", N_("{name} stays on the list. Cancel the place instead."), {"name": name})
		for name in gone
	]
	profiles = [row.profile for row in rows]
	broken += [
		Violation("twice", N_("{name} is on the list twice."), {"name": row.full_name})
		for row in rows
		if profiles.count(row.profile) > 1
	]
	for row in rows:
		broken += _check_row(workshop, row)
	seated = sum(row.status in ON_A_PLACE for row in rows)
	if workshop.places and seated > workshop.places:
		broken.append(
			Violation(
				"places",
				N_("There are {places} places, and {seated} people have one. Add places or remove people."),
				{"places": workshop.places, "seated": seated},
			)
		)
	return broken


def _check_row(workshop: Workshop, row: Place) -> list[Violation]:
	if row.status == row.old_status:
		return []
	broken = check_transition("Mentoring Workshop Participant", row.old_status, row.status)
	named = {"name": row.full_name}
	if row.status in ("Attended", "Missed") and not workshop.started:
		broken.append(
			Violation("not_started", N_("The workshop hasn't started yet, so nobody attended or missed it."))
		)
	if row.status in ("Attended", "Missed") and workshop.status == "Cancelled":
		broken.append(Violation("cancelled", N_("The workshop is canceled, so nobody attended it.")))
	joins = row.status in HOLDING_ON and row.old_status not in HOLDING_ON
	if not joins:
		return broken
	if workshop.status != "Planned" and not (row.status == "Attended" and workshop.by_staff):
		broken.append(Violation("closed", N_("The workshop is over or canceled, so nobody can sign up.")))
	elif workshop.late and not workshop.by_staff:
		broken.append(Violation("late", N_("Sign-up for this workshop has closed.")))
	if not row.parts & PARTS_FOR[workshop.audience]:
		broken.append(
			Violation(
				"audience",
				N_("{name} isn't in the audience of this workshop: {audience}."),
				{**named, "audience": [workshop.audience]},
			)
		)
	return broken if row.status == "Attended" else [*broken, *row.refusals]


def _since(row: Place) -> datetime:
	return row.signed_up_on or datetime.max
