"""Forming circles: how many, who opens them, who joins, and the exchanges that make them good."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mentor_ispe.domain.matching.circles.annealing import Annealing
from mentor_ispe.domain.matching.circles.seating import APART, Ints, Peers, Seating, improve

Progress = Callable[[str, float], None]
"""Told the stage (seats, exchanges, done) and the share done, 0 to 1; ends the run by raising."""


_EXCHANGES = 30
"""Exchanges among all circles before the fine work: they do most of it in a moment."""
_HURRY = 0.25
"""Share of the seconds after which the fine work goes by the clock, where steps are behind it."""


@dataclass(frozen=True)
class Work:
	"""How much work to put in: steps of annealing, and the seconds they may take at the most.

	As long as the steps aren't far behind the seconds, the same input gives the same circles on any
	machine. With ``steps`` None there are about as many as one processor makes in eight seconds.
	"""

	steps: int | None = None
	seconds: float = 60.0

	def steps_for(self, people: int) -> int:
		"""Fewer for more people, for whom a step takes longer, and for so few that it is soon done."""
		if self.steps is not None:
			return self.steps
		return min(200 + 20 * people, 3_000, 7_500_000 // max(1, people))


@dataclass(frozen=True)
class Seated:
	"""Circles as lists of people, in order; `left` are those without."""

	circles: list[list[int]]
	left: list[int]
	worth: float
	seconds: float
	in_time: bool


def seat(
	peers: Peers,
	size: int,
	together: list[list[int]] | None = None,
	work: Work | None = None,
	progress: Progress = lambda stage, share: None,
	seed: int = 1,
) -> Seated:
	"""Form circles of about `size`; `together` are people who must share a circle."""
	start, work = time.monotonic(), work or Work()
	random = np.random.default_rng(seed)
	progress("seats", 0.0)
	together = [sorted(members) for members in together or []]
	fixed = np.zeros(peers.count, bool)
	for members in together:
		fixed[members] = True
	peers = replace(peers, fixed=fixed)
	circles: list[list[int]] = []
	left: list[int] = []
	parts = _parts(peers, together)
	late = False
	for done, part in enumerate(parts):
		seating, rest = _seat_part(peers, part, size, together, random)
		left += rest
		if seating is not None:
			steps = work.steps_for(len(part))
			improve(seating, random, min(_EXCHANGES, steps))
			begun, share = time.monotonic() - start, done / len(parts)

			def tick(step: int, begun: float = begun, share: float = share, steps: int = steps) -> float:
				nonlocal late
				progress("exchanges", 0.1 + 0.9 * (share + step / steps / len(parts)))
				passed = time.monotonic() - start
				if passed < _HURRY * work.seconds:
					return 0.0
				used = (passed - begun) / max(1e-9, work.seconds - begun)
				late |= used > step / steps
				return used

			Annealing(seating, random).run(steps, tick)
			circles += seating.circles
	final = Seating(peers, circles)
	progress("done", 1.0)
	return Seated(sorted(circles), sorted(left), final.worth, time.monotonic() - start, not late)


def _parts(peers: Peers, together: list[list[int]]) -> list[Ints]:
	"""People who can't meet across, not even through others, are seated apart from each other."""
	may = peers.interest > APART
	for members in together:
		may[np.ix_(members, members)] = True
	parts, unseen = [], np.ones(peers.count, bool)
	while unseen.any():
		fresh = np.flatnonzero(unseen)[:1]
		inside = np.zeros(peers.count, bool)
		while len(fresh):
			inside[fresh] = True
			unseen[fresh] = False
			fresh = np.flatnonzero(may[fresh].any(axis=0) & unseen)
		parts.append(np.flatnonzero(inside))
	return parts


def _seat_part(
	peers: Peers, part: Ints, size: int, together: list[list[int]], random: np.random.Generator
) -> tuple[Seating | None, list[int]]:
	"""Circles of the people in `part`, and who is left; whoever is left tries again for smaller circles,
	then for circles of their own."""
	best: tuple[Seating, Ints] | None = None
	for want in dict.fromkeys((size, peers.least)):
		seating = Seating(peers, [])
		left = part
		while len(left) >= peers.least:
			opened, rest = _open(peers, left, want, together, random)
			if opened is None:
				break
			seating = Seating(peers, [*seating.circles, *opened.circles])
			left = seating.join(rest, peers.most)
			if not len(opened.seats):
				break
		for members in together:
			if members[0] in set(left.tolist()) and seating.join_together(members, peers.most):
				left = np.setdiff1d(left, members)
		if best is None or len(left) < len(best[1]):
			best = seating, left
		if not len(left):
			break
	if best is None or not len(best[0].seats):
		return None, part.tolist()
	return best[0], best[1].tolist()


def _open(
	peers: Peers, people: Ints, size: int, together: list[list[int]], random: np.random.Generator
) -> tuple[Seating | None, Ints]:
	"""Open circles for these people: hosts first, then one place of every circle after the other."""
	count = max(-(-len(people) // peers.most), min(len(people) // peers.least, round(len(people) / size)))
	count = min(count, len(people) // peers.least)
	inside = set(people.tolist())
	starts = [members for members in together if set(members) <= inside]
	bound = {person for members in starts for person in members}
	shuffled = random.permutation(people)
	hosts = [p for p in shuffled.tolist() if peers.host[p] and p not in bound]
	if peers.host_points is not None:
		hosts += [p for p in shuffled.tolist() if not peers.host[p] and p not in bound]
	while count > 0:
		openers = [*starts, *([host] for host in hosts[: max(0, count - len(starts))])]
		if not openers:
			return None, people
		seating = Seating(peers, openers)
		seated = {person for members in openers for person in members}
		waiting = np.array([p for p in people.tolist() if p not in seated], np.int64)
		left = seating.join(waiting, peers.most)
		small = seating.size < peers.least
		if peers.host_points is None:
			small |= seating.bare()
		if not small.any():
			return seating, left
		if small.all():
			count //= 2  # fewer circles of more people may do
			continue
		left = np.sort(np.concatenate([left, seating.close(small)]))
		return seating, seating.join(left, peers.most)
	return None, people
