"""An application to a cycle, as mentor or as mentee: the steps and the rules each must keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.statuses import PLACED, check_transition
from mentor_ispe.domain.violations import N_, Violation


def record_name(doctype: str, profile: str, cycle: str) -> str:
	"""The name of a person's application: one a cycle and side, so the primary key forbids a second."""
	return sha256(f"{doctype}|{profile}|{cycle}".encode()).hexdigest()[:16]


# Statuses in which a person stands for a seat: going there commits them.
STANDING = frozenset({"Applied", "Approved"})


@dataclass(frozen=True)
class Application:
	"""An application before or after a step. `role` is "Mentor" or "Mentee"."""

	role: str
	full_name: str
	status: str
	seats_offered: int = 0
	decision_note: str = ""


@dataclass(frozen=True)
class ApplicationMoved(Event):
	"""An application has another status than before; `old` is None for a new one.

	`told`: whoever saves it tells the person in other words.
	"""

	old: str | None
	new: str
	told: bool = False


@dataclass(frozen=True)
class TrainingNoted(Event):
	"""Somebody is noted as trained who wasn't before."""


@dataclass(frozen=True)
class CycleRules:
	"""What the cycle and its program say of applications. `places` 0 means no limit.

	`places_taken` counts the other applications that hold a place; days are in the site's time zone.
	"""

	name: str
	status: str
	application_from: date
	application_until: date
	places: int
	places_taken: int
	format: str
	max_seats: int
	may_be_both: bool
	published: bool


@dataclass(frozen=True)
class Circumstances:
	"""What else bears on the step: who acts, on which day, what the person holds already.

	`goals_met` says that their last group ended early because they reached their goals, and that they sit in no
	other one. `told`: whoever saves the application tells them of it.
	"""

	today: date
	by_staff: bool
	seats_taken: int = 0
	seated_in: str = ""
	applied_on_other_side: bool = False
	refusals: tuple[Violation, ...] = ()
	goals_met: bool = False
	told: bool = False


@dataclass(frozen=True)
class Step:
	"""Which rules the step breaks, how many more of the cycle's places it takes, what happens."""

	violations: list[Violation]
	places: int
	events: list[Event]


def step(before: Application | None, after: Application, cycle: CycleRules, now: Circumstances) -> Step:
	"""The step of an application from `before` (None: it is new) to `after`."""
	old = before.status if before else None
	return Step(
		check(before, after, cycle, now),
		int(takes_place(after)) - int(takes_place(before)),
		[ApplicationMoved(old, after.status, now.told)] if old != after.status else [],
	)


def commits(before: Application | None, after: Application) -> bool:
	"""Whether the step needs an active membership: applying and being approved do."""
	return after.status in STANDING and (before is None or before.status != after.status)


def check(
	before: Application | None, after: Application, cycle: CycleRules, now: Circumstances
) -> list[Violation]:
	"""List every rule that the step `before` → `after` would break, in a stable order."""
	broken = _status(before, after, now)
	if broken:
		return broken
	broken += _enters(before, after, cycle, now)
	broken += _seats(before, after, cycle, now)
	broken += _leaves(before, after, now)
	broken += _places(before, after, cycle)
	rejects = after.status == "Rejected" and (before is None or before.status != "Rejected")
	if rejects and not after.decision_note.strip():
		broken.append(Violation("words", N_("Tell {name} why in a few words."), {"name": after.full_name}))
	if commits(before, after):
		broken += now.refusals
	return broken


def _status(before: Application | None, after: Application, now: Circumstances) -> list[Violation]:
	old, new = before.status if before else None, after.status
	broken = check_transition(after.role, old, new)
	by_group = {("Approved", "Active"), ("Active", "Completed"), ("Active", "Approved")}
	if not now.goals_met:
		by_group.add(("Approved", "Completed"))
	if not broken and (old, new) in by_group:
		broken.append(
			Violation(
				"status_by_group",
				N_("{name} becomes {new} with the group. Activate, complete or end the group instead."),
				{"name": after.full_name, "new": [new]},
			)
		)
	return broken


