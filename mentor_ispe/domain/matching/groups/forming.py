"""Forming groups: a preview, the relaxation and its bound, whole groups, the search, and the proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mentor_ispe.domain.matching.groups.exact import Effort, solve_exactly
from mentor_ispe.domain.matching.groups.preview import preview
from mentor_ispe.domain.matching.groups.problem import NOBODY, Ints, Placement, Problem, valued
from mentor_ispe.domain.matching.groups.relaxation import Relaxation, Relaxed
from mentor_ispe.domain.matching.groups.search import improve, slot_price

SMALL = 4_000
"""Seats (slots × people) up to which the whole problem is solved exactly at once."""

QUICK = 40_000
"""Seats up to which relaxing and rounding takes about a second."""

SURELY_OPEN, SURELY_SHUT = 0.7, 0.3
"""How far the relaxation opens a slot that is opened, or dropped, for good."""

Progress = Callable[[str, float], None]
"""Told the stage and the share done, 0 to 1; ends the run by raising."""


@dataclass(frozen=True)
class Work:
	"""How much work to put in. `seconds` is the time after which no new stage begins.

	As long as it isn't reached, the same input gives the same groups on any machine. `good_enough` is
	the gap, as a share of the fit, at which the search ends.
	"""

	seconds: float = 1800.0
	good_enough: float = 0.0002
	steps: int = 120
	try_again: bool = True
	"""Whether to solve again without settling any slot when fewer are placed than may be possible."""


@dataclass(frozen=True)
class Formed:
	"""The placement, and what is known of better ones.

	`bound` is what the total of fit less penalties can't exceed with as many people placed; `most` the
	number of people that can't be exceeded. `in_time` is False when `Work.seconds` cut the run short.
	"""

	placement: Placement
	bound: float
	most: int
	seconds: float
	in_time: bool = True

	@property
	def gap(self) -> float:
		"""(bound − total) / fit; 0 means that nothing better exists."""
		missing = self.bound - self.placement.total
		return 0.0 if missing < 1 else missing / max(1, abs(self.placement.fit))

	@property
	def is_proven(self) -> bool:
		return self.placement.placed == self.most and self.gap == 0.0


def form(
	problem: Problem, work: Work | None = None, progress: Progress = lambda stage, share: None
) -> Formed:
	"""Place as many people as possible, then for as many points as possible."""
	return _Forming(problem, work or Work(), progress).run()


def quick_preview(problem: Problem) -> Formed:
	"""A placement at once. Small problems are relaxed and rounded, which is as quick; beyond
	`QUICK` seats a preview is, which knows no bound: then it is what no seats could exceed."""
	forming = _Forming(problem, Work(steps=0, try_again=False), lambda stage, share: None)
	if problem.slots * problem.people <= QUICK:
		return forming.run()
	forming.best = preview(problem)
	best = np.where(problem.allowed, problem.fit, 0).max(axis=0).sum() if problem.slots else 0
	return forming.formed(float(best) + int(problem.place[forming.best.slot_of >= 0].sum()))


class _Forming:
	def __init__(self, problem: Problem, work: Work, progress: Progress):
		self.problem, self.work, self.progress = problem, work, progress
		self.started = time.monotonic()
		self.best = valued(problem, np.full(problem.people, NOBODY, np.int64))
		self.most = reachable(problem)

	@property
	def left(self) -> float:
		return max(0.0, self.work.seconds - (time.monotonic() - self.started))

	def run(self) -> Formed:
		problem = self.problem
		if not problem.slots or not self.most:
			return self.formed(0.0)
		self.progress("preview", 0.0)
		self._take(preview(problem))
		if problem.slots * problem.people <= SMALL:
			proven = self._at_once()
			if proven is not None:
				return proven
		self.progress("relaxation", 0.05)
		relaxed = self._relax(None, 0.05, 0.5)
		self.progress("groups", 0.5)
		self._take(round_up(problem, relaxed, effort=self._effort()))
		if self.best.placed < self.most:
			relaxed = self._count(relaxed)
		self.progress("search", 0.75)
		self._search(relaxed)
		return self.formed(relaxed.best.value)

	def _take(self, placement: Placement | None) -> None:
		if placement is not None and placement.better_than(self.best):
			self.best = placement

	def _effort(self, nodes: int = 1) -> Effort:
		# The search does the fine work, and is quicker at it.
		slack = 2.5 * self.work.good_enough * max(1, self.best.fit)
		return Effort(nodes=nodes, seconds=max(1.0, self.left / 2), slack=slack)

	def _relax(self, places: int | None, since: float, until: float) -> Relaxed:
		rounds = 40

		def tick(step: int, gap: float) -> None:
			self.progress("relaxation", since + (until - since) * min(1.0, step / 15))

		return Relaxation(self.problem, places).solve(rounds, seconds=self.left, tick=tick)

	def _at_once(self) -> Formed | None:
		"""The whole problem in one program; None when it wasn't solved to the end."""
		slots, people = np.nonzero(self.problem.allowed)
		found = solve_exactly(
			self.problem,
			slots,
			people,
			start=self.best.slot_of,
			effort=Effort(nodes=3000, seconds=self.left / 2),
		)
		if found is None:
			return None
		self._take(valued(self.problem, found.slot_of))
		if found.bound - self._objective() >= 1.0:
			return None
		self.most = self.best.placed
		return self.formed(found.bound)

	def _count(self, relaxed: Relaxed) -> Relaxed:
		"""Fewer are placed than have seats: is it necessary? Try again without settling any slot."""
		problem = self.problem
		self.most = max(self.best.placed, min(self.most, most_placed(problem, seconds=self.left / 3)))
		if self.best.placed < self.most and self.left and self.work.try_again:
			self.progress("groups", 0.65)
			effort = self._effort(nodes=50)
			self._take(round_up(problem, relaxed, settle=False, start=self.best.slot_of, effort=effort))
		if self.best.placed == self.most and relaxed.seat.sum() > self.most + 1e-3 and self.left:
			return self._relax(self.most, 0.65, 0.75)
		return relaxed

	def _search(self, relaxed: Relaxed) -> None:
		def tick(step: int, placement: Placement) -> bool:
			self._take(placement)
			self.progress("search", 0.75 + 0.25 * min(1.0, step / self.work.steps))
			return self.left > 0

		if self.left:
			enough = self.work.good_enough * max(1, self.best.fit)
			best = improve(
				self.problem, relaxed.best, self.best, steps=self.work.steps, good_enough=enough, tick=tick
			)
			self._take(best)

	def _objective(self) -> int:
		return self.best.total + int(self.problem.place[self.best.slot_of >= 0].sum())

	def formed(self, bound: float) -> Formed:
		self.progress("done", 1.0)
		points = bound - int(self.problem.place[self.best.slot_of >= 0].sum())
		passed = time.monotonic() - self.started
		return Formed(self.best, max(points, self.best.total), self.most, passed, passed <= self.work.seconds)


