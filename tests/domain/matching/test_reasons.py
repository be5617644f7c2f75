"""Reasons in words, each true of the pair it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

pytest.importorskip("scipy")

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.explain import SENTENCES, Explainer
from mentor_ispe.domain.matching.pairs import match_pairs
from tests.domain.matching.factories import make_mentee, make_mentor, make_rules, tasks
from tests.domain.matching.oracle import hours_between, steps_ahead

# What each reason claims, said a second way.
TRUE_WHEN = {
	**{
		f"same_{kind.code}": (
			lambda a, b, rules, said, field=kind.field: (
				getattr(a, field) == getattr(b, field) == said["value"] != ""
			)
		)
		for kind in KINDS.values()
		if kind.needs_same
	},
	"topics_taught": lambda a, b, rules, said: set(said["topics"]) == set(a.wants) & set(b.offers),
	"topics_known": lambda a, b, rules, said: (
		set(said["topics"]) == (set(a.wants) & set(b.knows)) - set(b.offers)
	),
	"stage_ahead_by_one": lambda a, b, rules, said: steps_ahead(a, b, rules) == 1,
	"stages_ahead": lambda a, b, rules, said: steps_ahead(a, b, rules) == said["steps"] > 1,
	"same_time": lambda a, b, rules, said: hours_between(a, b) == 0,
	"one_hour_apart": lambda a, b, rules, said: hours_between(a, b) == 1 <= rules.time_window,
	"near_time": lambda a, b, rules, said: hours_between(a, b) == float(said["hours"]) <= rules.time_window,
	"common_language": lambda a, b, rules, said: (
		set(said["languages"]) == set(a.languages) & set(b.languages) != set()
	),
	"employers_apart": lambda a, b, rules, said: (
		"" not in (a.employer, b.employer) and a.employer != b.employer
	),
	"mentee_wish": lambda a, b, rules, said: a.wishes[said["rank"] - 1] == b.name,
	"mentor_wish": lambda a, b, rules, said: b.wishes[said["rank"] - 1] == a.name,
	"waited": lambda a, b, rules, said: a.waited == said["cycles"] > 0,
}


@settings(max_examples=200, deadline=None)
@given(task=tasks())
def test_every_reason_is_true_of_the_pair(task):
	mentees, mentors, rules = task
	explainer = Explainer(rules)
	for mentee in mentees:
		for mentor in mentors:
			for reason in explainer.reasons(mentee, mentor):
				assert TRUE_WHEN[reason.code](mentee, mentor, rules, reason.params), str(reason)
				assert "{" not in str(reason)
				short = SENTENCES[reason.message].short
				assert "{" not in str(replace(reason, message=short))


@settings(max_examples=100, deadline=None)
@given(task=tasks())
def test_whoever_stays_unmatched_is_told_why(task):
	for lone in match_pairs(*task).unmatched:
		assert lone.reasons
		assert all("{" not in str(reason) for reason in lone.reasons)


def said_to(mentee, mentors, rules) -> str:
	result = match_pairs([mentee], mentors, rules)
	return " ".join(map(str, result.unmatched[0].reasons))


def test_a_topic_the_mentor_wishes_to_teach_counts_above_one_merely_known():
	rules = make_rules("Topics")
	teacher, knower = make_mentor("b", offers=("Quality",)), make_mentor("a", knows=("Quality",))
	result = match_pairs([make_mentee(wants=("Quality",))], [teacher, knower], rules)
	assert result.pairs[0].mentor == "b"
	assert (
		str(result.pairs[0].reasons[0])
		== "The mentor wants to teach Quality, which the mentee wants to learn."
	)


def test_nobody_in_the_window_of_hours_is_told_by_hours():
	rules = make_rules(hard=("Time Zone",), time_window=4)
	words = said_to(make_mentee(utc_offset=9.0), [make_mentor(utc_offset=0.0)], rules)
	assert words == "No mentor offering places is within 4 hours of your time zone."


def test_seats_taken_by_others_and_free_seats_out_of_reach_are_told_apart():
	rules = make_rules(hard=("Languages",))
	mentees = [make_mentee("a", languages=("en",), waited=1), make_mentee("b", languages=("en",))]
	mentors = [make_mentor("one", languages=("en",)), make_mentor("two", seats=2, languages=("de",))]
	(lone,) = match_pairs(mentees, mentors, rules).unmatched
	assert lone.mentee == "b"
	assert [str(reason) for reason in lone.reasons] == [
		"The one mentor who fits the rules has no place left: others fit better.",
		"No mentor with an open place speaks en.",
	]


def test_what_the_mentee_left_out_is_named():
	rules = make_rules(hard=("Languages",))
	assert (
		said_to(make_mentee(), [make_mentor(languages=("en",))], rules) == "You didn't enter any languages."
	)


def test_no_mentor_at_all():
	assert said_to(make_mentee(), [], make_rules("Industry")) == "No mentor offers a place."
