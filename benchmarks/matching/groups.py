"""Groups: people placed, gap to the bound, time and the preview, at several sizes.

	python -m benchmarks.matching.groups [people …] [--seeds 3] [--hard]

The gap is (LP bound − total) / points of the seats, both for as many people as were placed. `people`
counts mentors too. Every placement is checked by `faults`, which knows the rules and not the solver.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from benchmarks.matching.people import RULES, association
from mentor_ispe.domain.matching.groups import MUST, Asked, GroupRules, match_groups, preview_groups
from mentor_ispe.domain.matching.groups.build import build
from mentor_ispe.domain.matching.groups.problem import faults
from mentor_ispe.domain.matching.groups.result import GroupsResult
from mentor_ispe.domain.matching.people import Candidate

SIZES = (50, 300, 1_000, 5_000)
MENTORS = 0.17
"""Mentors among all people: about one for five mentees."""
SOFT = GroupRules(RULES, employers=Asked(points=100), countries=Asked(points=150))
"""As `design/matching.md` measured: employers and countries as penalties, everything else hard."""
HARD = GroupRules(RULES, employers=MUST, countries=MUST)


def program(people: int, seed: int) -> tuple[list[Candidate], list[Candidate]]:
	"""(mentees, mentors) of a group program: students to mid-level, led by seniors with 5 to 8 seats."""
	draw = random.Random(seed)
	mentors = max(2, round(people * MENTORS))
	learners, leaders = association(people - mentors, mentors, 3 * mentors / (people - mentors), seed)
	stages = ("Student", "Recent Graduate", "Early Career", "Mid-Level")
	learners = [
		replace(
			person,
			career_stage=draw.choices(stages, weights=(20, 20, 30, 30))[0],
			willing_to_moderate=draw.random() < 0.7,
		)
		for person in learners
	]
	leaders = [
		replace(
			person,
			seats=draw.choice((5, 6, 7, 8, 8)),
			career_stage=draw.choice(("Senior", "Senior", "Executive")),
		)
		for person in leaders
	]
	return learners, leaders


def measure(people: int, seed: int, rules: GroupRules) -> dict[str, Any]:
	"""One program formed into groups, with what was checked and how long it took."""
	mentees, mentors = program(people, seed)
	started = time.perf_counter()
	seen = preview_groups(mentees, mentors, rules)
	preview_seconds = time.perf_counter() - started
	started, processor = time.perf_counter(), time.process_time()
	result = match_groups(mentees, mentors, rules)
	seconds, processor = time.perf_counter() - started, time.process_time() - processor
	return {
		"people": people,
		"seed": seed,
		"mentees": result.mentees,
		"groups": len(result.groups),
		"placed": result.placed,
		"most_placed": result.most_placed,
		"faults": _faults(mentees, mentors, rules, result),
		"total": result.total,
		"bound": round(result.bound, 1),
		"gap": result.gap,
		"proven": result.proven,
		"seconds": round(seconds, 2),
		"processor_seconds": round(processor, 2),
		"preview_seconds": round(preview_seconds, 2),
		"preview_placed": seen.placed,
		"preview_short": 1 - seen.total / max(1, result.total),
		"peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
	}


def _faults(
	mentees: list[Candidate], mentors: list[Candidate], rules: GroupRules, result: GroupsResult
) -> int:
	"""Hard rules broken by the groups of a result."""
	model = build(mentees, mentors, rules)
	row = {person.name: index for index, person in enumerate(model.mentees)}
	slot_of = model.problem.mentor_of[:0].copy()
	slot_of.resize(len(model.mentees), refcheck=False)
	slot_of[:] = -1
	for group in result.groups:
		members = [row[member.mentee] for member in group.members]
		mine = [slot for slot in range(model.problem.slots) if model.mentor(slot).name == group.mentor]
		fitting = [slot for slot in mine if model.problem.allowed[slot, members].all()]
		slot_of[members] = fitting[0] if fitting else mine[0]
	return len(faults(model.problem, slot_of))


def run(sizes: tuple[int, ...] = SIZES, seeds: int = 1, rules: GroupRules = SOFT) -> Iterator[dict[str, Any]]:
	"""One row for each size and seed."""
	for people in sizes:
		for seed in range(1, seeds + 1):
			yield measure(people, seed, rules)


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("people", nargs="*", type=int, default=list(SIZES))
	parser.add_argument("--seeds", type=int, default=1)
	parser.add_argument("--hard", action="store_true", help="employers and countries hard as well")
	options = parser.parse_args()
	for row in run(tuple(options.people), options.seeds, HARD if options.hard else SOFT):
		print(json.dumps(row), flush=True)


if __name__ == "__main__":
	main()
