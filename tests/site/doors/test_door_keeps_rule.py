"""The table door × rule: every step that breaks a rule, through every door that can take it.

Each cell sees the refusal and that nothing was written; then the rule is kept and the same step goes
through the same door, so a door that refuses everything doesn't pass.
"""

from __future__ import annotations

import pytest

from tests.site.doors.cases import CASES, Case
from tests.site.doors.doors import DOORS, Door
from tests.site.doors.records import written

RULES = ("membership", "source", "capacity", "one_mentor")
TABLE = [
	pytest.param(door, case, id=f"{name}-{case.rule}-{case.name}")
	for name, door in DOORS.items()
	for case in CASES
	if door.takes(case)
]


@pytest.mark.parametrize("name", DOORS)
def test_the_table_has_every_rule_for_every_door(name):
	assert {case.rule for case in CASES if DOORS[name].takes(case)} == set(RULES)


@pytest.mark.parametrize(("door", "case"), TABLE)
def test_door_keeps_rule(door: Door, case: Case):
	step = case.make()
	before = written(step.cycle)

	refused = door.enter(step)
	assert not refused.accepted
	assert step.words in refused.words
	assert written(step.cycle) == before

	kept = step.keep() or step
	before = written(kept.cycle)
	accepted = door.enter(kept)
	assert accepted.accepted, accepted.words
	assert written(kept.cycle) != before