def reachable(problem: Problem) -> int:
	"""People with any seat at all: the simplest bound, and often the true one."""
	return int(problem.allowed.any(axis=0).sum())


def most_placed(problem: Problem, rounds: int = 12, seconds: float = 600.0) -> int:
	"""A number of people that no placement exceeds, from the relaxation without points."""
	hard = tuple(need for need in problem.needs if need.is_hard)
	bare = replace(
		problem,
		fit=np.zeros_like(problem.fit),
		opening=np.zeros_like(problem.opening),
		needs=hard,
		apart=problem.apart if problem.apart_penalty is None else (),
		pinned=np.zeros(problem.people, bool),
	)
	if not problem.slots:
		return 0
	relaxed = Relaxation(bare).solve(rounds, seconds=seconds)
	each = float(bare.place[0])
	return min(reachable(problem), int(np.floor(relaxed.best.value / each + 1e-6)))


def round_up(
	problem: Problem,
	relaxed: Relaxed,
	*,
	seats_each: int = 10,
	settle: bool = True,
	start: Ints | None = None,
	effort: Effort | None = None,
) -> Placement | None:
	"""Whole groups near the relaxation, or None when none were found.

	Slots open by 0.7 and more are opened, those by 0.3 and less dropped, unless `settle` is off. Each
	person keeps the `seats_each` seats that gain most, and those the relaxation uses.
	"""
	shut = SURELY_SHUT if settle else -1.0
	keep = relaxed.open > shut
	margin = relaxed.best.gain - slot_price(problem, relaxed.best.gain)[:, None]
	margin[~keep] = -np.inf
	chosen = np.zeros(problem.fit.shape, bool)
	count = min(seats_each, problem.slots)
	best = np.argpartition(-margin, count - 1, axis=0)[:count]
	np.put_along_axis(chosen, best, True, axis=0)
	used = relaxed.seat > 1e-6
	chosen[relaxed.seat_slot[used], relaxed.seat_person[used]] = True
	chosen &= problem.allowed & keep[:, None]
	slots, people = np.nonzero(chosen)
	always = np.flatnonzero(relaxed.open >= SURELY_OPEN) if settle else ()
	found = solve_exactly(problem, slots, people, always_open=always, start=start, effort=effort)
	return None if found is None else valued(problem, found.slot_of)
