"""In a circle everybody takes a turn as host."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions.host_rotation import next_host

people = st.lists(st.sampled_from("ABCDEFGHIJ"), min_size=1, max_size=10, unique=True)


def rounds(circle: list[str], hosted: list[str], times: int) -> list[str]:
	hosted = list(hosted)
	for _ in range(times):
		hosted.append(next_host(circle, hosted))
	return hosted[-times:]


@given(people, st.lists(st.sampled_from("ABCDEFGHIJ"), max_size=30))
def test_everybody_hosts_once_before_anybody_hosts_again(circle, before):
	turns = rounds(circle, before, 3 * len(circle))
	for start in range(0, len(turns) - len(circle) + 1):
		assert sorted(turns[start : start + len(circle)]) == sorted(circle)


@given(people, st.data())
def test_whoever_left_drops_out(circle, data):
	gone = data.draw(st.sampled_from(circle))
	hosted = rounds(circle, [], 2 * len(circle))
	rest = [person for person in circle if person != gone]
	assert gone not in rounds(rest, hosted, len(circle)) if rest else next_host(rest, hosted) is None


@given(people)
def test_whoever_comes_later_is_next_and_not_made_to_catch_up(circle):
	hosted = rounds(circle, [], 3 * len(circle))
	turns = rounds([*circle, "new"], hosted, len(circle) + 1)
	assert turns[0] == "new"
	assert turns.count("new") == 1


def test_a_host_chosen_by_hand_waits_for_the_others():
	assert rounds(["A", "B", "C"], ["A", "B", "A"], 3) == ["C", "B", "A"]


def test_nobody_hosts_an_empty_circle():
	assert next_host([], ["A"]) is None
