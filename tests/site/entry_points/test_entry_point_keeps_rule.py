"""The table entry point × rule: every step that breaks a rule, through every entry point that can take it.

Each cell sees the refusal and that nothing was written; then the rule is kept and the same step goes
through the same entry point, so an entry point that refuses everything doesn't pass.
"""

from __future__ import annotations

import pytest

from tests.site.entry_points.cases import CASES, Case
from tests.site.entry_points.entry_points import ENTRY_POINTS, EntryPoint
from tests.site.entry_points.records import written

RULES = ("membership", "source", "capacity", "one_mentor")
TABLE = [
	pytest.param(entry_point, case, id=f"{name}-{case.rule}-{case.name}")
	for name, entry_point in ENTRY_POINTS.items()
	for case in CASES
	if entry_point.takes(case)
]


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_the_table_has_every_rule_for_every_entry_point(name):
	assert {case.rule for case in CASES if ENTRY_POINTS[name].takes(case)} == set(RULES)


@pytest.mark.parametrize(("entry_point", "case"), TABLE)
def test_entry_point_keeps_rule(entry_point: EntryPoint, case: Case):
	step = case.make()
	before = written(step.cycle)

	refused = entry_point.enter(step)
	assert not refused.accepted
	assert step.words in refused.words
	assert written(step.cycle) == before

	kept = step.keep() or step
	before = written(kept.cycle)
	accepted = entry_point.enter(kept)
	assert accepted.accepted, accepted.words
	assert written(kept.cycle) != before
