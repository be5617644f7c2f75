"""Small tasks of forming groups: people made by hypothesis, the rules in plain Python, every placement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from hypothesis import strategies as st

from mentor_ispe.domain.matching.groups import MUST, NOT_ASKED, Asked, GroupRules
from mentor_ispe.domain.matching.people import Candidate, hours_apart
from mentor_ispe.domain.matching.rules import Criterion, Rules
from mentor_ispe.domain.matching.scoring import Scores

STAGES = ("Student", "Recent Graduate", "Early Career", "Mid-Level")
SCORING = Rules(criteria=(Criterion("Industry", 20), Criterion("Topics", 30), Criterion("Time Zone", 10)))


def make_group_rules(**values) -> GroupRules:
	"""Nothing asked but what is given."""
	nothing = dict.fromkeys(
		("senior", "moderator", "junior", "mid_level", "employers", "countries", "time_window", "language"),
		NOT_ASKED,
	)
	sizes = {"scoring": SCORING, "size_min": 2, "size_max": 3}
	return GroupRules(**{**nothing, **sizes, **values})


def make_member(name: str, **values) -> Candidate:
	"""Somebody who fits everywhere: mid-level, willing to moderate, speaks English at UTC."""
	usual = {
		"person": name,
		"career_stage": "Mid-Level",
		"willing_to_moderate": True,
		"utc_offset": 0.0,
		"languages": ("en",),
	}
	return Candidate(name=name, **{**usual, **values})


def make_leader(name: str, **values) -> Candidate:
	return make_member(name, **{"career_stage": "Senior", "seats": 8, **values})


@dataclass(frozen=True)
class Task:
	mentees: list[Candidate]
	mentors: list[Candidate]
	rules: GroupRules
	pins: tuple[tuple[str, str], ...] = ()
	forbidden: tuple[tuple[str, str], ...] = ()
	apart: tuple[tuple[str, str], ...] = ()

	@property
	def options(self) -> dict:
		return {"pins": self.pins, "forbidden": self.forbidden, "apart": self.apart}


@st.composite
def people(draw, side: str, count: int, stages: tuple[str, ...], seats: int) -> list[Candidate]:
	def one_of(*values):
		return draw(st.sampled_from(values))

	return [
		Candidate(
			name=f"{side}-{number}",
			person="both" if number == 0 and one_of(True, False) else f"{side} {number}",
			industry=one_of("", "Pharma", "Biotech"),
			wants=one_of((), ("Quality",), ("Quality", "Supply")),
			offers=one_of((), ("Quality",), ("Supply",)),
			career_stage=one_of(*stages),
			country=one_of("", "Peru", "Italy"),
			utc_offset=one_of(None, 0.0, 0.0, 2.0, 12.0),
			languages=one_of(("en",), ("en",), ("es",), ("en", "es"), ()),
			employer=one_of("", "", "Acme", "Beta"),
			seats=one_of(*range(seats + 1), seats, seats),
			willing_to_moderate=one_of(True, True, False),
		)
		for number in range(count)
	]


@st.composite
def tasks(draw, most_mentees: int = 6, most_mentors: int = 2, pinned: bool = True) -> Task:
	"""Few enough people to try every placement."""

	def asked() -> Asked:
		return draw(st.sampled_from((MUST, NOT_ASKED, NOT_ASKED, Asked(points=120), Asked(points=700))))

	least = draw(st.integers(1, 3))
	rules = GroupRules(
		scoring=replace(SCORING, least_score=draw(st.sampled_from((0, 0, 200, 500)))),
		size_min=least,
		size_max=draw(st.integers(least, 4)),
		groups_per_mentor=draw(st.integers(1, 2)),
		**{
			name: asked()
			for name in (
				"senior",
				"moderator",
				"junior",
				"mid_level",
				"employers",
				"countries",
				"time_window",
				"language",
			)
		},
	)
	mentees = draw(people("mentee", draw(st.integers(0, most_mentees)), STAGES, 1))
	mentors = draw(people("mentor", draw(st.integers(0, most_mentors)), ("Mid-Level", "Senior", "Senior"), 6))
	pairs = [(a.name, b.name) for a in mentees for b in mentors if a.person != b.person]
	fine = [(a, b) for a, b in pairs if next(m for m in mentors if m.name == b).seats >= max(least, 2)]
	pins = draw(st.lists(st.sampled_from(fine), max_size=1)) if pinned and fine else []
	never = [pair for pair in pairs if pair not in pins]
	names = [person.name for person in mentees]
	couples = [(a, b) for a, b in product(names, names) if a < b]
	return Task(
		mentees,
		mentors,
		rules,
		tuple(pins),
		tuple(draw(st.lists(st.sampled_from(never), max_size=2))) if never else (),
		tuple(draw(st.lists(st.sampled_from(couples), max_size=1))) if couples else (),
	)


Placing = dict[str, tuple[str, int]]
"""Mentee → (mentor, number of the mentor's group)."""


class Referee:
	"""The rules once more, one group at a time and in plain Python, to check the engine against."""

	def __init__(self, task: Task):
		self.task, self.rules = task, task.rules
		self.mentor = {person.name: person for person in task.mentors}
		self.mentee = {person.name: person for person in task.mentees}
		scores = Scores(
			task.mentees, task.mentors, replace(task.rules.scoring, least_score=0), task.forbidden
		)
		table = scores.matrix()
		rows = {person.name: index for index, person in enumerate(task.mentees)}
		columns = {person.name: index for index, person in enumerate(task.mentors)}
		self.score = {(a, b): int(table[rows[a], columns[b]]) for a in rows for b in columns}

	def worth(self, placing: Placing) -> int | None:
		"""Points less penalties; None when a hard rule is broken."""
		groups: dict[tuple[str, int], list[str]] = {}
		for mentee, place in placing.items():
			groups.setdefault(place, []).append(mentee)
		leads: dict[str, list[int]] = {}
		for (mentor, _number), members in groups.items():
			leads.setdefault(mentor, []).append(len(members))
		for mentor, sizes in leads.items():
			if len(sizes) > self.rules.groups_per_mentor or sum(sizes) > self.mentor[mentor].seats:
				return None
		total = 0
		for (mentor, _number), members in groups.items():
			worth = self._group(self.mentor[mentor], [self.mentee[name] for name in members])
			if worth is None:
				return None
			total += worth
		return total

	def _group(self, mentor: Candidate, members: list[Candidate]) -> int | None:
		rules, pins, names = self.rules, set(self.task.pins), {person.name for person in members}
		if not rules.size_min <= len(members) <= rules.size_max:
			return None
		if any(set(pair) <= names for pair in self.task.apart):
			return None
		points = 0
		free = [person for person in members if (person.name, mentor.name) not in pins]
		for person in members:
			if self.score[person.name, mentor.name] < 0:
				return None  # only forbidden pairs here, and those are never pinned
			low = self.score[person.name, mentor.name] < rules.scoring.least_score
			if low and person in free and not (person.is_imagined or mentor.is_imagined):
				return None
			if person not in free or all(name != person.name for name, _mentor in pins):
				points += self.score[person.name, mentor.name]
			else:
				return None  # pinned elsewhere
		willing = [p for p in members if p.willing_to_moderate and p.career_stage == "Mid-Level"]
		missed = [
			(rules.moderator, not willing),
			(rules.junior, not any(p.career_stage in ("Student", "Recent Graduate") for p in members)),
			(rules.mid_level, not any(p.career_stage == "Mid-Level" for p in members)),
			(
				rules.countries,
				not mentor.country or not any(p.country and p.country != mentor.country for p in members),
			),
		]
		senior = mentor.career_stage in ("Senior", "Executive")
		missed.append((Asked(points=rules.senior.points), not senior))
		seen: set[str] = set()
		for person in members:
			hard = person in free
			far = (
				person.utc_offset is None
				or mentor.utc_offset is None
				or hours_apart(person.utc_offset, mentor.utc_offset) > rules.scoring.time_window
			)
			colleague = bool(person.employer) and person.employer == mentor.employer
			dumb = not set(person.languages) & set(mentor.languages)
			for asked, miss in (
				(rules.time_window, far),
				(rules.employers, colleague),
				(rules.language, dumb),
				(Asked(is_hard=rules.senior.is_hard), not senior),
			):
				missed.append((asked, miss and (hard or not asked.is_hard)))
			missed.append((rules.employers, bool(person.employer) and person.employer in seen))
			seen.add(person.employer)
		if rules.language.is_hard:
			common = [
				language
				for language in mentor.languages
				if all(language in person.languages for person in free)
			]
			missed.append((rules.language, not common))
		for asked, miss in missed:
			if miss and asked.is_hard:
				return None
			points -= asked.points if miss else 0
		return points


def every_placing(task: Task) -> Iterator[Placing]:
	"""All ways to give each mentee a place in some group, or none; equal ones may come twice."""
	places = [None, *product([m.name for m in task.mentors], range(task.rules.groups_per_mentor))]
	names = [person.name for person in task.mentees]
	for choice in product(places, repeat=len(names)):
		yield {name: place for name, place in zip(names, choice, strict=True) if place is not None}


def placing_of(result) -> Placing:
	"""The placement of a result, in the referee's terms."""
	numbers: dict[str, int] = {}
	placing: Placing = {}
	for group in result.groups:
		number = numbers[group.mentor] = numbers.get(group.mentor, -1) + 1
		for member in group.members:
			assert member.mentee not in placing, "nobody sits in two groups"
			placing[member.mentee] = (group.mentor, number)
	return placing
