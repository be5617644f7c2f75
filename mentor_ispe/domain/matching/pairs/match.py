"""Pairs of one mentor and one mentee: the best match there is, with its proof and its reasons."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from mentor_ispe.domain.matching.explain import Explainer
from mentor_ispe.domain.matching.pairs.assignment_problem import NOBODY, AssignmentProblem
from mentor_ispe.domain.matching.pairs.column_generation import ProvenAssignment, best_assignment
from mentor_ispe.domain.matching.pairs.suggestions import Suggestions
from mentor_ispe.domain.matching.people import Candidate, in_order, positions
from mentor_ispe.domain.matching.pins import Names, check_pins, pin_warnings
from mentor_ispe.domain.matching.result import Pair, PairsResult, Progress, Unmatched, reporter, shares
from mentor_ispe.domain.matching.rules import Rules
from mentor_ispe.domain.matching.scoring import Scores
from mentor_ispe.domain.matching.unmatched_reasons import UnmatchedReasons
from mentor_ispe.domain.violations import Violation


def match_pairs(
	mentees: Iterable[Candidate],
	mentors: Iterable[Candidate],
	rules: Rules,
	*,
	pins: Iterable[Names] = (),
	forbidden: Iterable[Names] = (),
	progress: Progress | None = None,
	cancelled: Callable[[], bool] | None = None,
) -> PairsResult:
	"""Match as many mentees as possible, then with the greatest total score.

	Each mentee gets at most one mentor, each mentor at most `seats` mentees. `pins` are pairs (names of
	mentee and mentor) that stand: what remains is matched around them. The order of the people doesn't
	matter. Raises MatchingError when pins contradict the seats, Cancelled when `cancelled()` says so.
	`progress` hears of guess, choose, solve, price, check, repair and explain.
	"""
	start = time.perf_counter()
	report = reporter(progress, cancelled)
	task = _Task(in_order(mentees), in_order(mentors), rules, sorted(set(pins)), sorted(set(forbidden)))
	best = best_assignment(task.problem, report)
	report("explain", 0.0)
	return task.result(best, start)


def score_pairs(
	pairs: Iterable[Names],
	mentees: Iterable[Candidate],
	mentors: Iterable[Candidate],
	rules: Rules,
) -> tuple[tuple[Pair, ...], tuple[Violation, ...]]:
	"""Pairs somebody chose by hand, with scores and reasons, and the rules they break."""
	learners, teachers = in_order(mentees), in_order(mentors)
	scores = Scores(learners, teachers, rules)
	mentee_at, mentor_at = positions(learners), positions(teachers)
	where = [(mentee_at[mentee], mentor_at[mentor]) for mentee, mentor in pairs]
	rows, columns = np.array(where, dtype=np.int64).reshape(-1, 2).T
	made = _pairs(scores, rows, columns, Explainer(rules), is_pinned=True)
	return tuple(made), pin_warnings(scores, rows, columns)


class _Task:
	"""What is left to match once the pins are kept."""

	def __init__(
		self,
		mentees: Sequence[Candidate],
		mentors: Sequence[Candidate],
		rules: Rules,
		pins: Sequence[Names],
		forbidden: Sequence[Names],
	):
		check_pins(pins, mentees, mentors, forbidden)
		self.mentees, self.mentors, self.rules, self.pins = mentees, mentors, rules, pins
		pinned = {mentee for mentee, _mentor in pins}
		self.open = [person for person in mentees if person.name not in pinned]
		seats = np.array([max(0, person.seats) for person in mentors], dtype=np.int64)
		self.seats = int(seats.sum())
		mentor_at = positions(mentors)
		np.subtract.at(seats, [mentor_at[mentor] for _mentee, mentor in pins], 1)
		self.problem = AssignmentProblem(Scores(self.open, mentors, rules, forbidden), seats)

	def result(self, best: ProvenAssignment, start: float) -> PairsResult:
		explainer = Explainer(self.rules)
		scores, seats = self.problem.scores, self.problem.seats
		matched = np.flatnonzero(best.assigned != NOBODY)
		chosen = _pairs(scores, matched, best.assigned[matched], explainer, is_pinned=False)
		pinned, warnings = (
			score_pairs(self.pins, self._pinned_people(), self.mentors, self.rules) if self.pins else ((), ())
		)
		pairs = tuple(sorted((*chosen, *pinned), key=lambda pair: pair.mentee))
		free = seats - np.bincount(best.assigned[matched], minlength=len(seats))
		absence = UnmatchedReasons(scores, seats, free)
		lone = np.flatnonzero(best.assigned == NOBODY).tolist()
		unmatched = tuple(
			Unmatched(scores.mentees[row].name, reasons)
			for row, reasons in zip(lone, absence.reasons_of(lone), strict=True)
		)
		pinned_score = sum(pair.score for pair in pinned)
		most, most_score = divmod(best.bound, self.problem.bonus)
		suggestions = Suggestions(self.problem, best.assigned).suggestions()
		return PairsResult(
			pairs=pairs,
			unmatched=unmatched,
			mentees=len(self.mentees),
			seats=self.seats,
			score=sum(pair.score for pair in pairs),
			bound=pinned_score + most_score,
			most_matched=most + len(pinned),
			proven=best.proven,
			suggestions=suggestions,
			fairness=shares(self.mentees, pairs),
			full_points=scores.full_points,
			warnings=warnings,
			seconds={**best.seconds, "whole": time.perf_counter() - start},
		)

	def _pinned_people(self) -> list[Candidate]:
		pinned = {mentee for mentee, _mentor in self.pins}
		return [person for person in self.mentees if person.name in pinned]


def _pairs(
	scores: Scores, rows: np.ndarray, columns: np.ndarray, explainer: Explainer, is_pinned: bool
) -> list[Pair]:
	parts = scores.parts(rows, columns)
	names = tuple(parts)
	lines = zip(*(values.tolist() for values in parts.values()), strict=True) if names else [()] * len(rows)
	mentees = [scores.mentees[row] for row in rows.tolist()]
	mentors = [scores.mentors[column] for column in columns.tolist()]
	return [
		Pair(mentee.name, mentor.name, sum(points), dict(zip(names, points)), reasons, is_pinned)  # noqa: B905
		for mentee, mentor, points, reasons in zip(
			mentees, mentors, lines, map(explainer.reasons, mentees, mentors), strict=True
		)
	]
