"""How many people can be placed at most: the relaxation, asked for people only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mentor_ispe.domain.matching.groups.problem import Problem
from mentor_ispe.domain.matching.groups.relaxation import Relaxation


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
