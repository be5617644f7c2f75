"""What would place those without a group: every number is checked by doing it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from mentor_ispe.domain.matching.groups import MUST, match_groups
from mentor_ispe.domain.matching.groups.build import build
from mentor_ispe.domain.matching.groups.changes import with_asked, with_seats
from mentor_ispe.domain.matching.groups.forming import form
from mentor_ispe.domain.matching.groups.problem import faults
from mentor_ispe.domain.matching.groups.suggestions import Placed, Suggestions
from mentor_ispe.domain.matching.people import Candidate
from tests.domain.matching.group_tasks import (
	Placing,
	Referee,
	Task,
	make_group_rules,
	make_leader,
	make_member,
	tasks,
)

SOME = settings(max_examples=50, deadline=None)


def suggestions(task: Task) -> Suggestions:
	model = build(task.mentees, task.mentors, task.rules, **task.options)
	slot_of = form(model.problem).placement.slot_of
	assert not faults(model.problem, slot_of)
	return Suggestions(model, slot_of, task.forbidden, task.apart)


def renamed(newcomer: Candidate) -> Candidate:
	"""Under another name, since those who might join the changed task have names like these."""
	return replace(newcomer, name=f"joined {newcomer.name}")


def changed(task: Task, found: Placed) -> Task:
	"""The task as the change would have it."""
	change = found.change
	return Task(
		[*with_asked(change, task.mentees), *map(renamed, change.mentees)],
		[*with_seats(change, task.mentors), *map(renamed, change.mentors)],
		change.rules,
		task.pins,
		task.forbidden,
		task.apart,
	)


def placing_with(now: Suggestions, found: Placed) -> Placing:
	"""Everybody's place as the suggestion would have it."""
	stand = [(m, tuple(g)) for m, groups in now.groups.items() if m not in found.touched for g in groups]
	placing: Placing = {}
	numbers: dict[str, int] = {}
	for mentor, members in (*stand, *found.groups):
		numbers[mentor] = numbers.get(mentor, -1) + 1
		placing |= dict.fromkeys(members, (mentor, numbers[mentor]))
	new = {person.name: f"joined {person.name}" for person in (*found.change.mentees, *found.change.mentors)}
	return {new.get(name, name): (new.get(mentor, mentor), n) for name, (mentor, n) in placing.items()}


@given(tasks(most_mentees=9, most_mentors=3))
@SOME
def test_what_would_place_people_places_them_and_nobody_loses_their_place(task):
	now = suggestions(task)
	sat = {name for groups in now.groups.values() for group in groups for name in group}
	for found in now.found():
		placing = placing_with(now, found)
		assert Referee(changed(task, found)).worth(placing) is not None
		assert sat <= placing.keys()
		assert set(found.suggestion.mentees) <= placing.keys() - sat
		assert found.suggestion.places == len(found.suggestion.mentees) > 0
		assert "{" not in str(found.suggestion.words)


@given(tasks(most_mentees=7, most_mentors=3, pinned=False))
@SOME
def test_a_run_with_the_change_places_at_least_so_many_more(task):
	now = suggestions(task)
	sat = sum(len(group) for groups in now.groups.values() for group in groups)
	for found in now.found():
		after = changed(task, found)
		again = match_groups(after.mentees, after.mentors, after.rules, **after.options)
		assert again.placed >= sat + found.suggestion.places


def said(people, mentors, rules) -> dict[str, tuple[int, str]]:
	suggestions = match_groups(people, mentors, rules).suggestions
	return {
		suggestion.words.code: (suggestion.places, str(suggestion.words))
		for suggestion in reversed(suggestions)
	}


def test_one_more_mentor_who_speaks_their_language():
	people = [make_member(f"p{n}", languages=("es",)) for n in range(3)]
	suggestions = said(people, [make_leader("m")], make_group_rules(language=MUST))
	assert suggestions["new_mentors"] == (
		3,
		"Invite one more mentor with 3 places (Senior, es): 3 of 3 could be matched.",
	)
	assert suggestions["waive_rule"] == (3, "Don't require the rule Languages: 3 of 3 could be matched.")


def test_one_more_moderator_or_somebody_asked_to_moderate():
	people = [make_member("a", full_name="Ana", willing_to_moderate=False), make_member("b", career_stage="")]
	suggestions = said(people, [make_leader("m")], make_group_rules(moderator=MUST))
	assert suggestions["ask_moderators"] == (
		2,
		"Ask Ana to moderate: 2 of 2 could be matched. Tick “Willing to moderate the group” in their applications, then run again.",
	)
	assert suggestions["new_moderators"][0] == 2
	assert suggestions["waive_rule"] == (2, "Don't require the rule Moderator: 2 of 2 could be matched.")


def test_larger_groups_and_more_seats():
	people = [make_member(f"p{n}") for n in range(4)]
	rules = make_group_rules(size_min=2, size_max=3)
	assert said(people, [make_leader("m", seats=5)], rules)["larger_groups"] == (
		1,
		"Allow groups of up to 4 members: 1 of 1 could be matched.",
	)
	assert said(people[:3], [make_leader("m", full_name="Mo", seats=2)], rules)["more_seats"] == (
		1,
		"Ask for one more place each with Mo: 1 of 1 could be matched.",
	)


def test_one_more_student():
	people = [make_member("a"), make_member("b")]
	suggestions = said(people, [make_leader("m")], make_group_rules(junior=MUST))
	assert suggestions["new_members"] == (2, "Invite one more member (Student): 2 of 2 could be matched.")


def test_nothing_is_said_when_everybody_has_a_group():
	people = [make_member("a"), make_member("b")]
	assert match_groups(people, [make_leader("m")], make_group_rules()).suggestions == ()
