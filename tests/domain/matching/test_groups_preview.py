"""The preview of groups: nearly as good as the bound, in a moment."""

from __future__ import annotations

import pytest

from benchmarks.matching.groups import HARD, SOFT, program
from mentor_ispe.domain.matching.groups import preview_groups
from mentor_ispe.domain.matching.groups.build import build
from mentor_ispe.domain.matching.groups.preview import preview
from mentor_ispe.domain.matching.groups.problem import faults


@pytest.mark.parametrize("seed", [1, 2])
def test_a_preview_of_300_is_within_five_percent_of_the_bound(seed):
	seen = preview_groups(*program(300, seed), SOFT)
	assert seen.placed == seen.most_placed
	assert seen.total >= 0.95 * seen.bound


@pytest.mark.parametrize("rules", [SOFT, HARD])
def test_a_preview_without_the_relaxation_breaks_no_hard_rule(rules):
	model = build(*program(1_000, 1), rules)
	seen = preview(model.problem)
	assert not faults(model.problem, seen.slot_of)
	assert seen.placed >= 0.95 * model.problem.people
