"""What a match run gives back: plain values, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.violations import Violation


class MatchingError(ValueError):
	"""The task contradicts itself (a pin beyond the seats, say); `violations` says how."""

	def __init__(self, violations: Sequence[Violation]):
		super().__init__(" ".join(map(str, violations)))
		self.violations = list(violations)


class Cancelled(Exception):
	"""The run was stopped by whoever asked for it."""


Progress = Callable[[str, float], None]
"""Told the name of a step and the share done; what the steps are, each engine says."""


def reporter(progress: Progress | None, cancelled: Callable[[], bool] | None) -> Progress:
	"""Tells `progress`, and raises Cancelled when `cancelled()` says so."""

	def report(step: str, share: float) -> None:
		if cancelled is not None and cancelled():
			raise Cancelled
		if progress is not None:
			progress(step, share)

	return report


@dataclass(frozen=True, slots=True)
class Pair:
	"""One proposal. `parts` add up to `score`; `is_pinned` when it wasn't the engine's choice."""

	mentee: str
	mentor: str
	score: int
	parts: Mapping[str, int]
	reasons: tuple[Reason, ...]
	is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
	"""Who got nobody, and why."""

	mentee: str
	reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
	"""Something the coordinator could change, and how many more would then be matched: computed."""

	words: Reason
	places: int
	mentees: tuple[str, ...]
	"""Who would be placed, of those who are unmatched now."""

	def as_dict(self) -> dict[str, Any]:
		return {**self.words.as_dict(), "places": self.places, "mentees": list(self.mentees)}


@dataclass(frozen=True, slots=True)
class Share:
	"""How one part of the members fared: those of a country, a career stage or a chapter."""

	value: str
	people: int
	matched: int
	mean_score: float | None

	def as_dict(self) -> dict[str, Any]:
		return {name: getattr(self, name) for name in self.__slots__}


VIEWS = ("country", "career_stage", "chapter")


def shares(mentees: Sequence[Candidate], pairs: Sequence[Pair]) -> Mapping[str, tuple[Share, ...]]:
	"""For each of VIEWS, one line for every value among the mentees, "" for those who gave none."""
	score_of = {pair.mentee: pair.score for pair in pairs}
	found = [score_of.get(mentee.name) for mentee in mentees]
	views = {}
	for view in VIEWS:
		scores: dict[str, list[int | None]] = {}
		for value, score in zip(map(attrgetter(view), mentees), found, strict=True):
			if value in scores:
				scores[value].append(score)
			else:
				scores[value] = [score]
		views[view] = tuple(_share(value, scores[value]) for value in sorted(scores))
	return views


def _share(value: str, scores: Sequence[int | None]) -> Share:
	matched = [score for score in scores if score is not None]
	mean = round(sum(matched) / len(matched), 1) if matched else None
	return Share(value, len(scores), len(matched), mean)


def distribution(scores: Iterable[int], width: int = 50) -> list[tuple[int, int, int]]:
	"""(from, below, how many) for every `width` points from the lowest score to the highest."""
	counts = Counter(score // width for score in scores)
	if not counts:
		return []
	steps = range(min(counts), max(counts) + 1)
	return [(step * width, (step + 1) * width, counts[step]) for step in steps]


def contributions(pairs: Sequence[Pair], full_points: Mapping[str, int]) -> dict[str, dict[str, int | float]]:
	"""What each criterion gave over all pairs: points, and the share of the points it could give."""
	given = dict.fromkeys(full_points, 0)
	for pair in pairs:
		for name, points in pair.parts.items():
			given[name] = given.get(name, 0) + points
	return {
		name: {"points": points, "share": points / (full_points[name] * max(1, len(pairs)))}
		for name, points in given.items()
	}


@dataclass(frozen=True)
class PairsResult:
	"""A match of pairs. Counts and scores are those of all pairs, pinned ones included.

	`bound`: no match with these pins has a greater score at as many matched, and none matches more than
	`most_matched`. `proven` says that the result reaches both; then `gap` is 0.
	"""

	pairs: tuple[Pair, ...]
	unmatched: tuple[Unmatched, ...]
	mentees: int
	seats: int
	score: int
	bound: int
	most_matched: int
	proven: bool
	suggestions: tuple[Suggestion, ...] = ()
	fairness: Mapping[str, tuple[Share, ...]] = field(default_factory=dict)
	full_points: Mapping[str, int] = field(default_factory=dict)
	"""The most points of each part of a score."""
	warnings: tuple[Violation, ...] = ()
	"""Pins that break a rule of the program; kept all the same."""
	seconds: Mapping[str, float] = field(default_factory=dict)
	"""Time by step, "whole" for all; "solve" is the solver library's."""

	@property
	def matched(self) -> int:
		return len(self.pairs)

	@property
	def gap(self) -> float:
		"""How far the score may be below the best, as a share of the bound; 1 when fewer are matched."""
		if self.matched < self.most_matched:
			return 1.0
		return (self.bound - self.score) / self.bound if self.bound else 0.0

	@property
	def contributions(self) -> dict[str, dict[str, int | float]]:
		"""What each criterion gave over all pairs: points, and the share of the points it could give."""
		return contributions(self.pairs, self.full_points)

	def distribution(self, width: int = 50) -> list[tuple[int, int, int]]:
		"""(from, below, pairs) for every `width` points from the lowest score to the highest."""
		return distribution((pair.score for pair in self.pairs), width)

	def summary(self) -> dict[str, Any]:
		"""The figures without the people."""
		return {
			"mentees": self.mentees,
			"seats": self.seats,
			"matched": self.matched,
			"most_matched": self.most_matched,
			"score": self.score,
			"bound": self.bound,
			"gap": self.gap,
			"proven": self.proven,
			"seconds": dict(self.seconds),
			"contributions": self.contributions,
			"distribution": self.distribution(),
			"fairness": {name: [share.as_dict() for share in rows] for name, rows in self.fairness.items()},
		}
