"""Circles, checked on people made at random: sizes, employers, hosts, pins, and the order of rows."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.matching.circles import CircleRules, Work, match_circles
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import MUST, NOT_ASKED, Asked, Criterion, Rules

SCORING = Rules(criteria=(Criterion("Industry", 20), Criterion("Topics", 40), Criterion("Career Stage", 10)))
FEW = settings(max_examples=80, deadline=None)
QUICK = Work(steps=30)


@st.composite
def peers(draw, most: int = 24) -> list[Candidate]:
	def one_of(*values):
		return draw(st.sampled_from(values))

	return [
		Candidate(
			name=f"peer-{number:02}",
			person=f"person {number}",
			industry=one_of("", "Pharma", "Biotech"),
			wants=one_of((), ("Quality",), ("Quality", "Supply"), ("Leadership",)),
			career_stage=one_of("", "Early Career", "Mid-Level", "Senior"),
			chapter=one_of("North", "North", "South"),
			utc_offset=one_of(0.0, 0.0, 0.0, 3.0, 9.0, None),
			languages=one_of(("en",), ("en", "es"), ("es",)),
			employer=one_of("", "Acme", "Beta", "Gamma", "Delta", "Epsilon"),
			willing_to_moderate=one_of(True, False),
		)
		for number in range(draw(st.integers(0, most)))
	]


@st.composite
def rules(draw) -> CircleRules:
	least = draw(st.integers(2, 5))
	hard = [Criterion("Chapter", 10, True)] if draw(st.booleans()) else []
	return CircleRules(
		Rules(
			criteria=(*SCORING.criteria, *hard),
			least_score=draw(st.sampled_from((0, 0, 150, 350))),
		),
		size_min=least,
		size_max=draw(st.integers(least, 8)),
		host=draw(st.sampled_from((MUST, MUST, Asked(points=300), NOT_ASKED))),
		employers=draw(st.sampled_from((MUST, MUST, Asked(points=200), NOT_ASKED))),
		time_window=draw(st.sampled_from((NOT_ASKED, MUST, Asked(points=100)))),
	)


def check(people: list[Candidate], program: CircleRules, result) -> None:
	by_name = {person.name: person for person in people}
	placed = [member.name for circle in result.circles for member in circle.members]
	assert sorted((*placed, *(person.mentee for person in result.unplaced))) == sorted(by_name)
	assert all(person.reasons for person in result.unplaced)
	for circle in result.circles:
		members = [by_name[member.name] for member in circle.members]
		assert program.size_min <= len(members) <= program.size_max
		if program.employers.is_hard:
			employers = [person.employer for person in members if person.employer]
			assert len(set(employers)) == len(employers)
		if program.time_window.is_hard:
			clocks = [person.utc_offset for person in members]
			assert None not in clocks
			assert max(clocks) - min(clocks) <= program.scoring.time_window
		if program.scoring.is_hard("Chapter"):
			assert len({person.chapter for person in members}) == 1
		if program.host.is_hard:
			assert circle.host is not None
		for member in circle.members:
			assert member.score >= program.scoring.least_score
		if circle.host is not None:
			assert by_name[circle.host].willing_to_moderate
		for reason in (*circle.reasons, *(reason for member in circle.members for reason in member.reasons)):
			assert "{" not in str(reason)


@given(peers(), rules())
@FEW
def test_no_hard_rule_is_broken_and_everybody_is_placed_once_or_told_why(people, program):
	check(people, program, match_circles(people, program, work=QUICK))


@given(peers(), rules(), st.integers(0, 10**6))
@FEW
def test_the_order_of_rows_does_not_matter(people, program, seed):
	shuffled = random.Random(seed).sample(people, len(people))
	one, other = match_circles(people, program, work=QUICK), match_circles(shuffled, program, work=QUICK)
	assert (one.circles, one.unplaced) == (other.circles, other.unplaced)


@given(peers(), st.data())
@FEW
def test_whoever_is_pinned_together_is_never_torn_apart(people, data):
	if len(people) < 2:
		return
	program = CircleRules(SCORING, size_min=2, size_max=5)
	names = [person.name for person in people]
	pin = tuple(data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)))
	result = match_circles(people, program, pins=[pin], work=QUICK)
	where = {member.name: n for n, circle in enumerate(result.circles) for member in circle.members}
	assert where.get(pin[0]) == where.get(pin[1])


@given(peers(), st.data())
@FEW
def test_whoever_is_forbidden_never_meets(people, data):
	if len(people) < 2:
		return
	program = CircleRules(SCORING, size_min=2, size_max=6)
	names = [person.name for person in people]
	pair = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
	result = match_circles(people, program, forbidden=[tuple(pair)], work=QUICK)
	check(people, program, result)
	for circle in result.circles:
		assert not set(pair) <= {member.name for member in circle.members}
