"""A mentoring group: what one step changes, and the rules that every change must keep.

A pair is a group of one mentor and one mentee, a circle a group without a mentor. The group is
loaded into these plain records, `advance` works out what follows from a step, `check` says which
rules the result breaks; nothing here reads or writes a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.statuses import COMMITTED_SEATS
from mentor_ispe.domain.violations import N_, Violation


@dataclass(frozen=True)
class Group:
	"""A group as the rules see it: everybody's seats, those given up too. A circle has no mentor's."""

	cycle: str
	status: str = "Draft"
	seats: tuple[Seat, ...] = ()
	end_reason: str = ""
	reason_is_private: bool = False
	"""Whether the reason is one that a member gave, which only coordinators read."""
	name: str | None = None

	@property
	def mentors(self) -> tuple[Seat, ...]:
		return tuple(seat for seat in self.seats if seat.is_mentor)

	@property
	def members(self) -> tuple[Seat, ...]:
		"""The seats of mentees or peers."""
		return tuple(seat for seat in self.seats if not seat.is_mentor)

	@property
	def live_mentors(self) -> tuple[Seat, ...]:
		return tuple(seat for seat in self.mentors if seat.live)

	@property
	def live_members(self) -> tuple[Seat, ...]:
		return tuple(seat for seat in self.members if seat.live)

	@property
	def moderators(self) -> tuple[Seat, ...]:
		return tuple(seat for seat in self.members if seat.is_moderator and not seat.gone)

	def member(self, person: str) -> Seat | None:
		"""The latest seat of this Mentee."""
		return next((seat for seat in reversed(self.members) if seat.person == person), None)

	def mentor(self, person: str) -> Seat | None:
		"""The latest seat of this Mentor."""
		return next((seat for seat in reversed(self.mentors) if seat.person == person), None)


@dataclass(frozen=True)
class Person:
	"""What the rules need to know of a Mentor or Mentee, read under lock.

	`seats_taken` counts the mentor's live seats in *other* groups; `group` is the other group in
	which the mentee holds a live seat, if any; `declined` are the mentors this mentee is never
	matched with again in this cycle. `refusals` says why this person can't commit (membership).
	"""

	name: str
	full_name: str
	profile: str
	cycle: str
	status: str
	employer: str = ""
	seats_offered: int = 0
	seats_taken: int = 0
	group: str | None = None
	group_title: str = ""
	declined: frozenset[str] = frozenset()
	willing_to_moderate: bool = False
	refusals: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class GroupRules:
	"""What the program says of its groups. Sizes count mentees or peers, never the mentor."""

	format: str
	size_min: int
	size_max: int
	requires_moderator: bool = False
	employers_apart: bool = False
	mentors_max: int = 1

	@property
	def has_mentor(self) -> bool:
		return self.format != "Peer Circle"


@dataclass(frozen=True)
class Facts:
	"""Everything `check` looks at beside the group itself."""

	rules: GroupRules
	cycle_status: str
	mentors: Mapping[str, Person] = field(default_factory=dict)
	mentees: Mapping[str, Person] = field(default_factory=dict)

	def person(self, seat: Seat) -> Person:
		"""Who holds the seat."""
		return (self.mentors if seat.is_mentor else self.mentees)[seat.person]


_LET_GO = {
	"Draft": "Withdrawn",
	"Proposed": "Ended",
	"Accepted": "Ended",
	"Active": "Ended",
	"Suspended": "Ended",
}

# What the status of a group does to the seats in it: {group status: {seat status: seat status}}.
# In an open group it holds for whoever comes later as well; a closing status acts once.
CONSEQUENCES: Mapping[str, Mapping[str, str]] = {
	"Proposed": {"Draft": "Proposed"},
	"Active": {"Draft": "Proposed", "Accepted": "Active"},
	"Completed": {**_LET_GO, "Active": "Completed", "Suspended": "Completed"},
	"Ended Early": _LET_GO,
	"Cancelled": _LET_GO,
}
CLOSING = frozenset({"Completed", "Ended Early", "Cancelled"})


def advance(before: Group | None, after: Group) -> Group:
	"""Work out what follows from the step `before` → `after`, for every seat in the group.

	Whoever is added to an open group is proposed at once; a group that becomes active takes in those
	who accepted, and whoever accepts later is active at once; a group that ends lets go of every seat.
	"""
	closes = after.status in CLOSING and (before is None or before.status != after.status)
	steps = CONSEQUENCES.get(after.status, {}) if closes or after.status not in CLOSING else {}

	def follow(seat: Seat) -> Seat:
		status = steps.get(seat.status, seat.status)
		return seat if status == seat.status else replace(seat, status=status)

	return replace(after, seats=tuple(follow(seat) for seat in after.seats))


def settle(before: Group | None, group: Group, rules: GroupRules) -> Group:
	"""Close a group that nobody can carry on: a pair with one side gone, or a group with no members left.

	A proposed group is cancelled, an active one ends early with the reason that the last person gave. A pair
	whose mentor's successor says no goes on to wait for another one.
	"""
	if group.status not in {"Proposed", "Active"} or before is None or before.status != group.status:
		return group
	nobody_left = not group.live_members
	waited = before.status == "Active" and not any(_has_met(seat) for seat in before.mentors)
	pair_without_mentor = (
		rules.format == "One-on-One"
		and group.mentors
		and all(seat.gone for seat in group.mentors)
		and not waited
	)
	if not (nobody_left or pair_without_mentor):
		return group
	if group.status == "Proposed":
		return advance(group, replace(group, status="Cancelled"))
	said = [seat.reason for seat in (*group.members, *group.mentors) if seat.reason]
	private = group.reason_is_private or (bool(said) and not group.end_reason)
	reason = group.end_reason or (said[-1] if said else N_("Nobody is left in the group."))
	ended = replace(group, status="Ended Early", end_reason=reason, reason_is_private=private)
	return advance(group, ended)


def hold_back(before: Group | None, after: Group, facts: Facts) -> Group:
	"""Start a group without those whose membership lapsed since they accepted.

	Their seats are suspended, not lost, and the group of the others starts, as long as it is large
	enough and a mentor is left; otherwise nothing is changed and `check` says who stands in the way.
	"""
	if after.status != "Active" or (before is not None and before.status == "Active"):
		return after
	starting = [seat for seat in after.seats if seat.status == "Active"]
	barred = [seat for seat in starting if facts.person(seat).refusals]
	left = [seat for seat in starting if seat not in barred]
	too_few = sum(not seat.is_mentor for seat in left) < max(1, facts.rules.size_min)
	without_mentor = facts.rules.has_mentor and not any(seat.is_mentor for seat in left)
	if not barred or too_few or without_mentor:
		return after
	return replace(
		after,
		seats=tuple(
			replace(seat, status="Suspended", suspended_from="Accepted", is_moderator=False)
			if seat in barred
			else seat
			for seat in after.seats
		),
	)


def newly_committed(before: Group | None, after: Group) -> list[Seat]:
	"""The seats whose holders commit further by this step.

	Going to Proposed, Accepted or Active commits; coming back from suspension does too.
	"""
	return [
		new
		for old, new in paired(before, after)
		if new is not None and new.status in COMMITTED_SEATS and (old is None or old.status != new.status)
	]


def paired(before: Group | None, after: Group) -> list[tuple[Seat | None, Seat | None]]:
	"""Seats before and after, paired by person and occurrence, in the order of `after`, then those removed."""
	pairs: list[tuple[Seat | None, Seat | None]] = []
	left = list(before.seats) if before else []
	for new in after.seats:
		old = next((seat for seat in left if _same_holder(seat, new)), None)
		if old is not None:
			left.remove(old)
		pairs.append((old, new))
	pairs.extend((old, None) for old in left)
	return pairs


def _same_holder(one: Seat, other: Seat) -> bool:
	return one.person == other.person and one.is_mentor == other.is_mentor


def seats_held(group: Group, mentor: str) -> int:
	"""How many of a mentor's seats this group takes: its live members, while the mentor is in it."""
	seat = group.mentor(mentor)
	return len(group.live_members) if seat and seat.live else 0


