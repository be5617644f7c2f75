"""What two people bring each other, and who may not meet: a number for every two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mentor_ispe.domain.matching.circles.seating import APART, MOST_POINTS
from mentor_ispe.domain.matching.people import Candidate, as_peer, hours_apart
from mentor_ispe.domain.matching.rules import CircleRules
from mentor_ispe.domain.matching.scoring import Scores
from mentor_ispe.domain.violations import N_, Violation


def interest(
	peers: Sequence[Candidate],
	rules: CircleRules,
	pins: Sequence[tuple[int, int]],
	forbidden: Sequence[tuple[int, int]],
) -> tuple[np.ndarray, tuple[Violation, ...]]:
	"""Points of every two people, APART where they may not meet; warnings of pins that break rules."""
	# Employers are kept apart below, hard or soft; the minimum score is one of whole circles (least.py).
	scoring = replace(rules.scoring, among_peers=True, employers_apart=False, least_score=0)
	others = [as_peer(person) for person in peers]
	scores = Scores(others, others, scoring)
	one_way = scores.matrix()
	# Everybody is themselves: that pair is ruled out by Scores, and worth nothing here.
	np.fill_diagonal(one_way, 0)
	table = np.minimum(one_way + one_way.T, MOST_POINTS)
	apart = (one_way < 0) | (one_way.T < 0)
	number: dict[str, int] = {}
	employer = np.array([number.setdefault(person.employer, len(number)) for person in peers], np.int64)
	same = (employer[:, None] == employer[None, :]) & (employer != number.get("", -1))[:, None]
	offset = np.array([np.nan if p.utc_offset is None else p.utc_offset for p in peers], float)
	far = ~(hours_apart(offset[:, None], offset[None, :]) <= rules.scoring.time_window)
	for asked, missed in ((rules.employers, same), (rules.time_window, far)):
		if asked.is_hard:
			apart |= missed
		elif asked.points:
			table = np.maximum(table - asked.points * missed, 0)
	np.fill_diagonal(apart, False)
	warnings = []
	for one, other in pins:
		if apart[one, other]:
			message = N_("{one} and {other} stay together although a rule keeps them apart.")
			params = {"one": peers[one].title, "other": peers[other].title}
			warnings.append(Violation("pin_breaks_rule", message, params))
	for members in chains(pins):
		apart[np.ix_(members, members)] = False
	for one, other in forbidden:
		apart[one, other] = apart[other, one] = True
	table = np.where(apart, APART, np.maximum(table, 0)).astype(np.int16)
	np.fill_diagonal(table, 0)
	return table, tuple(warnings)


def chains(pins: Sequence[tuple[int, int]]) -> list[list[int]]:
	"""Whoever is pinned to somebody, and to somebody of theirs, is in one set."""
	sets: dict[int, list[int]] = {}
	for one, other in pins:
		joined = sorted({*sets.get(one, [one]), *sets.get(other, [other])})
		for person in joined:
			sets[person] = joined
	return [members for person, members in sorted(sets.items()) if members[0] == person]
