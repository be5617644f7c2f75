"""Two profiles of one person: what keeps them from being merged, compared with the rules asked of the one person."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.merging import OUT, Held, Part, conflicts, pairs
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.statuses import GONE_SEATS, LIVE_SEATS

CYCLES = ("2030", "2031")
OTHERS = ("ann", "ben", "cal")
SEATS = st.sampled_from([*LIVE_SEATS, *GONE_SEATS])


@st.composite
def held(draw, role: str, cycle: str) -> Held:
	group, status = draw(st.sampled_from([f"{cycle}-{n}" for n in range(3)])), draw(SEATS)
	partners = draw(st.frozensets(st.sampled_from(OTHERS), max_size=2))
	takes = len(partners) if role == MENTOR and status in LIVE_SEATS else 0
	return Held(group, group, status, role == MENTOR, takes, partners)


@st.composite
def part(draw, owner: str, role: str, cycle: str) -> Part:
	"""An application that keeps every rule by itself."""
	seats: list[Held] = []
	for seat in draw(st.lists(held(role, cycle), max_size=3)):
		if (
			seat.live
			and (role == MENTEE or seat.group in {each.group for each in seats})
			and any(each.live for each in seats)
		):
			continue
		seats.append(seat)
	taken = sum(seat.takes for seat in seats if seat.live)
	with_them = {partner for seat in seats if seat.live for partner in seat.partners}
	return Part(
		f"{owner}-{role}-{cycle}",
		role,
		cycle,
		"Active" if any(seat.live for seat in seats) else draw(st.sampled_from(["Approved", "Withdrawn"])),
		taken + draw(st.integers(0, 2)),
		tuple(seats),
		draw(st.frozensets(st.sampled_from(OTHERS))) - with_them,
	)


@st.composite
def person(draw, owner: str) -> list[Part]:
	"""Somebody's applications; of one cycle on one side alone, as most programs want it."""
	return [draw(part(owner, draw(st.sampled_from([MENTOR, MENTEE])), cycle)) for cycle in draw(cycles())]


def cycles():
	return st.lists(st.sampled_from(CYCLES), unique=True, max_size=2)


def broken(kept: list[Part], merged: list[Part]) -> bool:
	"""Whether the one person whom both would be breaks a rule; written without looking at pairs."""
	both = [*kept, *merged]
	for cycle in CYCLES:
		here = [each for each in both if each.cycle == cycle]
		if len({each.role for each in here if each.status not in OUT}) == 2:
			return True
		live = [(each, seat) for each in here for seat in each.live]
		mentees = [seat for each, seat in live if each.role == MENTEE]
		if len(mentees) > 1:
			return True
		offered = max((each.seats_offered for each in here if each.role == MENTOR), default=0)
		if sum(seat.takes for _each, seat in live) > offered:
			return True
		for role in (MENTOR, MENTEE):
			apart = set().union(*(each.apart for each in here if each.role == role))
			if any(seat.partners & apart for each, seat in live if each.role == role):
				return True
	seats = sorted((seat for each in both for seat in each.seats), key=lambda seat: seat.group)
	for _group, same in groupby(seats, key=lambda seat: seat.group):
		rows = list(same)
		if len({seat.as_mentor for seat in rows}) == 2 or sum(seat.live for seat in rows) > 1:
			return True
	return False


@given(person("a"), person("b"))
def test_a_merge_is_refused_just_when_the_one_person_would_break_a_rule(kept, merged):
	assert bool(conflicts(kept, merged, {})) == broken(kept, merged)
	assert bool(conflicts(merged, kept, {})) == broken(merged, kept)


@given(person("a"), person("b"))
def test_of_two_applications_the_one_with_a_place_stays(kept, merged):
	found = pairs(kept, merged)
	shared = {each.key for each in kept} & {each.key for each in merged}
	assert sorted(both.stays.key for both in found) == sorted(shared)
	for both in found:
		assert both.stays.live or not both.goes.live
		assert {both.stays, both.goes} <= {*kept, *merged}


def mentor(owner: str, **values) -> Part:
	return Part(f"{owner}-mentor", MENTOR, "2030", "Approved", **values)


@pytest.mark.parametrize("allowed", [True, False])
def test_mentor_and_mentee_of_a_cycle_are_one_person_where_the_program_allows_it(allowed):
	mentee = Part("b-mentee", MENTEE, "2030", "Applied")
	codes = [each.code for each in conflicts([mentor("a")], [mentee], {"2030": allowed})]
	assert codes == ([] if allowed else ["both_sides"])


def test_the_refusal_says_what_to_do():
	seat = Held("g", "Ana – Ben", "Active", True, 2, frozenset({"x", "y"}))
	other = Held("h", "Ana – Cal", "Active", True, 1, frozenset({"z"}))
	[violation] = conflicts(
		[mentor("a", seats_offered=2, seats=(seat,))], [mentor("b", seats_offered=1, seats=(other,))], {}
	)
	assert str(violation) == (
		"Together they take 3 places in 2030 and offer 2. Offer more places in one of the two applications, or end a "
		"match first."
	)
