"""What would place those without a group: more people, other sizes, one rule less. Computed by placing.

Each change is tried on a part of the placement: those without a group, groups with room for them,
mentors who lead none, and groups that could spare somebody. That part is placed anew, exactly, and a
change counts only when nobody in it loses their place. Everything else stays as it is, so the number
said can really be placed; with more rearranging, more might be.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from mentor_ispe.domain.matching.groups.build import SlotModel, build
from mentor_ispe.domain.matching.groups.changes import changes, with_asked, with_seats
from mentor_ispe.domain.matching.groups.exact import Effort, solve_exactly
from mentor_ispe.domain.matching.groups.problem import NOBODY, Bools, Ints, Problem
from mentor_ispe.domain.matching.groups.reasons import may_moderate
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.result import Suggestion
from mentor_ispe.domain.matching.rules import GroupRules
from mentor_ispe.domain.matching.suggestions import Change, Found, search

SECONDS = 20.0
"""After so long no further change is tried: an emergency brake, as it depends on the machine."""
_LONE, _HOSTS, _OPENERS, _DONORS = 40, 10, 4, 6
"""How many people without a group are looked at, groups with room, mentors without a group, and groups
that could spare somebody."""
_MOST_NAMES = 10


@dataclass(frozen=True)
class Placed(Found):
	"""A change, whom of the unplaced it places, and one way to do it: the groups it touches, anew
	(mentor, mentees)."""

	groups: tuple[tuple[str, tuple[str, ...]], ...]
	touched: frozenset[str]
	"""Mentors all of whose groups are replaced by `groups`."""


class Suggestions:
	"""Changes that place more than `slot_of` does; `apart` and `forbidden` as given to `build`."""

	def __init__(
		self,
		model: SlotModel,
		slot_of: Ints,
		forbidden: Iterable[tuple[str, str]] = (),
		apart: Iterable[tuple[str, str]] = (),
		tick: Callable[[], None] = lambda: None,
	):
		self.model, self.tick = model, tick
		self.forbidden, self.apart = tuple(forbidden), tuple(apart)
		self.mentees = {person.name: person for person in model.mentees}
		self.mentors = {person.name: person for person in model.mentors}
		self.lone = [model.mentees[row] for row in np.flatnonzero(slot_of == NOBODY).tolist()]
		self.groups: dict[str, list[list[str]]] = {}
		for slot in np.unique(slot_of[slot_of >= 0]).tolist():
			members = [model.mentees[row].name for row in np.flatnonzero(slot_of == slot).tolist()]
			self.groups.setdefault(model.mentor(slot).name, []).append(members)

	def suggestions(self, seconds: float = SECONDS) -> tuple[Suggestion, ...]:
		"""The changes that place most, best first."""
		return tuple(found.suggestion for found in self.found(seconds))

	def found(self, seconds: float = SECONDS) -> list[Placed]:
		"""The same with the way each is done; at most MOST_OF_A_KIND of each kind."""
		if not self.lone:
			return []
		rules, end = self.model.rules, time.monotonic() + seconds

		def may_go_on() -> bool:
			self.tick()
			return time.monotonic() < end

		every = changes(rules, self.lone, self.model.mentees, self.model.mentors)
		return search(every, self._try, Change("none", "", rules), may_go_on)

	# One change -------------------------------------------------------------------------------

	def _try(self, change: Change) -> Placed | None:
		"""Place the part of the placement that the change may concern; None when it places nobody."""
		mentors = [*with_seats(change, self.mentors.values()), *change.mentors]
		lone = self._lone_for(change)
		near = self._near(change, [*lone, *change.mentees], mentors)
		reached = {name: int(fits[: len(lone)].sum()) for name, fits in near.items()}
		by_name = {person.name: person for person in mentors}
		hosts, openers = self._hosts_and_openers(change, reached, by_name)
		if not hosts and not openers:
			return None
		donors = self._donors(change, [by_name[name] for name in openers], set(hosts))
		touched = dict.fromkeys([*hosts, *openers, *donors])
		sitting = [name for mentor in touched for group in self.groups.get(mentor, ()) for name in group]
		# Who is pinned sits there or nowhere.
		lone = [person for person in lone if self.model.pins.get(person.name, "") in ("", *touched)]
		people = [*with_asked(change, [*lone, *(self.mentees[name] for name in sitting)]), *change.mentees]
		model = self._model(change.rules, people, [by_name[name] for name in touched])
		return self._place(change, model, set(sitting), frozenset(touched))

	def _lone_for(self, change: Change) -> list[Candidate]:
		"""The unplaced to look at: those nearest to whoever would join, when there are too many."""
		if len(self.lone) <= _LONE:
			return self.lone
		joining = (*change.mentors, *change.mentees)
		if not joining:
			return self.lone[:: -(-len(self.lone) // _LONE)]

		def far(person: Candidate) -> int:
			return -sum(
				(
					person.utc_offset == joining[0].utc_offset,
					*(x in joining[0].languages for x in person.languages),
				)
			)

		return sorted(self.lone, key=lambda person: (far(person), person.name))[:_LONE]

	def _model(self, rules: GroupRules, mentees: list[Candidate], mentors: list[Candidate]) -> SlotModel:
		"""Problem of these people alone, with what is pinned and forbidden among them."""
		inside, leaders = {person.name for person in mentees}, {person.name for person in mentors}
		return build(
			mentees,
			mentors,
			rules,
			pins=[(a, b) for a, b in self.model.pins.items() if a in inside and b in leaders],
			forbidden=[(a, b) for a, b in self.forbidden if a in inside and b in leaders],
			apart=[(a, b) for a, b in self.apart if a in inside and b in inside],
		)

	def _near(self, change: Change, mentees: list[Candidate], mentors: list[Candidate]) -> dict[str, Bools]:
		"""For each mentor with whom any of `mentees` may sit, which of them: in the order given."""
		# The smallest groups, so that everybody who may sit with somebody shows.
		rules = replace(change.rules, size_min=1, groups_per_mentor=1)
		model = self._model(rules, mentees, mentors)
		at = {person.name: row for row, person in enumerate(model.mentees)}
		order = [at[person.name] for person in mentees]
		near: dict[str, Bools] = {}
		for slot in range(model.problem.slots):
			name = model.mentor(slot).name
			near[name] = near.get(name, np.zeros(len(order), bool)) | model.problem.allowed[slot, order]
		return near

	def _hosts_and_openers(
		self, change: Change, reached: dict[str, int], mentors: dict[str, Candidate]
	) -> tuple[list[str], list[str]]:
		"""Mentors whose groups have room for somebody, and mentors who could lead one more."""
		rules = change.rules
		hosts, openers = [], []
		for name in sorted(reached, key=lambda name: (-reached[name], name)):
			if not reached[name]:
				continue
			groups, seats = self.groups.get(name, []), mentors[name].seats
			taken = sum(map(len, groups))
			if groups and taken < seats and min(map(len, groups)) < rules.size_max:
				hosts.append(name)
			elif len(groups) < rules.groups_per_mentor and seats - taken >= rules.size_min:
				openers.append(name)
		new = {person.name for person in change.mentors}
		openers.sort(key=lambda name: name not in new)  # stable: whoever joins first
		return hosts[:_HOSTS], openers[: max(_OPENERS, len(new))]

	def _donors(self, change: Change, openers: list[Candidate], taken: set[str]) -> list[str]:
		"""Mentors of groups that could spare somebody who fits one of `openers`."""
		least = change.rules.size_min
		spare = [
			name
			for name, groups in self.groups.items()
			if name not in taken and any(len(group) > least for group in groups)
		]
		if not openers or not spare:
			return []
		# Many could: an even choice of them is enough.
		spare = spare[:: -(-len(spare) // (20 * _DONORS))]
		members = [name for mentor in spare for group in self.groups[mentor] for name in group]
		free = [name for name in members if name not in self.model.pins]
		near = self._near(change, with_asked(change, [self.mentees[name] for name in free]), openers)
		fits = np.logical_or.reduce([*near.values(), np.zeros(len(free), bool)])
		fitting = {name for name, fit in zip(free, fits, strict=True) if fit}
		count = {
			mentor: sum(name in fitting for group in self.groups[mentor] for name in group)
			for mentor in spare
		}
		return [name for name in sorted(spare, key=lambda name: (-count[name], name)) if count[name]][
			:_DONORS
		]

	def _place(
		self, change: Change, model: SlotModel, sitting: set[str], touched: frozenset[str]
	) -> Placed | None:
		problem = model.problem
		if not problem.slots:
			return None
		bare = replace(
			problem,
			fit=np.zeros_like(problem.fit),
			opening=np.zeros_like(problem.opening),
			needs=tuple(need for need in problem.needs if need.is_hard),
			apart=problem.apart if problem.apart_penalty is None else (),
			# Whoever sits comes first.
			pinned=np.array([person.name in sitting for person in model.mentees], bool),
		)
		slots, people = np.nonzero(problem.allowed)
		each = float(bare.place.min(initial=1))
		found = solve_exactly(
			bare,
			slots,
			people,
			start=self._start(model, bare),
			effort=Effort(nodes=30, seconds=3.0, slack=0.9 * each),
		)
		if found is None:
			return None
		seated = {model.mentees[row].name for row in np.flatnonzero(found.slot_of >= 0).tolist()}
		new = [person.name for person in self.lone if person.name in seated]
		if not new or not sitting <= seated:
			return None
		return self._said(change, model, found.slot_of, new, touched)

	def _start(self, model: SlotModel, problem: Problem) -> Ints:
		"""The groups as they are, in the slots of the part."""
		at = {person.name: row for row, person in enumerate(model.mentees)}
		slot_of = np.full(problem.people, NOBODY, np.int64)
		used: set[int] = set()
		for slot in range(problem.slots):
			for members in self.groups.get(model.mentor(slot).name, ()):
				rows = [at[name] for name in members]
				if slot not in used and (slot_of[rows] < 0).all() and problem.allowed[slot, rows].all():
					slot_of[rows] = slot
					used.add(slot)
		return slot_of

	def _said(
		self, change: Change, model: SlotModel, slot_of: Ints, new: list[str], touched: frozenset[str]
	) -> Placed | None:
		groups = tuple(
			(
				model.mentor(slot).name,
				tuple(model.mentees[row].name for row in np.flatnonzero(slot_of == slot).tolist()),
			)
			for slot in np.unique(slot_of[slot_of >= 0]).tolist()
		)
		params: dict[str, list[str]] = {}
		if change.asks:
			asked = self._asked(groups, change)
			change = replace(change, asked=frozenset(asked))
			params["names"] = [self.mentees[name].title for name in asked]
		if change.seats:
			taken: dict[str, int] = {}
			for mentor, members in groups:
				taken[mentor] = taken.get(mentor, 0) + len(members)
			needed = sorted(name for name, count in taken.items() if count > self.mentors[name].seats)
			change = replace(change, seats_at=frozenset(needed))
			params["names"] = [self.mentors[name].title for name in needed]
		if "names" in params and not 0 < len(params["names"]) <= _MOST_NAMES:
			return None
		return Placed(change, change.suggestion(new, len(self.lone), **params), groups, touched)

	def _asked(self, groups: Iterable[tuple[str, tuple[str, ...]]], change: Change) -> list[str]:
		"""One member of each group that nobody could moderate so far."""
		asked = []
		for _mentor, names in groups:
			members = [self.mentees[name] for name in names]
			if not any(may_moderate(person, change.rules) for person in members):
				able = [p.name for p in members if p.career_stage in change.rules.moderator_stages]
				asked.append(min(able))
		return asked
