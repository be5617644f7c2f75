"""Seeded synthetic associations: people as uneven as members are, and no real ones."""

from __future__ import annotations

import random

from mentor_ispe.domain.matching.people import STAGES, Candidate
from mentor_ispe.domain.matching.rules import Criterion, Rules

SCARCE, AMPLE = 0.96, 1.2
"""Seats for each mentee."""

RULES = Rules(
	criteria=(
		Criterion("Industry", 20),
		Criterion("Topics", 30),
		Criterion("Career Stage", 15),
		Criterion("Country", 5),
		Criterion("Time Zone", 10, is_hard=True),
		Criterion("Languages", 0, is_hard=True),
		Criterion("Learning Style", 5),
		Criterion("Chapter", 5),
	),
	employers_apart=True,
)
_INDUSTRIES = [f"Industry {number:02}" for number in range(20)]
_TOPICS = [f"Topic {number:02}" for number in range(40)]
_STYLES = ["Visual", "Auditory", "Reading and Writing", "Hands-on"]
# country, hours ahead of UTC, its languages, share of the members
_COUNTRIES = (
	("United States", (-8.0, -7.0, -6.0, -5.0), ("en", "es"), 30),
	("Canada", (-8.0, -5.0), ("en", "fr"), 6),
	("Mexico", (-6.0,), ("es",), 4),
	("Brazil", (-3.0,), ("pt",), 6),
	("United Kingdom", (0.0,), ("en",), 9),
	("Ireland", (0.0,), ("en",), 5),
	("Germany", (1.0,), ("de",), 8),
	("France", (1.0,), ("fr",), 6),
	("Italy", (1.0,), ("it",), 4),
	("Spain", (1.0,), ("es",), 4),
	("Switzerland", (1.0,), ("de", "fr", "it"), 3),
	("Turkey", (3.0,), ("tr",), 2),
	("India", (5.5,), ("hi", "en"), 6),
	("Singapore", (8.0,), ("en", "zh"), 3),
	("Japan", (9.0,), ("ja",), 3),
	("Australia", (8.0, 10.0), ("en",), 1),
)


def association(
	mentees: int, mentors: int, ratio: float, seed: int = 1
) -> tuple[list[Candidate], list[Candidate]]:
	"""`mentees` and `mentors` with 1 to 5 seats each, `ratio` × mentees seats in all."""
	draw = random.Random(seed)
	employers = max(20, (mentees + mentors) // 40)
	mentee_names = [f"MENTEE-{number:06}" for number in range(mentees)]
	mentor_names = [f"MENTOR-{number:06}" for number in range(mentors)]
	learners = [_person(draw, name, employers, False, mentor_names) for name in mentee_names]
	teachers = [_person(draw, name, employers, True, mentee_names) for name in mentor_names]
	seats = _seats(draw, mentors, round(ratio * mentees))
	return learners, [_with_seats(person, count) for person, count in zip(teachers, seats, strict=True)]


def _person(draw: random.Random, name: str, employers: int, is_mentor: bool, others: list[str]) -> Candidate:
	country, offsets, spoken, _share = draw.choices(_COUNTRIES, weights=[row[3] for row in _COUNTRIES])[0]
	languages = {draw.choice(spoken)} | ({"en"} if draw.random() < 0.9 else set())
	topics = sorted(_uneven(draw, _TOPICS) for _topic in range(draw.randint(3, 6)))
	stages = (0.02, 0.05, 0.13, 0.3, 0.35, 0.15) if is_mentor else (0.2, 0.2, 0.35, 0.2, 0.05, 0)
	taught = draw.randint(1, 3)
	return Candidate(
		name=name,
		person=f"PERSON-{name}",
		full_name=f"{'Mentor' if is_mentor else 'Mentee'} {name[-6:]}",
		industry=_uneven(draw, _INDUSTRIES),
		wants=() if is_mentor else tuple(dict.fromkeys(topics)),
		offers=tuple(dict.fromkeys(topics[:taught])) if is_mentor else (),
		knows=tuple(dict.fromkeys(topics[taught:])) if is_mentor else (),
		career_stage=draw.choices(STAGES, weights=stages)[0],
		country=country,
		chapter=f"{country} {draw.randint(1, 3)}",
		utc_offset=draw.choice(offsets),
		languages=tuple(sorted(languages)),
		learning_style=draw.choice(_STYLES),
		employer=f"Employer {int(employers * draw.random() ** 2):04}",
		wishes=tuple(draw.sample(others, draw.randint(1, 3))) if draw.random() < 0.1 else (),
		waited=0 if is_mentor or draw.random() < 0.9 else 1,
	)


def _uneven(draw: random.Random, values: list[str]) -> str:
	return values[int(len(values) * draw.random() ** 1.5)]


def _seats(draw: random.Random, mentors: int, total: int) -> list[int]:
	seats = [draw.randint(1, 5) for _mentor in range(mentors)]
	step = 1 if sum(seats) < total else -1
	while sum(seats) != total:
		index = draw.randrange(mentors)
		for _attempt in range(min(200, abs(sum(seats) - total))):
			if 1 <= seats[index] + step <= 5:
				seats[index] += step
			index = draw.randrange(mentors)
		step = 1 if sum(seats) < total else -1
	return seats


def _with_seats(person: Candidate, seats: int) -> Candidate:
	values = {name: getattr(person, name) for name in Candidate.__slots__}
	return Candidate(**{**values, "seats": seats})
