"""What would place those without a circle: every number is checked by doing it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.matching.circles import CircleRules, Work, match_circles
from mentor_ispe.domain.matching.circles.forming import seat
from mentor_ispe.domain.matching.circles.interest import interest
from mentor_ispe.domain.matching.circles.seating import Peers
from mentor_ispe.domain.matching.circles.suggestions import Suggestions
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import NOT_ASKED
from tests.domain.matching.test_circles_properties import SCORING, peers, rules

SOME = settings(max_examples=150, deadline=None)


def fault(people: dict[str, Candidate], program: CircleRules, names: tuple[str, ...]) -> str:
	"""The rule that a circle breaks, in plain Python; empty when none."""
	members = [people[name] for name in names]
	employers = [person.employer for person in members if person.employer]
	clocks = [person.utc_offset for person in members]
	if not program.size_min <= len(members) <= program.size_max:
		return "size"
	if program.employers.is_hard and len(set(employers)) < len(employers):
		return "employers"
	if program.time_window.is_hard and (None in clocks or max(clocks) - min(clocks) > 4):
		return "time window"
	if program.scoring.is_hard("Chapter") and len({person.chapter for person in members} | {""}) > 2:
		return "chapter"
	if program.host.is_hard and not any(person.willing_to_moderate for person in members):
		return "host"
	return ""


def suggestions(people: list[Candidate], program: CircleRules) -> Suggestions:
	table, _warnings = interest(people, program, [], [])
	host = [person.willing_to_moderate for person in people]
	task = Peers(
		table,
		np.array(host, bool),
		program.size_min,
		program.size_max,
		None if program.host.is_hard else program.host.points,
	)
	return Suggestions(people, program, seat(task, program.aim, work=Work(steps=20)))


@given(peers(), rules())
@SOME
def test_what_would_place_people_places_them_and_nobody_loses_their_place(people, program):
	now = suggestions(people, program)
	sat = {people[row].name for circle in now.seated.circles for row in circle}
	for found in now.found():
		change = found.change
		everybody = {person.name: person for person in (*people, *change.mentees)}
		for name in change.asked or ():
			assert not everybody[name].willing_to_moderate
			everybody[name] = replace(everybody[name], willing_to_moderate=True)
		stand = [
			tuple(people[row].name for row in circle)
			for number, circle in enumerate(now.seated.circles)
			if number not in found.touched
		]
		circles = [*stand, *found.circles]
		assert not any(fault(everybody, change.rules, circle) for circle in circles)
		placed = [name for circle in circles for name in circle]
		assert len(set(placed)) == len(placed)
		assert sat <= set(placed)
		assert set(found.suggestion.mentees) <= set(placed) - sat
		assert found.suggestion.places == len(found.suggestion.mentees) > 0
		assert "{" not in str(found.suggestion.words)


def test_two_more_peers_who_share_an_interest():
	people = [
		Candidate(f"p{n}", person=f"p{n}", wants=("Quality",), willing_to_moderate=n == 0) for n in range(3)
	]
	suggestions = match_circles(people, CircleRules(SCORING)).suggestions
	assert [
		(suggestion.words.code, suggestion.places, str(suggestion.words)) for suggestion in suggestions
	] == [("new_peers", 3, "Invite 2 more peers interested in Quality: 3 of 3 could be matched.")]
	joined = [*people, *(Candidate(f"q{n}", person=f"q{n}", wants=("Quality",)) for n in range(2))]
	assert match_circles(joined, CircleRules(SCORING)).placed == 5


def test_colleagues_without_the_rule_that_keeps_them_apart():
	people = [Candidate(f"p{n}", employer="Acme", willing_to_moderate=True) for n in range(5)]
	waived = [
		r for r in match_circles(people, CircleRules(SCORING)).suggestions if r.words.code == "waive_rule"
	]
	assert [str(suggestion.words) for suggestion in waived] == [
		"Don't require the rule Employer: 5 of 5 could be matched.",
	]
	assert match_circles(people, CircleRules(SCORING, employers=NOT_ASKED)).placed == 5


def test_somebody_asked_to_host():
	people = [Candidate(f"p{n}", full_name=f"Person {n}") for n in range(5)]
	asked = {r.words.code: r for r in match_circles(people, CircleRules(SCORING)).suggestions}["ask_hosts"]
	assert (
		str(asked.words)
		== "Ask Person 0 to host: 5 of 5 could be matched. Tick “Willing to moderate the group” in their applications, then run again."
	)


@given(st.integers(5, 30))
@settings(max_examples=10, deadline=None)
def test_nothing_is_said_when_everybody_has_a_circle(count):
	people = [Candidate(f"p{n:02}", willing_to_moderate=True) for n in range(count)]
	result = match_circles(people, CircleRules(SCORING), work=Work(steps=5))
	assert bool(result.suggestions) <= bool(result.unplaced)
