"""Groups, checked on tasks made at random: against every placement there is, and against the rules."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.matching.groups import match_groups, preview_groups
from tests.domain.matching.group_tasks import Referee, Task, every_placing, placing_of, tasks

FEW = settings(max_examples=60, deadline=None)


def matched(task: Task):
	return match_groups(task.mentees, task.mentors, task.rules, **task.options)


@given(tasks(most_mentees=5, pinned=False))
@FEW
def test_as_good_as_the_best_of_all_placements(task):
	referee, result = Referee(task), matched(task)
	worths = [(len(p), w) for p in every_placing(task) if (w := referee.worth(p)) is not None]
	assert (result.placed, result.total) == max(worths)
	assert result.proven
	assert result.most_placed == result.placed


@given(tasks(most_mentees=10, most_mentors=4))
@FEW
def test_no_hard_rule_is_broken_and_the_points_are_those_of_the_rules(task):
	result = matched(task)
	assert Referee(task).worth(placing_of(result)) == result.total
	assert result.total == sum(group.score - group.penalty for group in result.groups)


@given(tasks(most_mentees=10, most_mentors=4))
@FEW
def test_the_preview_breaks_no_rule_and_is_never_better(task):
	seen, result = preview_groups(task.mentees, task.mentors, task.rules, **task.options), matched(task)
	assert Referee(task).worth(placing_of(seen)) == seen.total
	assert seen.placed <= result.placed


@given(tasks(most_mentees=10, most_mentors=4))
@FEW
def test_everybody_is_placed_once_or_told_why_not(task):
	result = matched(task)
	placed = [member.mentee for group in result.groups for member in group.members]
	left = [person.mentee for person in result.unplaced]
	assert sorted((*placed, *left)) == sorted(person.name for person in task.mentees)
	assert all(person.reasons for person in result.unplaced)


@given(tasks(most_mentees=8, most_mentors=3))
@FEW
def test_whoever_is_pinned_sits_there_or_nowhere(task):
	pinned, placing = dict(task.pins), placing_of(matched(task))
	assert all(placing[name][0] == mentor for name, mentor in pinned.items() if name in placing)


@given(tasks(most_mentees=9, most_mentors=3))
@FEW
def test_the_moderator_may_moderate(task):
	people = {person.name: person for person in task.mentees}
	for group in matched(task).groups:
		able = [
			member.mentee
			for member in group.members
			if people[member.mentee].willing_to_moderate and people[member.mentee].career_stage == "Mid-Level"
		]
		assert group.moderator in able if able else group.moderator is None


@given(tasks(most_mentees=9, most_mentors=4), st.integers(0, 10**6))
@FEW
def test_the_order_of_rows_does_not_matter(task, seed):
	draw = random.Random(seed)
	shuffled = Task(
		draw.sample(task.mentees, len(task.mentees)),
		draw.sample(task.mentors, len(task.mentors)),
		task.rules,
		task.pins,
		task.forbidden[::-1],
		task.apart,
	)
	one, other = matched(task), matched(shuffled)
	assert one.groups == other.groups
	assert one.unplaced == other.unplaced


@given(tasks(most_mentees=8, most_mentors=3))
@FEW
def test_reasons_are_words(task):
	for group in matched(task).groups:
		for reason in (*group.reasons, *group.misses):
			assert "{" not in str(reason)