def declined_pairs(before: Group | None, after: Group) -> list[tuple[str, str]]:
	"""(mentor, mentee) pairs that this step sets apart for the rest of the cycle.

	A mentee who declines is set apart from the mentors who were in it with them; a mentor who declines, from
	everyone who was proposed to them in this group. Once a group has started, whoever parts from it before its
	time is set apart in the same way: a member who leaves, from the mentors; everyone from a mentor who leaves,
	and from all of them when the group ends early. Nobody is set apart by a group that is completed, or called
	off before it started.
	"""
	steps = paired(before, after)
	members = [(old, new) for old, new in steps if not (old or new).is_mentor]  # type: ignore[union-attr]  # one of them is there
	pairs: list[tuple[str, str]] = []
	for old_mentor, mentor in steps:
		if mentor is None or not mentor.is_mentor:
			continue
		was_in = old_mentor is not None and old_mentor.live
		if was_in or mentor.live:
			pairs += [(mentor.person, new.person) for old, new in members if new and _declines(old, new)]
		if _declines(old_mentor, mentor):
			pairs += [(mentor.person, old.person) for old, _new in members if old is not None and old.live]
		if before is not None and before.status == "Active" and old_mentor and _has_met(old_mentor):
			pairs += [
				(mentor.person, old.person)
				for old, new in members
				if old is not None and _has_met(old) and after.status != "Completed"
				if mentor.gone or new is None or new.gone
			]
	return list(dict.fromkeys(pairs))


def _declines(old: Seat | None, new: Seat | None) -> bool:
	return new is not None and new.status == "Declined" and (old is None or old.status != "Declined")


def _has_met(seat: Seat) -> bool:
	"""Whether the holder takes part in a group that started; a seat suspended before that never did."""
	return seat.status == "Active" or (seat.status == "Suspended" and seat.suspended_from != "Accepted")


def people_in(groups: Iterable[Group | None]) -> tuple[list[str], list[str]]:
	"""(mentors, mentees) of these groups, sorted by name: the order in which they are locked."""
	seats = [seat for group in groups if group for seat in group.seats]
	return (
		sorted({seat.person for seat in seats if seat.is_mentor}),
		sorted({seat.person for seat in seats if not seat.is_mentor}),
	)