def _enters(
	before: Application | None, after: Application, cycle: CycleRules, now: Circumstances
) -> list[Violation]:
	applies = before is None or (after.status == "Applied" and before.status in {"Rejected", "Withdrawn"})
	if not applies:
		return []
	broken = []
	if after.role == "Mentor" and cycle.format == "Peer Circle":
		broken.append(
			Violation(
				"no_mentors", N_("{cycle} is for peer circles, which have no mentor."), {"cycle": cycle.name}
			)
		)
	if now.applied_on_other_side and not cycle.may_be_both:
		broken.append(
			Violation(
				"both_roles",
				N_(
					"{name} already applied to {cycle} on the other side. In this program, one person can't be both mentor and mentee."
				),
				{"name": after.full_name, "cycle": cycle.name},
			)
		)
	return broken + _window(cycle, now)


def _window(cycle: CycleRules, now: Circumstances) -> list[Violation]:
	"""Members apply while the window is open; staff may add someone until the cycle has ended."""
	if now.by_staff:
		if cycle.status in {"Open", "Matching", "Running"}:
			return []
		return [
			Violation(
				"cycle_not_open",
				N_("{cycle} is {status}. Open it to take applications."),
				{"cycle": cycle.name, "status": [cycle.status]},
			)
		]
	if cycle.status != "Open" or not cycle.published:
		return [
			Violation(
				"cycle_not_open", N_("{cycle} isn't accepting applications right now."), {"cycle": cycle.name}
			)
		]
	if now.today < cycle.application_from:
		return [
			Violation(
				"too_early",
				N_("Applications to {cycle} open on {day}."),
				{"cycle": cycle.name, "day": cycle.application_from},
			)
		]
	if now.today > cycle.application_until:
		return [
			Violation(
				"too_late",
				N_("Applications to {cycle} closed on {day}. Ask the coordinator."),
				{"cycle": cycle.name, "day": cycle.application_until},
			)
		]
	return []


def _seats(
	before: Application | None, after: Application, cycle: CycleRules, now: Circumstances
) -> list[Violation]:
	if after.role != "Mentor" or (before and before.seats_offered == after.seats_offered):
		return []
	broken = []
	if after.seats_offered < 1:
		broken.append(Violation("seats_none", N_("Offer at least one place, or withdraw the application.")))
	if cycle.max_seats and after.seats_offered > cycle.max_seats:
		broken.append(
			Violation(
				"seats_too_many",
				N_("Mentors in this program can offer at most {max} places; {offered} were offered."),
				{"max": cycle.max_seats, "offered": after.seats_offered},
			)
		)
	if after.seats_offered < now.seats_taken:
		broken.append(
			Violation(
				"capacity",
				N_(
					"{name} has {taken} places taken, so they have to offer at least that many. End or withdraw one first."
				),
				{"name": after.full_name, "taken": now.seats_taken},
			)
		)
	return broken


def _leaves(before: Application | None, after: Application, now: Circumstances) -> list[Violation]:
	leaves = before is not None and before.status != after.status and after.status not in PLACED
	if not leaves or not (now.seats_taken or now.seated_in):
		return []
	return [
		Violation(
			"still_seated",
			N_(
				"{name} still has a place in {group}. Use Withdraw, which frees the place and tells the others."
			),
			{"name": after.full_name, "group": now.seated_in or N_("a group")},
		)
	]


def takes_place(application: Application | None) -> bool:
	"""Whether this application holds one of the cycle's places for mentees or peers."""
	return application is not None and application.role == "Mentee" and application.status in PLACED


def _places(before: Application | None, after: Application, cycle: CycleRules) -> list[Violation]:
	if not cycle.places or takes_place(before) or not takes_place(after):
		return []
	if cycle.places_taken < cycle.places:
		return []
	return [
		Violation(
			"places",
			N_("All {places} places of {cycle} are taken. Raise the number or free one first."),
			{"places": cycle.places, "cycle": cycle.name},
		)
	]
