"""One way of matching one association, in a process of its own, so that its peak memory is its own.

	python -m benchmarks.matching.runs WAY MENTEES MENTORS RATIO [open]

`open` leaves out the hard criteria, so that everybody may be with everybody but colleagues.

Prints a line of JSON: seconds, processor seconds, peak MB, matched, score. Making the people isn't
counted in the time; it is in the memory, the same for all. So is a match of 50 with 20 beforehand.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.matching.people import RULES, association
from mentor_ispe.domain.matching.pairs import match_pairs
from mentor_ispe.domain.matching.pairs.assignment_problem import NOBODY, AssignmentProblem
from mentor_ispe.domain.matching.pairs.candidate_pairs import choose_pairs
from mentor_ispe.domain.matching.pairs.solve import assign
from mentor_ispe.domain.matching.rules import Rules
from mentor_ispe.domain.matching.scoring import Scores

OPEN_RULES = replace(RULES, criteria=tuple(replace(line, is_hard=False) for line in RULES.criteria))
BARE_PAIRS = 96
"""Pairs for each mentee of the bare sparse solve."""


class Stopwatch:
	"""Wall and processor time of the part that counts."""

	def __enter__(self) -> Stopwatch:
		self.wall, self.processor = time.perf_counter(), time.process_time()
		return self

	def __exit__(self, *_error: object) -> None:
		self.wall = time.perf_counter() - self.wall
		self.processor = time.process_time() - self.processor


def ours(mentees: list, mentors: list, rules: Rules) -> tuple[Stopwatch, dict[str, Any]]:
	"""All of it: reading the people, the match, its proof, reasons for everybody, what would help."""
	with Stopwatch() as watch:
		result = match_pairs(mentees, mentors, rules)
	assert all(pair.reasons for pair in result.pairs)
	return watch, {
		"matched": result.matched,
		"score": result.score,
		"proven": result.proven,
		"steps": dict(result.seconds),
	}


def scipy_dense(mentees: list, mentors: list, rules: Rules) -> tuple[Stopwatch, dict[str, Any]]:
	"""SciPy's dense solver with a column for every seat; making the matrix isn't counted."""
	from scipy.optimize import linear_sum_assignment

	problem = _problem(mentees, mentors, rules)
	columns = np.repeat(np.arange(len(mentors)), problem.seats)
	costs = np.zeros((len(mentees), len(columns)))
	for rows, block in problem.scores.blocks():
		costs[rows] = np.where(block < 0, 0, -(block + float(problem.bonus)))[:, columns]
	with Stopwatch() as watch:
		rows, seats = linear_sum_assignment(costs)
	worth = -int(costs[rows, seats].sum())
	return watch, {"matched": worth // problem.bonus, "score": worth % problem.bonus}


def bare_sparse(mentees: list, mentors: list, rules: Rules) -> tuple[Stopwatch, dict[str, Any]]:
	"""SciPy's sparse solver alone, on the best pairs of each mentee; no proof, no reasons."""
	problem = _problem(mentees, mentors, rules)
	pairs = choose_pairs(problem, np.zeros(len(mentors), dtype=np.int64), BARE_PAIRS)
	with Stopwatch() as watch:
		assigned = assign(problem, pairs)
	matched = np.flatnonzero(assigned != NOBODY)
	score = int(problem.scores.scores(matched, assigned[matched]).sum())
	return watch, {"matched": len(matched), "score": score, "pairs": len(pairs.columns)}


def matching(mentees: list, mentors: list, rules: Rules) -> tuple[Stopwatch, dict[str, Any]]:
	"""The package `matching`: stable, both sides ranking by our scores; reckoning these isn't counted."""
	from matching.games import HospitalResident

	problem = _problem(mentees, mentors, rules)
	scores = problem.scores.matrix()
	with Stopwatch() as watch:
		order = np.argsort(-scores, axis=1, kind="stable").tolist()
		wanted = {
			str(row): columns
			for row in range(len(mentees))
			if (columns := [str(column) for column in order[row] if scores[row, column] >= 0])
		}
		order = np.argsort(-scores, axis=0, kind="stable").T.tolist()
		ranked = {
			str(column): rows
			for column in range(len(mentors))
			if (rows := [str(row) for row in order[column] if scores[row, column] >= 0])
		}
		seats = {name: int(problem.seats[int(name)]) for name in ranked}
		found = HospitalResident.create_from_dictionaries(wanted, ranked, seats).solve()
	pairs = [(int(one.name), int(mentor.name)) for mentor, ones in found.items() for one in ones]
	return watch, {"matched": len(pairs), "score": int(sum(scores[pair] for pair in pairs))}


def mentor_match(mentees: list, mentors: list, rules: Rules) -> tuple[Stopwatch, dict[str, Any]]:
	"""The package `mentor-match`: three passes as its service runs, each a mentee more for a mentor."""
	from matching.mentee import Mentee
	from matching.mentor import Mentor
	from matching.process import process_data
	from matching.rules.rule import Disqualify, Equivalent, Grade

	def people(kind: type, candidates: list) -> list:
		return [
			kind(
				**{
					"email": person.name,
					"first name": person.full_name,
					"grade": rules.stages.index(person.career_stage),
					"organisation": person.employer,
					"profession": person.industry,
				}
			)
			for person in candidates
		]

	seats = {person.name: person.seats for person in mentors}
	passed = [
		Disqualify(lambda match: match.mentee.organisation == match.mentor.organisation),
		Disqualify(lambda match: bool(match.mentee.mentors)),
		Disqualify(lambda match: len(match.mentor.mentees) >= seats[match.mentor.email]),
		Grade(0, lambda ahead, target: ahead > target, {True: 10, False: 0}),
		Equivalent("profession", {True: 20, False: 0}),
	]
	with Stopwatch() as watch:
		_teachers, learners = process_data(people(Mentor, mentors), people(Mentee, mentees), [passed] * 3)
	return watch, {"matched": sum(bool(person.mentors) for person in learners), "score": None}


WAYS: dict[str, Callable[[list, list, Rules], tuple[Stopwatch, dict[str, Any]]]] = {
	"ours": ours,
	"scipy_dense": scipy_dense,
	"bare_sparse": bare_sparse,
	"matching": matching,
	"mentor_match": mentor_match,
}


def _problem(mentees: list, mentors: list, rules: Rules) -> AssignmentProblem:
	scores = Scores(mentees, mentors, rules)
	return AssignmentProblem(scores, np.array([person.seats for person in mentors], dtype=np.int64))


def main() -> None:
	way, mentees, mentors, ratio = sys.argv[1:5]
	rules = OPEN_RULES if "open" in sys.argv[5:] else RULES
	# What libraries load at their first use counts for nobody.
	WAYS[way](*association(50, 20, 1.0, seed=2), rules)
	watch, found = WAYS[way](*association(int(mentees), int(mentors), float(ratio)), rules)
	peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
	print(json.dumps({**found, "seconds": watch.wall, "processor": watch.processor, "peak_mb": peak}))


if __name__ == "__main__":
	# `matching` copies its players by recursion, thousands of calls deep.
	sys.setrecursionlimit(1_000_000)
	threading.stack_size(512 * 1024 * 1024)
	thread = threading.Thread(target=main)
	thread.start()
	thread.join()
