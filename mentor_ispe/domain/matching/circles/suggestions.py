"""What would place those without a circle: more peers, other sizes, one rule less. Computed by placing.

Those left out join circles with room, or open one of their own with whom larger circles can spare;
everybody else stays. So the number said can really be placed; with more rearranging, more might be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mentor_ispe.domain.matching.circles.forming import Seated
from mentor_ispe.domain.matching.circles.interest import interest
from mentor_ispe.domain.matching.circles.least import LeastScore
from mentor_ispe.domain.matching.circles.result import BOTH_WAYS
from mentor_ispe.domain.matching.circles.seating import APART, Peers, Seating
from mentor_ispe.domain.matching.criteria import CAREER_STAGE, EMPLOYER, TIME_ZONE
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.result import Suggestion
from mentor_ispe.domain.matching.rules import LARGEST, CircleRules
from mentor_ispe.domain.matching.suggestions import Change, Found, described, must_share, search, waivers
from mentor_ispe.domain.violations import N_

_LONE, _CIRCLES, _INTERESTS = 60, 60, 4
"""How many of those left out are looked at, how many circles, how many shared interests."""
_MOST_NAMES = 5


@dataclass(frozen=True)
class Placed(Found):
	"""A change, whom it places, and how: the circles it touches (numbers), and what becomes of them."""

	touched: tuple[int, ...]
	circles: tuple[tuple[str, ...], ...]


class Suggestions:
	"""Changes that place more of `peers` than `seated` does. `pins` and `forbidden` are pairs of rows."""

	def __init__(
		self,
		peers: Sequence[Candidate],
		rules: CircleRules,
		seated: Seated,
		pins: Sequence[tuple[int, int]] = (),
		forbidden: Sequence[tuple[int, int]] = (),
	):
		self.peers, self.rules, self.seated = peers, rules, seated
		self.pins, self.forbidden = pins, forbidden
		self.bound = {row for pair in pins for row in pair}
		self.lone = [row for row in seated.left if row not in self.bound]

	def suggestions(self) -> tuple[Suggestion, ...]:
		"""The changes that place most, best first."""
		return tuple(found.suggestion for found in self.found())

	def found(self) -> list[Placed]:
		"""The same with the way each is done; at most MOST_OF_A_KIND of each kind."""
		if not self.lone:
			return []
		return search(self._changes(), self._try, Change("none", "", self.rules))

	# What to try ------------------------------------------------------------------------------

	def _changes(self) -> Iterator[Change]:
		rules = self.rules
		if rules.size_max < LARGEST:
			message = N_("Allow circles of up to {size} people: {places} of {unmatched} could be matched.")
			larger = replace(rules, size=rules.aim, size_max=rules.size_max + 1)
			yield Change("larger_circles", message, larger, {"size": larger.size_max})
		if rules.size_min > 2:
			message = N_("Allow circles of {size} people: {places} of {unmatched} could be matched.")
			smaller = replace(rules, size=rules.aim, size_min=rules.size_min - 1)
			yield Change("smaller_circles", message, smaller, {"size": smaller.size_min})
		yield from self._more_peers()
		if rules.host.is_hard:
			message = N_(
				"Ask {names} to host: {places} of {unmatched} could be matched. Tick “Willing to moderate the group” in their applications, then run again."
			)
			yield Change("ask_hosts", message, rules, asks=True)
		yield from waivers(rules, {"host": N_("Host"), "employers": EMPLOYER, "time_window": TIME_ZONE})

	def _more_peers(self) -> Iterator[Change]:
		"""One more peer, or two, up to half a circle, who share what many of those left out want."""
		lone = [self.peers[row] for row in self.lone]
		spoken = Counter(language for person in lone for language in set(person.languages))
		wanted = Counter(topic for person in lone for topic in set(person.wants))
		for topic in sorted(wanted, key=lambda topic: (-wanted[topic], topic))[:_INTERESTS]:
			sharing = [person for person in lone if topic in person.wants]
			willing = any(person.willing_to_moderate for person in sharing) or not self.rules.host.is_hard
			like = Counter(tuple(self._like(person, spoken).items()) for person in sharing).most_common(1)[0][
				0
			]
			for count in range(1, max(2, -(-self.rules.size_min // 2) + 1)):
				yield self._peers_joining(topic, count, dict(like), not willing)

	def _like(self, person: Candidate, spoken: Counter[str]) -> dict[str, Any]:
		"""What somebody must be like to share a circle with this person."""
		scoring = self.rules.scoring
		fields = must_share(person, scoring, spoken, clock=self.rules.time_window.is_hard, language=False)
		if scoring.is_hard(CAREER_STAGE):  # any that is known will do
			fields["career_stage"] = person.career_stage
		return fields

	def _peers_joining(self, topic: str, count: int, like: dict[str, Any], host: bool) -> Change:
		joining = tuple(
			Candidate(
				f"~ new peer {n}",
				wants=(topic,),
				willing_to_moderate=host and n == 1,
				is_imagined=True,
				**like,
			)
			for n in range(1, count + 1)
		)
		one = N_(
			"Invite one more peer interested in {value}{also}: {places} of {unmatched} could be matched."
		)
		many = N_(
			"Invite {count} more peers interested in {value}{also}: {places} of {unmatched} could be matched."
		)
		if host:
			one = N_(
				"Invite one more peer interested in {value}{also} and willing to host: {places} of {unmatched}"
				" could be matched."
			)
			many = N_(
				"Invite {count} more peers interested in {value}{also}, one of them willing to host: {places} of"
				" {unmatched} could be matched."
			)
		plain = ", ".join(described(like))
		params = {"value": topic, "count": count, "also": f" ({plain})" if plain else ""}
		message = one if count == 1 else many
		return Change("new_peers", message, self.rules, params, mentees=joining, once=topic)

	# One change -------------------------------------------------------------------------------

	def _try(self, change: Change) -> Placed | None:
		"""Those left out, whoever would join, and some circles, under the changed rules."""
		lone = self._lone_for(change)
		every = range(len(self.seated.circles))
		some = every[:: -(-len(every) // _CIRCLES)] if every else []
		rows = [*lone, *(row for number in some for row in self.seated.circles[number])]
		people = [*(self.peers[row] for row in rows), *change.mentees]
		at = {row: place for place, row in enumerate(rows)}
		table, _warnings = interest(people, change.rules, *map(_among(at), (self.pins, self.forbidden)))
		host = np.array([person.willing_to_moderate or change.asks for person in people], bool)
		new = range(len(rows), len(people))
		points = None if change.rules.host.is_hard else 0
		task = Peers(table, host, change.rules.size_min, change.rules.size_max, points)
		circles = [[at[row] for row in self.seated.circles[number]] for number in some]
		placed = _Placing(task, circles, {at[row] for row in self.bound if row in at})
		placed.join(range(len(lone)))
		placed.open(range(len(lone)), new)
		if least := BOTH_WAYS * change.rules.scoring.least:
			exempt = {at[row] for row in self.bound if row in at} | set(new)
			placed.circles, out = LeastScore(task, least, exempt).apply(placed.circles)
			if any(person in range(len(lone), len(rows)) for person in out):
				return None  # somebody would lose their place
		return self._said(change, people, placed, some, lone)

	def _lone_for(self, change: Change) -> list[int]:
		"""Those left out to look at, those who share an interest with whoever would join first."""
		if len(self.lone) <= _LONE or not change.mentees:
			return self.lone[:_LONE]
		wants = set(change.mentees[0].wants)
		return sorted(self.lone, key=lambda row: (not wants & set(self.peers[row].wants), row))[:_LONE]

	def _said(
		self, change: Change, people: list[Candidate], placed: _Placing, some: Sequence[int], lone: list[int]
	) -> Placed | None:
		seated = {place for circle in placed.circles for place in circle}
		found = [people[place].name for place in range(len(lone)) if place in seated]
		if not found:
			return None
		params: dict[str, list[str]] = {}
		if change.asks:
			without = [c for c in placed.circles if not any(people[p].willing_to_moderate for p in c)]
			asked = [people[min(circle)] for circle in without]
			if not 0 < len(asked) <= _MOST_NAMES:
				return None
			change = replace(change, asked=frozenset(person.name for person in asked))
			params["names"] = [person.title for person in asked]
		circles = tuple(tuple(people[place].name for place in sorted(circle)) for circle in placed.circles)
		suggestion = change.suggestion(found, len(self.seated.left), **params)
		return Placed(change, suggestion, tuple(some), circles)


class _Placing:
	"""Circles that take people in, and new ones out of those who wait and those who can be spared."""

	def __init__(self, peers: Peers, circles: list[list[int]], bound: set[int]):
		self.peers, self.circles, self.bound = peers, circles, bound
		self.may = peers.interest > APART

	def join(self, people: Sequence[int]) -> None:
		"""Circles with room take in whom they can."""
		if not self.circles:
			return
		seating = Seating(self.peers, self.circles)
		seating.join(np.array(people, np.int64), self.peers.most)
		self.circles = seating.circles

	def open(self, people: Sequence[int], new: Sequence[int]) -> None:
		"""New circles, one after the other, as long as one can be made with somebody who waits."""
		joining = list(new)
		while True:
			seated = {person for circle in self.circles for person in circle}
			waiting = [person for person in people if person not in seated]
			starts = [person for person in (*waiting, *joining) if self._may_host(person)] or waiting
			options = [self._around(start, waiting, joining) for start in starts]
			best = max(options, key=lambda circle: sum(p in waiting for p in circle), default=[])
			if not any(person in waiting for person in best):
				return
			taken = set(best)
			self.circles = [[p for p in circle if p not in taken] for circle in self.circles] + [best]
			joining = [person for person in joining if person not in taken]

	def _may_host(self, person: int) -> bool:
		return self.peers.host_points is not None or bool(self.peers.host[person])

	def _around(self, start: int, waiting: Sequence[int], joining: Sequence[int]) -> list[int]:
		"""A circle of `start` and whoever may meet everybody in it; empty when it stays too small."""
		circle = [start]
		fits = self.may[start].copy()

		def take(people: Sequence[int], most: int) -> None:
			for person in people:
				if len(circle) >= most:
					return
				if person not in circle and fits[person]:
					circle.append(person)
					fits[:] &= self.may[person]

		# Who can meet most of the others first.
		count = self.may[np.ix_(waiting, waiting)].sum(axis=1) if len(waiting) else []
		order = [waiting[k] for k in np.argsort(-np.asarray(count), kind="stable")]
		take(order, self.peers.most)
		take(joining, self.peers.least)
		take(self._spared(), self.peers.least)
		if len(circle) < self.peers.least or not any(map(self._may_host, circle)):
			return []
		return circle

	def _spared(self) -> list[int]:
		"""One of each circle that is larger than it must be, and keeps a host without them."""
		spared = []
		for circle in self.circles:
			if len(circle) <= self.peers.least:
				continue
			hosts = [person for person in circle if self._may_host(person)]
			free = [p for p in circle if p not in self.bound and (p not in hosts or len(hosts) > 1)]
			spared += free[:1]
		return spared


def _among(at: dict[int, int]) -> Callable[[Sequence[tuple[int, int]]], list[tuple[int, int]]]:
	"""A function that leaves of pairs of rows those among `at`, as places."""
	return lambda pairs: [(at[one], at[other]) for one, other in pairs if one in at and other in at]
