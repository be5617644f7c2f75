"""One step of a group, computed once: what it becomes, what forbids it, what it changes for people, what happened."""

from __future__ import annotations

from dataclasses import dataclass

from mentor_ispe.domain import events
from mentor_ispe.domain.effects import MenteeEffect, MentorEffect, effects
from mentor_ispe.domain.group_rules import check
from mentor_ispe.domain.groups import (
	CLOSING,
	Facts,
	Group,
	advance,
	hold_back,
	newly_committed,
	paired,
	settle,
)
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.statuses import RUNNING_SEATS
from mentor_ispe.domain.violations import Violation

SAID_YES = ("Accepted", "Active")


@dataclass(frozen=True)
class Step:
	"""`after` is what the group becomes; with `violations` nothing of it may be kept."""

	after: Group
	violations: list[Violation]
	mentors: list[MentorEffect]
	mentees: list[MenteeEffect]
	events: list[events.Event]
	commits: bool = False
	"""Whether somebody commits further by it, so that the cycle must be open."""


def step(before: Group | None, asked: Group, facts: Facts) -> Step:
	"""Work out the step from `before` (None: the group is new) to what the request `asked` for."""
	after = settle(before, hold_back(before, advance(before, asked), facts), facts.rules)
	violations = check(before, asked, after, facts)
	if violations:
		return Step(after, violations, [], [], [])
	mentors, mentees = effects(before, after, facts)
	commits = bool(newly_committed(before, after))
	return Step(after, [], mentors, mentees, what_happened(before, after), commits)


def what_happened(before: Group | None, after: Group) -> list[events.Event]:
	"""The events of a step that is allowed, those of single seats first."""
	changed = [
		events.SeatChanged(old, new)
		for old, new in paired(before, after)
		if new is not None and (old is None or old.status != new.status)
	]
	found: list[events.Event] = [*changed, *_accepted(before, after, changed)]
	was, now = _active(before), _active(after)
	if _holders(was) != _holders(now):
		arrived = tuple(seat for seat in now if _holders([seat]).isdisjoint(_holders(was)))
		found.append(events.ActivePeopleChanged(arrived))
	if before is None or before.status != "Active":
		return found
	if after.status in CLOSING:
		found.append(events.GroupClosed(tuple(seat for seat in before.seats if seat.status in RUNNING_SEATS)))
		return found
	old_moderator, moderator = _moderator(before), _moderator(after)
	if moderator and not _was_marked(before, moderator):
		found.append(events.ModeratorChanged(old_moderator, moderator))
	elif old_moderator and not moderator:
		found.append(events.ModeratorChanged(old_moderator, None))
	found += [
		events.PauseChanged(new)
		for old, new in paired(before, after)
		if old and new and new.status in RUNNING_SEATS and old.pauses != new.pauses
	]
	stay = sum(seat.status in RUNNING_SEATS for seat in after.members)
	found += [
		events.SomebodyLeft(change.new, stay)
		for change in changed
		if change.was in RUNNING_SEATS and change.new.gone
	]
	return found


def _accepted(
	before: Group | None, after: Group, changed: list[events.SeatChanged]
) -> list[events.SeatsAccepted]:
	if before is None:
		return []
	yes = [change.new for change in changed if change.was == "Proposed" and change.new.status in SAID_YES]
	now = frozenset(seat.profile for seat in yes)
	if before.status == "Active":
		return [events.SeatsAccepted(tuple(yes), now=now)] if yes else []
	if not _asked(before) or _asked(after):
		return []
	everyone = tuple(seat for seat in (*after.mentors, *after.members) if seat.status in SAID_YES)
	return [events.SeatsAccepted(everyone, len(yes) == len(everyone), now)] if everyone else []


def _asked(group: Group) -> bool:
	"""Whether somebody's answer is still out."""
	return any(seat.status == "Proposed" for seat in group.seats)


def _active(group: Group | None) -> list[Seat]:
	if group is None or group.status != "Active":
		return []
	return [seat for seat in group.seats if seat.status == "Active"]


def _holders(seats: list[Seat]) -> set[tuple[bool, str]]:
	return {(seat.is_mentor, seat.person) for seat in seats}


def _moderator(group: Group) -> Seat | None:
	"""Who moderates and can act."""
	return next((seat for seat in group.moderators if seat.status == "Active"), None)


def _was_marked(group: Group, moderator: Seat) -> bool:
	"""Whether they moderated before: somebody who comes back from a suspension is no other moderator."""
	seat = group.member(moderator.person)
	return seat is not None and seat.is_moderator
