"""Moves that a new run keeps: as many as can be, never a pin lost, and the rest named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy")

from mentor_ispe.domain.matching.kept import that_stand
from mentor_ispe.domain.matching.pairs import match_pairs
from mentor_ispe.domain.matching.pins import check_pins
from mentor_ispe.domain.matching.result import MatchingError
from tests.domain.matching.factories import tasks


@settings(max_examples=100, deadline=None)
@given(task=tasks(), data=st.data())
def test_what_stands_is_matched_so_and_every_other_move_would_break_something(task, data):
	mentees, mentors, rules = task
	pairs = [(one.name, other.name) for one in mentees for other in [*mentors, *mentees[:1]]]
	some = st.lists(st.sampled_from(pairs), max_size=6, unique=True) if pairs else st.just([])
	moves, never = data.draw(some), set(data.draw(some))
	pins = _consistent(data.draw(some), mentees, mentors, never)

	def check(wanted):
		check_pins(wanted, mentees, mentors, never)

	kept, lost = that_stand(moves, lambda move: [move], pins, check)
	assert sorted([*kept, *lost]) == sorted(moves)
	result = match_pairs(mentees, mentors, rules, pins=[*pins, *kept], forbidden=never)
	assert {*pins, *kept} <= {(pair.mentee, pair.mentor) for pair in result.pairs}
	for move in lost:
		with pytest.raises(MatchingError):
			check([*pins, *(one for one in kept if one not in pins), move])


def _consistent(wanted, mentees, mentors, never):
	pins = []
	for pin in wanted:
		try:
			check_pins([*pins, pin], mentees, mentors, never)
		except MatchingError:
			continue
		pins.append(pin)
	return pins
