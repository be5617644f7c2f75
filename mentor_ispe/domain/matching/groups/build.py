"""From people and rules to the numbers of `problem`: who could sit in which slot, and for how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mentor_ispe.domain.matching.groups.problem import Bools, Need, Problem
from mentor_ispe.domain.matching.people import Candidate, hours_apart, in_order, positions
from mentor_ispe.domain.matching.pins import check_pins
from mentor_ispe.domain.matching.result import MatchingError
from mentor_ispe.domain.matching.rules import Asked, GroupRules
from mentor_ispe.domain.matching.scoring import Scores
from mentor_ispe.domain.violations import N_, Violation

MODERATOR, JUNIOR, MID_LEVEL, COUNTRIES = "moderator", "junior", "mid_level", "countries"
EMPLOYERS, TIME_WINDOW, LANGUAGE, SENIOR = "employers", "time_window", "language", "senior"


@dataclass(frozen=True)
class SlotModel:
	"""The people, in order of their names, and the problem made of them.

	`language_of` is the language of each slot, empty where none is asked. `reach` (rule → mentees ×
	mentors) says which pairs each hard rule leaves, to explain who couldn't be placed; SCORING stands
	for the hard criteria of the score.
	"""

	mentees: Sequence[Candidate]
	mentors: Sequence[Candidate]
	rules: GroupRules
	scores: Scores
	problem: Problem
	language_of: Sequence[str]
	reach: Mapping[str, Bools]
	pins: Mapping[str, str]

	def mentor(self, slot: int) -> Candidate:
		return self.mentors[int(self.problem.mentor_of[slot])]


SCORING = "scoring"


def build(
	mentees: Iterable[Candidate],
	mentors: Iterable[Candidate],
	rules: GroupRules,
	*,
	pins: Iterable[tuple[str, str]] = (),
	forbidden: Iterable[tuple[str, str]] = (),
	apart: Iterable[tuple[str, str]] = (),
) -> SlotModel:
	"""Prepare the problem. `pins` and `forbidden` are (mentee, mentor), `apart` (mentee, mentee), by name.

	A pinned mentee may sit with that mentor only, whatever the rules between the two say; the rules of
	the whole group hold for them as for everybody. Raises MatchingError when pins contradict each other
	or the seats, ValueError for names in `apart` that aren't there.
	"""
	mentees, mentors, forbidden = in_order(mentees), in_order(mentors), sorted(set(forbidden))
	pinned = check_group_pins(sorted(set(pins)), mentees, mentors, forbidden, rules)
	scores = Scores(mentees, mentors, rules.scoring, forbidden)
	table = scores.matrix().astype(np.int64)
	reach: dict[str, Bools] = {SCORING: table >= 0}
	fit = np.where(table >= 0, table, 0)
	for name, asked, holds in _pair_rules(mentees, mentors, rules):
		if asked.is_hard:
			reach[name] = holds
		elif asked.points:
			fit = fit - asked.points * ~holds
	possible = np.logical_and.reduce(list(reach.values()))
	at_mentee, at_mentor = positions(mentees), positions(mentors)
	rows = np.array([at_mentee[name] for name in pinned], np.int64)
	columns = np.array([at_mentor[name] for name in pinned.values()], np.int64)
	fit[rows, columns] += scores.scores(rows, columns) - np.maximum(table[rows, columns], 0)
	possible[rows] = False
	possible[rows, columns] = True
	fixed = np.zeros(possible.shape, bool)
	fixed[rows, columns] = True
	slots = list(_slots(mentees, mentors, rules, possible, fixed))
	mentor_of = np.array([mentor for mentor, *_rest in slots], np.int64)
	allowed = np.array([allowed for *_rest, allowed in slots], bool).reshape(len(slots), len(mentees))
	seats = np.array([max(0, person.seats) for person in mentors], np.int64)
	is_senior = np.array([person.career_stage in rules.senior_stages for person in mentors], bool)
	groups = np.minimum(rules.groups_per_mentor, np.maximum(1, seats // rules.size_min))
	problem = Problem(
		fit=fit.T[mentor_of] if len(slots) else np.zeros((0, len(mentees)), np.int64),
		allowed=allowed,
		opening=np.where(is_senior, 0, -rules.senior.points)[mentor_of].astype(np.int64),
		most=np.minimum(rules.size_max, seats)[mentor_of],
		least=rules.size_min,
		mentor_of=mentor_of,
		groups_of=groups,
		seats_of=seats,
		needs=tuple(_needs(mentees, mentors, rules, mentor_of)),
		apart=tuple(_colleagues(mentees, pinned, rules.employers)),
		apart_penalty=None if rules.employers.is_hard else rules.employers.points,
		never_together=_never_together(mentees, apart),
		pinned=np.array([person.name in pinned for person in mentees], bool),
	)
	return SlotModel(mentees, mentors, rules, scores, problem, [slot[1] for slot in slots], reach, pinned)


def check_group_pins(
	pins: Sequence[tuple[str, str]],
	mentees: Sequence[Candidate],
	mentors: Sequence[Candidate],
	forbidden: Iterable[tuple[str, str]],
	rules: GroupRules,
) -> dict[str, str]:
	"""The pins as mentee → mentor; raises MatchingError when they contradict each other, the seats or the sizes."""
	check_pins(pins, mentees, mentors, forbidden)
	at, pinned = positions(mentors), dict(pins)
	too_small = sorted({name for name in pinned.values() if mentors[at[name]].seats < rules.size_min})
	broken = [
		Violation(
			"pin_no_group",
			N_("Someone is pinned to {name}, who offers {seats} places; a group needs {least}."),
			{"name": mentors[at[name]].title, "seats": mentors[at[name]].seats, "least": rules.size_min},
		)
		for name in too_small
	]
	if broken:
		raise MatchingError(broken)
	return pinned


def _pair_rules(
	mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: GroupRules
) -> Iterable[tuple[str, Asked, Bools]]:
	"""(rule, how strictly, mentees × mentors for whom it holds) of the rules between two people."""
	shape = (len(mentees), len(mentors))
	if rules.senior.is_hard:
		senior = np.array([person.career_stage in rules.senior_stages for person in mentors], bool)
		yield SENIOR, rules.senior, np.broadcast_to(senior[None, :], shape)
	if rules.time_window.at_all:
		left, right = (
			np.array([np.nan if p.utc_offset is None else p.utc_offset for p in side], float)
			for side in (mentees, mentors)
		)
		near = hours_apart(left[:, None], right[None, :]) <= rules.scoring.time_window
		yield TIME_WINDOW, rules.time_window, near
	if rules.employers.at_all:
		same = _codes(mentees, mentors, "employer")
		yield EMPLOYERS, rules.employers, ~same
	if rules.language.at_all:
		yield LANGUAGE, rules.language, _common_language(mentees, mentors)


def _codes(mentees: Sequence[Candidate], mentors: Sequence[Candidate], field: str) -> Bools:
	"""Mentees × mentors that share the (known) value of a field."""
	number: dict[str, int] = {}
	left, right = (
		np.array([number.setdefault(getattr(p, field), len(number)) for p in side], np.int64)
		for side in (mentees, mentors)
	)
	empty = number.get("", -1)
	return (left[:, None] == right[None, :]) & (left != empty)[:, None]


def _speaks(people: Sequence[Candidate], language: str) -> Bools:
	return np.array([language in person.languages for person in people], bool)


def _common_language(mentees: Sequence[Candidate], mentors: Sequence[Candidate]) -> Bools:
	common = np.zeros((len(mentees), len(mentors)), bool)
	for language in sorted({language for mentor in mentors for language in mentor.languages}):
		common |= _speaks(mentees, language)[:, None] & _speaks(mentors, language)[None, :]
	return common


def _slots(
	mentees: Sequence[Candidate],
	mentors: Sequence[Candidate],
	rules: GroupRules,
	possible: Bools,
	fixed: Bools,
) -> Iterable[tuple[int, str, Bools]]:
	"""(mentor, language, who may sit there) of every slot; those that can't be filled are left out.

	`fixed` (mentees × mentors) are the pinned, who may sit there without speaking the language.

	A language in which nobody sits whom another language of the mentor's wouldn't seat is left out as
	well. A mentor who may lead several groups has each of them as often.
	"""
	by_language = {
		language: _speaks(mentees, language) for language in {x for m in mentors for x in m.languages}
	}
	for number, mentor in enumerate(mentors):
		if mentor.seats < rules.size_min:
			continue
		if rules.language.is_hard:
			options = [
				(language, possible[:, number] & (by_language[language] | fixed[:, number]))
				for language in sorted(set(mentor.languages))
			]
			options.sort(key=lambda option: -int(option[1].sum()))  # stable: then by language
		else:
			options = [("", possible[:, number].copy())]
		kept: list[tuple[str, Bools]] = []
		for language, allowed in options:
			if allowed.sum() >= rules.size_min and all((allowed & ~other).any() for _x, other in kept):
				kept.append((language, allowed))
		times = min(rules.groups_per_mentor, mentor.seats // rules.size_min)
		for language, allowed in kept:
			for _time in range(times):
				yield number, language, allowed


def _needs(
	mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: GroupRules, mentor_of: np.ndarray
) -> Iterable[Need]:
	def of(name: str, asked: Asked, has: Bools) -> Iterable[Need]:
		if asked.at_all:
			yield Need(name, has, None if asked.is_hard else asked.points)

	def at(stages: tuple[str, ...]) -> Bools:
		return np.array([person.career_stage in stages for person in mentees], bool)

	willing = np.array([person.willing_to_moderate for person in mentees], bool)
	yield from of(MODERATOR, rules.moderator, (willing & at(rules.moderator_stages))[None, :])
	yield from of(JUNIOR, rules.junior, at(rules.junior_stages)[None, :])
	# A moderator is at mid-level already, where the program says so of moderators.
	implied = rules.moderator.is_hard and set(rules.moderator_stages) <= set(rules.mid_level_stages)
	if not implied:
		yield from of(MID_LEVEL, rules.mid_level, at(rules.mid_level_stages)[None, :])
	if rules.countries.at_all:
		known = np.array([bool(person.country) for person in mentees], bool)
		theirs = np.array([bool(person.country) for person in mentors], bool)
		other = ~_codes(mentees, mentors, "country") & known[:, None] & theirs[None, :]
		yield from of(COUNTRIES, rules.countries, other.T[mentor_of])


def _colleagues(
	mentees: Sequence[Candidate], pinned: Mapping[str, str], asked: Asked
) -> Iterable[np.ndarray]:
	"""People of one employer, of whom a group takes one. Colleagues pinned to one mentor may meet there:
	they are in sets of their own, with everybody but each other."""
	by_employer: dict[str, list[int]] = {}
	for index, person in enumerate(mentees):
		if person.employer and asked.at_all:
			by_employer.setdefault(person.employer, []).append(index)
	for _employer, rows in sorted(by_employer.items()):
		meeting: dict[str, list[int]] = {}
		for row in rows:
			if asked.is_hard and mentees[row].name in pinned:
				meeting.setdefault(pinned[mentees[row].name], []).append(row)
		together = {row for several in meeting.values() if len(several) > 1 for row in several}
		sets = [[row, *(other for other in rows if other not in together)] for row in sorted(together)]
		for members in sets or [rows]:
			if len(members) > 1:
				yield np.array(sorted(members), np.int64)


def _never_together(mentees: Sequence[Candidate], apart: Iterable[tuple[str, str]]) -> tuple[np.ndarray, ...]:
	"""Pairs of mentees that may not share a group: asked for, and the same person twice."""
	at, pairs = positions(mentees), set()
	for one, other in apart:
		if one not in at or other not in at:
			raise ValueError(f"{one!r} and {other!r} can't be kept apart: one of them isn't there")
		pairs.add(tuple(sorted((at[one], at[other]))))
	for index, person in enumerate(mentees):
		pairs |= {tuple(sorted((index, at[name]))) for name in person.refuses if name in at}
	return tuple(np.array(pair, np.int64) for pair in sorted(pairs) if pair[0] != pair[1])
