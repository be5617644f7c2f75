"""A match too large to try every assignment: SciPy's dense solver says what the best is."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy")

from scipy.optimize import linear_sum_assignment

from benchmarks.matching.people import AMPLE, RULES, SCARCE, association
from mentor_ispe.domain.matching.pairs import match_pairs
from mentor_ispe.domain.matching.pairs.assignment_problem import AssignmentProblem
from mentor_ispe.domain.matching.result import Cancelled
from mentor_ispe.domain.matching.scoring import Scores


@pytest.mark.parametrize("ratio", [SCARCE, AMPLE])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_number_and_score_are_those_of_the_dense_solver(ratio, seed):
	mentees, mentors = association(600, 240, ratio, seed)
	problem = AssignmentProblem(
		Scores(mentees, mentors, RULES), np.array([person.seats for person in mentors])
	)
	scores = problem.scores.matrix()
	worth = np.where(scores < 0, 0, scores + float(problem.bonus))
	rows, seats = linear_sum_assignment(np.repeat(worth, problem.seats, axis=1), maximize=True)
	best = int(np.repeat(worth, problem.seats, axis=1)[rows, seats].sum())
	result = match_pairs(mentees, mentors, RULES)
	assert result.proven
	assert (result.matched, result.score) == divmod(best, problem.bonus)


def test_progress_is_told_and_a_cancel_heard():
	mentees, mentors = association(600, 240, SCARCE)
	steps: list[str] = []
	match_pairs(mentees, mentors, RULES, progress=lambda step, share: steps.append(step))
	assert list(dict.fromkeys(steps))[:3] == ["guess", "choose", "solve"]
	with pytest.raises(Cancelled):
		match_pairs(mentees, mentors, RULES, cancelled=lambda: len(steps) > 0)
