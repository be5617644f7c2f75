"""Pairs that stand: set by a coordinator, or there already when only the open ones are matched again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from mentor_ispe.domain.matching.people import Candidate, positions
from mentor_ispe.domain.matching.result import MatchingError
from mentor_ispe.domain.matching.rules import NEVER
from mentor_ispe.domain.matching.scoring import Scores
from mentor_ispe.domain.violations import N_, Violation

Names = tuple[str, str]
"""(mentee, mentor)"""


def check_pins(
	pins: Sequence[Names],
	mentees: Sequence[Candidate],
	mentors: Sequence[Candidate],
	forbidden: Iterable[Names],
) -> None:
	"""Raise MatchingError, with everything that is wrong, when the pins can't all be kept."""
	mentee_at, mentor_at = positions(mentees), positions(mentors)
	broken: list[Violation] = []

	def refuse(code: str, message: str, **params: object) -> None:
		broken.append(Violation(code, message, params))

	never = set(forbidden)
	for mentee, mentor in pins:
		if mentee not in mentee_at:
			refuse("pin_unknown", N_("Pinned: there is no mentee {name}."), name=mentee)
		if mentor not in mentor_at:
			refuse("pin_unknown", N_("Pinned: there is no mentor {name}."), name=mentor)
		if (mentee, mentor) in never:
			refuse(
				"pin_forbidden",
				N_("{mentee} and {mentor} are both pinned and forbidden."),
				mentee=mentee,
				mentor=mentor,
			)
		if mentee in mentee_at and mentor in mentor_at:
			one, other = mentees[mentee_at[mentee]], mentors[mentor_at[mentor]]
			if one.person and one.person == other.person:
				refuse("pin_oneself", N_("{name} is pinned to themselves."), name=one.title)
	for name, count in sorted(Counter(mentee for mentee, _mentor in pins).items()):
		if count > 1:
			refuse("pin_twice", N_("{name} is pinned {count} times."), name=name, count=count)
	for name, count in sorted(Counter(mentor for _mentee, mentor in pins).items()):
		if name in mentor_at and count > mentors[mentor_at[name]].seats:
			refuse(
				"pin_beyond_seats",
				N_("{name} has {count} pinned mentees, more than the number of places ({seats})."),
				name=mentors[mentor_at[name]].title,
				seats=mentors[mentor_at[name]].seats,
				count=count,
			)
	if broken:
		raise MatchingError(broken)


def pin_warnings(scores: Scores, rows: np.ndarray, columns: np.ndarray) -> tuple[Violation, ...]:
	"""Rules of the program that pinned pairs break; they're kept, but somebody should know."""
	warnings = []
	for rule, broken in scores.broken(rows, columns).items():
		for index in np.flatnonzero(broken):
			mentee, mentor = scores.mentees[rows[index]].title, scores.mentors[columns[index]].title
			message = N_("{mentee} and {mentor} stay together although they break the rule {rule}.")
			params = {"mentee": mentee, "mentor": mentor, "rule": rule}
			if rule == NEVER:
				message = N_("{mentee} and {mentor} stay together although one of them declined the other.")
			warnings.append(Violation("pin_breaks_rule", message, params))
	return tuple(warnings)
