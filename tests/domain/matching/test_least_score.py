"""The minimum score: nobody below it is proposed, whoever stays unmatched is told, and a pin stands all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy")

from mentor_ispe.domain.matching.answered import unanswered
from mentor_ispe.domain.matching.pairs import match_pairs
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import FULL_SCORE, Rules
from tests.domain.matching.factories import make_mentee, make_mentor, make_rules, tasks
from tests.domain.matching.oracle import score

TRIES = settings(max_examples=60, deadline=None)


@TRIES
@given(task=tasks(), least=st.integers(1, FULL_SCORE))
def test_nobody_is_proposed_below_it_and_a_higher_one_never_matches_more(task, least):
	mentees, mentors, rules = task
	rules = replace(rules, least_score=least)
	result = match_pairs(mentees, mentors, rules)
	assert result.proven
	assert not rules.points or all(pair.score >= least for pair in result.pairs)
	higher = match_pairs(mentees, mentors, replace(rules, least_score=min(FULL_SCORE, 2 * least)))
	assert higher.matched <= result.matched


@TRIES
@given(task=tasks(), data=st.data())
def test_a_pin_below_it_stands_with_a_warning(task, data):
	mentees, mentors, rules = task
	assume(mentees and any(mentor.seats for mentor in mentors) and rules.points)
	mentee = data.draw(st.sampled_from(mentees))
	mentor = data.draw(st.sampled_from([mentor for mentor in mentors if mentor.seats]))
	assume(not mentee.person or mentee.person != mentor.person)
	below = score(mentee, mentor, rules) < FULL_SCORE
	rules = replace(rules, least_score=FULL_SCORE)
	result = match_pairs(mentees, mentors, rules, pins=[(mentee.name, mentor.name)])
	assert (mentee.name, mentor.name) in {(pair.mentee, pair.mentor) for pair in result.pairs}
	assert below == any(warning.params.get("rule") == "Minimum Score" for warning in result.warnings)


def test_whoever_nobody_matches_well_enough_is_told_so_and_lowering_it_is_suggested():
	mentees = [make_mentee("Ada", industry="Pharma", wants=("Quality",))]
	mentors = [make_mentor("Bo", industry="Biotech", offers=("Supply",))]
	rules = make_rules("Industry", "Topics", least_score=100)
	(lone,) = match_pairs(mentees, mentors, rules).unmatched
	assert [reason.code for reason in lone.reasons] == ["all_least_score"]
	assert str(lone.reasons[0]) == "No mentor offering places matches you well enough (at least 10 %)."
	(suggestion,) = match_pairs(mentees, mentors, rules).suggestions
	assert str(suggestion.words) == "Lower the minimum match score: 1 of 1 could be matched."
	assert match_pairs(mentees, mentors, replace(rules, least_score=0)).matched == suggestion.places


def test_where_nothing_counts_nobody_is_below_it():
	rules = make_rules(
		hard=("Industry",), least_score=500, mentee_wish_weight=0, mentor_wish_weight=0, waiting_weight=0
	)
	people = [make_mentee("Ada", industry="Pharma")], [make_mentor("Bo", industry="Pharma")]
	assert match_pairs(*people, rules).matched == 1


# What counts --------------------------------------------------------------------------------------


@TRIES
@given(task=tasks())
def test_parts_add_up_to_all_and_what_nobody_gave_anything_for_gives_nobody_points(task):
	mentees, mentors, rules = task
	assert sum(rules.points.values()) in (0, FULL_SCORE)
	unused = set(unanswered(rules, mentees, mentors))
	every = replace(rules, least_score=0)
	for mentee in mentees:
		for mentor in mentors:
			scored = match_pairs([mentee], [replace(mentor, seats=1)], every, pins=_pin(mentee, mentor))
			for pair in scored.pairs:
				assert all(not pair.parts.get(part) for part in unused - {"Employer"})
	counted = replace(rules, uncounted=tuple(unused))
	assert sum(counted.points.values()) in (0, FULL_SCORE)
	assert not unused & set(counted.points)


def _pin(mentee: Candidate, mentor: Candidate) -> list[tuple[str, str]]:
	return [] if mentee.person and mentee.person == mentor.person else [(mentee.name, mentor.name)]


@TRIES
@given(topics=st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=8, unique=True))
def test_a_pair_that_meets_everything_that_counts_has_all_points(topics):
	mentee = make_mentee(
		industry="Pharma", wants=tuple(topics), career_stage="Early Career", utc_offset=2.0, languages=("en",)
	)
	mentor = make_mentor(
		industry="Pharma", offers=tuple(topics), career_stage="Senior", utc_offset=2.0, languages=("en",)
	)
	rules = make_rules("Industry", "Topics", "Career Stage", "Time Zone", "Languages", "Chapter")
	rules = replace(rules, uncounted=unanswered(rules, [mentee], [mentor]))
	assert set(rules.uncounted) == {"Chapter", "Mentee's Wish", "Mentor's Wish", "Waiting"}
	(pair,) = match_pairs([mentee], [mentor], rules).pairs
	assert FULL_SCORE - 5 < pair.score == sum(pair.parts.values()) <= FULL_SCORE  # whole fifths of a topic


def test_wishes_count_once_somebody_ranks_somebody_who_is_there():
	mentors = [make_mentor("Bo"), make_mentor("Cy")]
	rules = Rules()
	assert unanswered(rules, [make_mentee("Ada", wishes=("nobody",))], mentors) == tuple(rules.points)
	assert "Mentee's Wish" not in unanswered(rules, [make_mentee("Ada", wishes=("Cy",))], mentors)
	assert "Waiting" not in unanswered(rules, [make_mentee("Ada", waited=1)], mentors)
