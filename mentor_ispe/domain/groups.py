"""A mentoring group: what one step changes, and the rules that every change must keep.

A pair is a group of one mentor and one mentee, a circle a group without a mentor. The group is
loaded into these plain records, `advance` works out what follows from a step, `check` says which
rules the result breaks; nothing here reads or writes a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.domain.violations import N_, Violation

COMMITTED_SEATS = frozenset({"Proposed", "Accepted", "Active"})
GONE_SEATS = frozenset({"Declined", "Expired", "Withdrawn", "Ended", "Completed"})


@dataclass(frozen=True)
class Seat:
	"""One person's place in a group. `person` is the Mentee's or Mentor's name."""

	person: str
	status: str = "Draft"
	reason: str = ""
	suspended_from: str = ""

	@property
	def live(self) -> bool:
		return self.status in LIVE_SEATS


@dataclass(frozen=True)
class Group:
	"""A group as the rules see it: `mentor` is None in a circle and while none is chosen."""

	cycle: str
	status: str = "Draft"
	mentor: Seat | None = None
	members: tuple[Seat, ...] = ()
	moderators: tuple[str, ...] = ()
	end_reason: str = ""
	name: str | None = None

	@property
	def live_members(self) -> tuple[Seat, ...]:
		return tuple(seat for seat in self.members if seat.live)

	def member(self, person: str) -> Seat | None:
		"""The latest seat of `person` in this group."""
		return next((seat for seat in reversed(self.members) if seat.person == person), None)


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

	return replace(
		after,
		mentor=follow(after.mentor) if after.mentor else None,
		members=tuple(follow(seat) for seat in after.members),
	)


def settle(group: Group, rules: GroupRules) -> Group:
	"""Close a group that nobody can carry on: a pair with one side gone, or a group with no members left.

	A proposed group is cancelled, an active one ends early with the reason that the last person gave.
	"""
	if group.status not in {"Proposed", "Active"}:
		return group
	nobody_left = not group.live_members
	pair_without_mentor = (
		rules.format == "One-on-One" and group.mentor is not None and group.mentor.status in GONE_SEATS
	)
	if not (nobody_left or pair_without_mentor):
		return group
	if group.status == "Proposed":
		return advance(group, replace(group, status="Cancelled"))
	said = [
		seat.reason for seat in (*group.members, *([group.mentor] if group.mentor else [])) if seat.reason
	]
	reason = group.end_reason or (said[-1] if said else N_("Nobody is left in the group."))
	return advance(group, replace(group, status="Ended Early", end_reason=reason))


def hold_back(before: Group | None, after: Group, facts: Facts) -> Group:
	"""Start a group without the members whose membership lapsed since they accepted.

	Their seats are suspended, not lost, and the group of the others starts, as long as it is large
	enough; otherwise nothing is changed and `check` says who stands in the way.
	"""
	if after.status != "Active" or (before is not None and before.status == "Active"):
		return after
	barred = {
		seat.person
		for seat in after.members
		if seat.status == "Active" and facts.mentees[seat.person].refusals
	}
	active = sum(seat.status == "Active" for seat in after.members)
	if not barred or active - len(barred) < max(1, facts.rules.size_min):
		return after
	return replace(
		after,
		members=tuple(
			replace(seat, status="Suspended", suspended_from="Accepted") if seat.person in barred else seat
			for seat in after.members
		),
		moderators=tuple(name for name in after.moderators if name not in barred),
	)


def newly_committed(before: Group | None, after: Group) -> tuple[list[str], list[str]]:
	"""Who commits further by this step: (mentors, mentees), by name.

	Going to Proposed, Accepted or Active commits; coming back from suspension does too.
	"""

	def further(old: Seat | None, new: Seat) -> bool:
		return new.status in COMMITTED_SEATS and (old is None or old.status != new.status)

	old_mentor = before.mentor if before else None
	mentors = []
	if after.mentor and further(
		old_mentor if old_mentor and old_mentor.person == after.mentor.person else None, after.mentor
	):
		mentors.append(after.mentor.person)
	mentees = [new.person for old, new in paired(before, after) if new is not None and further(old, new)]
	return mentors, mentees


def paired(before: Group | None, after: Group) -> list[tuple[Seat | None, Seat | None]]:
	"""Seats before and after, paired by person and occurrence."""
	pairs: list[tuple[Seat | None, Seat | None]] = []
	left = list(before.members) if before else []
	for new in after.members:
		old = next((seat for seat in left if seat.person == new.person), None)
		if old is not None:
			left.remove(old)
		pairs.append((old, new))
	pairs.extend((old, None) for old in left)
	return pairs


def seats_held(group: Group) -> int:
	"""How many of the mentor's seats this group takes: its live members, while the mentor is in it."""
	return len(group.live_members) if group.mentor and group.mentor.live else 0


def declined_pairs(before: Group | None, after: Group) -> list[tuple[str, str]]:
	"""(mentor, mentee) pairs that this step sets apart for the rest of the cycle.

	A mentee who declines is set apart from this mentor; a mentor who declines, from everyone who
	was proposed to them in this group. Once a group has started, whoever parts from it before its time
	is set apart in the same way: a member who leaves, from the mentor; everyone, when the mentor leaves
	or the group ends early. Nobody is set apart by a group that is completed, or called off before it
	started.
	"""
	if not after.mentor:
		return []
	mentor = after.mentor.person
	pairs = [
		(mentor, new.person)
		for old, new in paired(before, after)
		if new is not None and new.status == "Declined" and (old is None or old.status != "Declined")
	]
	old_mentor = before.mentor if before and before.mentor and before.mentor.person == mentor else None
	met = before.live_members if before else ()
	if after.mentor.status == "Declined" and not (old_mentor and old_mentor.status == "Declined"):
		pairs += [(mentor, seat.person) for seat in met]
	if before is not None and before.status == "Active" and old_mentor is not None and old_mentor.live:
		pairs += [
			(mentor, old.person)
			for old, new in paired(before, after)
			if old is not None and _has_met(old) and _parts(new, after)
		]
	return list(dict.fromkeys(pairs))


def _has_met(seat: Seat) -> bool:
	"""Whether the holder took part in a group that started; a seat suspended before that never did."""
	return seat.status == "Active" or (seat.status == "Suspended" and seat.suspended_from != "Accepted")


def _parts(seat: Seat | None, after: Group) -> bool:
	"""Whether the holder of `seat` is no longer together with the mentor, before the group's time."""
	if after.status == "Completed":
		return False
	alone = after.mentor is None or after.mentor.status in GONE_SEATS
	return seat is None or alone or seat.status in GONE_SEATS


def people_in(groups: Iterable[Group | None]) -> tuple[list[str], list[str]]:
	"""(mentors, mentees) of these groups, sorted by name: the order in which they are locked."""
	mentors = {group.mentor.person for group in groups if group and group.mentor}
	mentees = {seat.person for group in groups if group for seat in group.members}
	return sorted(mentors), sorted(mentees)
