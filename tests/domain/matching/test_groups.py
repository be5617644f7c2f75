"""Groups: single rules, pins, progress and what is said, each on a task made for it."""

from __future__ import annotations

import pytest

from mentor_ispe.domain.matching.groups import MUST, Asked, match_groups, preview_groups
from mentor_ispe.domain.matching.result import Cancelled, MatchingError
from tests.domain.matching.group_tasks import make_group_rules, make_leader, make_member


def members_of(result) -> list[list[str]]:
	return [[member.mentee for member in group.members] for group in result.groups]


def test_a_group_needs_somebody_willing_and_at_mid_level_to_moderate():
	rules = make_group_rules(moderator=MUST)
	people = [make_member("a", willing_to_moderate=False), make_member("b", career_stage="Student")]
	result = match_groups(people, [make_leader("m")], rules)
	assert not result.groups
	assert [reason.code for reason in result.unplaced[0].reasons] == ["nobody_moderator"]
	both = match_groups([*people, make_member("c")], [make_leader("m")], rules)
	assert members_of(both) == [["a", "b", "c"]]
	assert both.groups[0].moderator == "c"


def test_one_language_for_the_whole_group_not_one_for_each_pair():
	people = [make_member("a", languages=("en",)), make_member("b", languages=("es",))]
	leader = make_leader("m", languages=("en", "es"))
	assert not match_groups(people, [leader], make_group_rules(language=MUST)).groups
	third = make_member("c", languages=("es", "en"))
	result = match_groups([*people, third], [leader], make_group_rules(language=MUST))
	assert result.placed == 2
	assert result.groups[0].language in ("en", "es")


def test_colleagues_are_kept_apart_unless_they_are_pinned_to_one_mentor():
	people = [make_member("a", employer="Acme"), make_member("b", employer="Acme")]
	rules = make_group_rules(employers=MUST)
	assert not match_groups(people, [make_leader("m")], rules).groups
	pinned = match_groups(people, [make_leader("m")], rules, pins=[("a", "m"), ("b", "m")])
	assert members_of(pinned) == [["a", "b"]]


def test_soft_rules_cost_their_points_and_say_so():
	people = [make_member("a", country="Peru"), make_member("b", country="Peru")]
	rules = make_group_rules(countries=Asked(points=150))
	result = match_groups(people, [make_leader("m", country="Peru")], rules)
	assert result.total == result.score - 150
	assert [reason.code for reason in result.groups[0].misses] == ["one_country"]


def test_a_pin_on_a_mentor_without_seats_for_a_group_is_refused():
	with pytest.raises(MatchingError, match="a group needs 2"):
		match_groups([make_member("a")], [make_leader("m", seats=1)], make_group_rules(), pins=[("a", "m")])


def test_seats_of_a_mentor_are_shared_by_their_groups():
	people = [make_member(f"p{number}") for number in range(8)]
	rules = make_group_rules(size_min=2, size_max=3, groups_per_mentor=3)
	result = match_groups(people, [make_leader("m", seats=7)], rules)
	assert result.placed == 7
	assert sorted(map(len, members_of(result))) == [2, 2, 3]


def test_the_run_can_be_cancelled_and_tells_how_far_it_is():
	people, told = [make_member(f"p{number}") for number in range(4)], []
	match_groups(people, [make_leader("m")], make_group_rules(), progress=lambda *step: told.append(step))
	assert told[-1] == ("done", 1.0)
	with pytest.raises(Cancelled):
		match_groups(people, [make_leader("m")], make_group_rules(), cancelled=lambda: True)


def test_nobody_and_no_mentor_are_no_error():
	assert match_groups([], [], make_group_rules()).groups == ()
	result = preview_groups([make_member("a")], [], make_group_rules())
	assert [reason.code for reason in result.unplaced[0].reasons] == ["no_seats_for_group"]
