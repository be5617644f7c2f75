"""Two profiles of one person become one: what stands in the way, and what becomes of two applications to one cycle.

A merge breaks no rule of a group: what would is refused, with what a coordinator can do about it. Whoever has two
applications on the same side of a cycle keeps one, with the seats of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.domain.violations import N_, Violation

# Which of two applications says more of where the person stands.
FURTHEST_FIRST = ("Active", "Completed", "Approved", "Applied", "Withdrawn", "Rejected")
OUT = frozenset({"Withdrawn", "Rejected"})


@dataclass(frozen=True)
class Held:
	"""A seat that somebody has or had. `partners` are the applications on the other side that are in it now.

	`takes` is how many of a mentor's seats it takes.
	"""

	group: str
	title: str
	status: str
	as_mentor: bool
	takes: int = 0
	partners: frozenset[str] = frozenset()

	@property
	def live(self) -> bool:
		return self.status in LIVE_SEATS


@dataclass(frozen=True)
class Part:
	"""An application to a cycle with its seats; `apart` are those on the other side it is never matched with again."""

	name: str
	role: str
	cycle: str
	status: str
	seats_offered: int = 0
	seats: tuple[Held, ...] = ()
	apart: frozenset[str] = frozenset()

	@property
	def live(self) -> tuple[Held, ...]:
		return tuple(seat for seat in self.seats if seat.live)

	@property
	def key(self) -> tuple[str, str]:
		return self.role, self.cycle


@dataclass(frozen=True)
class Both:
	"""Two applications to the same side of a cycle: the one that stays, and the one whose seats it takes over."""

	stays: Part
	goes: Part

	@property
	def seats_offered(self) -> int:
		return max(self.stays.seats_offered, self.goes.seats_offered)


def pairs(kept: Sequence[Part], merged: Sequence[Part]) -> list[Both]:
	"""The applications of which there are two; the one with a seat stays, else the one that got further."""
	others = {part.key: part for part in kept}
	return [_which_stays(others[part.key], part) for part in merged if part.key in others]


def _which_stays(kept: Part, merged: Part) -> Both:
	def rank(part: Part) -> tuple[bool, int]:
		return not part.live, FURTHEST_FIRST.index(part.status)

	return Both(merged, kept) if rank(merged) < rank(kept) else Both(kept, merged)


def conflicts(
	kept: Sequence[Part], merged: Sequence[Part], may_be_both: Mapping[str, bool]
) -> list[Violation]:
	"""What keeps these two from being one person; `may_be_both` says it of each cycle's program."""
	broken = _same_group(kept, merged)
	for both in pairs(kept, merged):
		broken += _capacity(both) if both.stays.role == MENTOR else _one_place(both)
		broken += _apart(both)
	return broken + _both_sides(kept, merged, may_be_both)


def _same_group(kept: Sequence[Part], merged: Sequence[Part]) -> list[Violation]:
	"""Nobody holds two seats of a group at once, nor ever was mentor and mentee of it."""
	mine, theirs = _by_group(kept), _by_group(merged)
	broken = []
	for group in sorted(mine.keys() & theirs.keys()):
		title = {"group": mine[group][0].title}
		sides = {seat.as_mentor for seat in (*mine[group], *theirs[group])}
		if len(sides) == 2:
			broken.append(
				Violation(
					"both_sides_of_group",
					N_("One mentored the other in the group {group}, so they aren't the same person."),
					title,
				)
			)
		elif any(seat.live for seat in mine[group]) and any(seat.live for seat in theirs[group]):
			broken.append(
				Violation(
					"same_group",
					N_("Both have a place in the group {group}. Take one of them out first, then merge."),
					title,
				)
			)
	return broken


def _by_group(parts: Iterable[Part]) -> dict[str, list[Held]]:
	found: dict[str, list[Held]] = {}
	for part in parts:
		for seat in part.seats:
			found.setdefault(seat.group, []).append(seat)
	return found


def _capacity(both: Both) -> list[Violation]:
	taken = sum(seat.takes for part in (both.stays, both.goes) for seat in part.live)
	if taken <= both.seats_offered:
		return []
	return [
		Violation(
			"over_capacity",
			N_(
				"Together they take {taken} places in {cycle} and offer {offered}. Offer more places in one of the two applications, or end a match first."
			),
			{"taken": taken, "offered": both.seats_offered, "cycle": both.stays.cycle},
		)
	]


def _one_place(both: Both) -> list[Violation]:
	if not (both.stays.live and both.goes.live):
		return []
	return [
		Violation(
			"two_places",
			N_("Both have a place in {cycle}: {groups}. Take one of them out first, then merge."),
			{
				"cycle": both.stays.cycle,
				"groups": [seat.title for seat in (*both.stays.live, *both.goes.live)],
			},
		)
	]


def _apart(both: Both) -> list[Violation]:
	for one, other in ((both.stays, both.goes), (both.goes, both.stays)):
		for seat in one.live:
			if seat.partners & other.apart:
				return [
					Violation(
						"declined_before",
						N_(
							"In {cycle}, one of them declined or left the match that the other has in {group}. End "
							"it first, then merge."
						),
						{"cycle": one.cycle, "group": seat.title},
					)
				]
	return []


def _both_sides(
	kept: Sequence[Part], merged: Sequence[Part], may_be_both: Mapping[str, bool]
) -> list[Violation]:
	broken = []
	for one in kept:
		for other in merged:
			same = one.cycle == other.cycle and one.role != other.role
			if same and not OUT & {one.status, other.status} and not may_be_both.get(one.cycle):
				broken.append(
					Violation(
						"both_sides",
						N_(
							"One of them is a mentor in {cycle} and the other is a mentee, which the program doesn't allow. Withdraw one of the applications first."
						),
						{"cycle": one.cycle},
					)
				)
	return broken
