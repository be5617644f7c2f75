"""What holds for every match of pairs, tried on small tasks made at random."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy")

from mentor_ispe.domain.matching.pairs import column_generation, match_pairs
from tests.domain.matching.factories import candidates, every_assignment, tasks
from tests.domain.matching.oracle import greedy, may_be, score

TRIES = settings(max_examples=60, deadline=None)


def best_by_trying_all(mentees, mentors, rules, forbidden=frozenset()) -> tuple[int, int]:
	allowed = [[may_be(mentee, mentor, rules, forbidden) for mentor in mentors] for mentee in mentees]
	points = [[score(mentee, mentor, rules) for mentor in mentors] for mentee in mentees]
	best = (0, 0)
	for choice in every_assignment(len(mentees), [mentor.seats for mentor in mentors]):
		taken = [(row, column) for row, column in enumerate(choice) if column is not None]
		if all(allowed[row][column] for row, column in taken):
			best = max(best, (len(taken), sum(points[row][column] for row, column in taken)))
	return best


def names(result) -> list[tuple[str, str]]:
	return [(pair.mentee, pair.mentor) for pair in result.pairs]


@TRIES
@given(task=tasks(most_mentees=5, most_mentors=3))
def test_the_match_is_as_good_as_the_best_of_all_assignments(task):
	result = match_pairs(*task)
	assert (result.matched, result.score) == best_by_trying_all(*task)
	assert result.proven
	assert (result.gap, result.bound, result.most_matched) == (0, result.score, result.matched)


@TRIES
@given(task=tasks())
def test_looking_at_few_pairs_first_ends_at_the_same_optimum(task):
	whole = match_pairs(*task)
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(column_generation, "FEW_PAIRS", 0)
		patch.setattr(column_generation, "PAIRS", 1)
		patch.setattr(column_generation, "MANY", 2)
		stepwise = match_pairs(*task)
	assert stepwise.proven
	assert (stepwise.matched, stepwise.score) == (whole.matched, whole.score)


@TRIES
@given(task=tasks())
def test_seats_and_hard_rules_hold_and_parts_add_up(task):
	mentees, mentors, rules = task
	result = match_pairs(*task)
	mentee_of = {person.name: person for person in mentees}
	mentor_of = {person.name: person for person in mentors}
	assert len({pair.mentee for pair in result.pairs}) == result.matched
	assert {pair.mentee for pair in result.pairs} | {lone.mentee for lone in result.unmatched} == set(
		mentee_of
	)
	for mentor, count in Counter(pair.mentor for pair in result.pairs).items():
		assert count <= mentor_of[mentor].seats
	for pair in result.pairs:
		mentee, mentor = mentee_of[pair.mentee], mentor_of[pair.mentor]
		assert may_be(mentee, mentor, rules)
		assert pair.score == sum(pair.parts.values()) == score(mentee, mentor, rules)


@TRIES
@given(task=tasks(), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(task, order):
	mentees, mentors, rules = task
	result = match_pairs(mentees, mentors, rules)
	order.shuffle(mentees)
	order.shuffle(mentors)
	again = match_pairs(mentees, mentors, rules)
	assert names(again) == names(result)
	assert again.unmatched == result.unmatched
	assert again.suggestions == result.suggestions


@TRIES
@given(task=tasks(), more=candidates("newcomer", 1, []))
def test_one_mentor_more_never_lowers_the_number_matched(task, more):
	mentees, mentors, rules = task
	before = match_pairs(mentees, mentors, rules)
	after = match_pairs(mentees, [*mentors, *more], rules)
	assert (after.matched, after.score) >= (before.matched, before.score)


@TRIES
@given(task=tasks())
def test_never_below_taking_the_best_pair_left(task):
	result = match_pairs(*task)
	assert (result.matched, result.score) >= greedy(*task)


@TRIES
@given(task=tasks(), data=st.data())
def test_a_pin_is_never_lost_and_a_forbidden_pair_never_made(task, data):
	mentees, mentors, rules = task
	assume(mentees and any(mentor.seats for mentor in mentors))
	mentee = data.draw(st.sampled_from(mentees))
	mentor = data.draw(st.sampled_from([mentor for mentor in mentors if mentor.seats]))
	assume(not mentee.person or mentee.person != mentor.person)
	others = [
		(one.name, other.name)
		for one in mentees
		for other in mentors
		if (one.name, other.name) != (mentee.name, mentor.name)
	]
	forbidden = set(data.draw(st.lists(st.sampled_from(others), max_size=4))) if others else set()
	pin = (mentee.name, mentor.name)
	result = match_pairs(mentees, mentors, rules, pins=[pin], forbidden=forbidden)
	assert pin in names(result)
	assert not forbidden & set(names(result))
	rest = [
		[person for person in mentees if person.name != mentee.name],
		[replace(person, seats=person.seats - (person.name == mentor.name)) for person in mentors],
	]
	matched, points = best_by_trying_all(*rest, rules, forbidden) if len(rest[0]) < 5 else (None, None)
	if matched is not None:
		assert (result.matched, result.score) == (matched + 1, points + score(mentee, mentor, rules))


@TRIES
@given(task=tasks())
def test_what_would_place_the_unmatched_really_does(task):
	mentees, mentors, rules = task
	result = match_pairs(*task)
	for suggestion in result.suggestions:
		assert 0 < suggestion.places <= len(result.unmatched)
		assert set(suggestion.mentees) <= {lone.mentee for lone in result.unmatched}
		if not suggestion.words.code.startswith("seats_"):
			continue
		field = suggestion.words.code.removeprefix("seats_")
		value = suggestion.words.params["value"]
		more = [
			replace(person, seats=person.seats + len(mentees))
			if getattr(person, field) == value and person.seats
			else person
			for person in mentors
		]
		assert match_pairs(mentees, more, rules).matched == result.matched + suggestion.places
