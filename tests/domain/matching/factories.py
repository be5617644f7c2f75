"""Small matching tasks, made at random by hypothesis or by hand."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import strategies as st

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.people import STAGES, Candidate
from mentor_ispe.domain.matching.rules import Criterion, Rules

TOPICS = ("Validation", "Quality", "Leadership", "Supply")
LANGUAGES = ("en", "de", "es")


def make_mentee(name: str = "mentee", **values: Any) -> Candidate:
	return Candidate(name=name, **values)


def make_mentor(name: str = "mentor", seats: int = 1, **values: Any) -> Candidate:
	return Candidate(name=name, seats=seats, **values)


def make_rules(*kinds: str, hard: tuple[str, ...] = (), **values: Any) -> Rules:
	"""Criteria of these kinds, weight 10 each; those in `hard` must hold."""
	lines = tuple(Criterion(kind, 10, kind in hard) for kind in dict.fromkeys((*kinds, *hard)))
	return Rules(criteria=lines, **values)


def _some(values, most: int):
	return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


@st.composite
def candidates(draw, side: str, count: int, others: list[str], seats: int = 3) -> list[Candidate]:
	return [
		Candidate(
			name=f"{side}-{number}",
			person=draw(st.sampled_from(("", f"{side} {number}", "both")))
			if number == 0
			else f"{side} {number}",
			**{
				kind.field: draw(st.sampled_from(("", *(kind.choices or ("One", "Two"))[:2])))
				for kind in KINDS.values()
				if kind.needs_same
			},
			wants=draw(_some(TOPICS, 3)),
			offers=draw(_some(TOPICS, 2)),
			knows=draw(_some(TOPICS, 2)),
			career_stage=draw(st.sampled_from(("", *STAGES))),
			utc_offset=draw(st.sampled_from((None, -11.0, -5.0, 0.0, 1.0, 5.5, 12.0))),
			languages=draw(_some(LANGUAGES, 2)),
			employer=draw(st.sampled_from(("", "Acme", "Beta", "Gamma"))),
			seats=draw(st.integers(0, seats)),
			wishes=draw(_some(others, 3)) if others else (),
			refuses=draw(_some(others, 1)) if others else (),
			waited=draw(st.integers(0, 2)),
		)
		for number in range(count)
	]


@st.composite
def tasks(draw, most_mentees: int = 6, most_mentors: int = 4):
	"""(mentees, mentors, rules): few enough to try every match."""
	mentees, mentors = draw(st.integers(0, most_mentees)), draw(st.integers(0, most_mentors))
	mentee_names = [f"mentee-{number}" for number in range(mentees)]
	mentor_names = [f"mentor-{number}" for number in range(mentors)]
	kinds = draw(st.lists(st.sampled_from(list(KINDS)), unique=True, max_size=5))
	rules = Rules(
		criteria=tuple(
			Criterion(kind, draw(st.integers(0, 30)), draw(st.integers(0, 3)) == 0) for kind in kinds
		),
		employers_apart=draw(st.booleans()),
		time_window=draw(st.sampled_from((2.0, 6.0))),
		least_score=draw(st.sampled_from((0, 0, 150, 400))),
	)
	return (
		draw(candidates("mentee", mentees, mentor_names)),
		draw(candidates("mentor", mentors, mentee_names)),
		rules,
	)


def every_assignment(mentees: int, seats: list[int]):
	"""All ways to give each mentee one mentor's index, or None, within the seats."""
	for choice in product((None, *range(len(seats))), repeat=mentees):
		if all(choice.count(index) <= count for index, count in enumerate(seats)):
			yield choice
