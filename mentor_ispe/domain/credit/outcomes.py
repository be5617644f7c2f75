"""Desired outcomes: the mentee states goals, and all are looked at again at the end.

At the end means within some days before or after the last day of the partnership: with a meeting a
month the last one lies there, and a goal may still be reviewed after the group has closed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from mentor_ispe.domain.credit.findings import AT_RISK, MET, NOT_MET, ON_TRACK, Finding, found
from mentor_ispe.domain.partnership import Partnership
from mentor_ispe.domain.violations import N_

# When what is to be done in the last days turns from something ahead into something urgent.
URGENT = timedelta(days=14)


def outcomes(pair: Partnership, on: date, days_before: int, days_after: int, state_within: int) -> Finding:
	"""Goals are stated within `state_within` days, and reviewed from `days_before` the end on."""
	before, after = timedelta(days=days_before), timedelta(days=days_after)
	if pair.end and pair.over(on):
		return _at_the_end(pair, on, pair.end - before, pair.end + after)
	if not pair.goals:
		return _not_stated(pair, on, pair.start + timedelta(days=state_within))
	window = pair.planned_end - before
	left = _left(pair, on, window, date.max)
	if not left and _looked_at(pair, on, window, date.max):
		return found(
			ON_TRACK,
			"reviewed_so_far",
			N_(
				"Because all {goals} of the mentee's goals were reviewed; this counts once the partnership ends."
			),
			goals=len(pair.goals),
		)
	if on > pair.planned_end - URGENT:
		return found(
			AT_RISK,
			"review_due",
			N_(
				"Because {left} of {goals} of the mentee's goals aren't reviewed yet; the cycle ends on {end}."
			),
			pair.planned_end,
			left=left or len(pair.goals),
			goals=len(pair.goals),
			end=pair.planned_end,
		)
	return found(
		ON_TRACK,
		"to_review",
		N_("Because the mentee set {goals} goals; they need a review between {window} and {end}."),
		goals=len(pair.goals),
		window=window,
		end=pair.planned_end,
	)


def _not_stated(pair: Partnership, on: date, by: date) -> Finding:
	if on <= by:
		return found(ON_TRACK, "to_state", N_("Because the mentee has until {by} to set goals."), by=by)
	return found(
		AT_RISK,
		"not_stated",
		N_("Because the mentee has set no goals yet; they were due by {by}."),
		by,
		by=by,
	)


def _at_the_end(pair: Partnership, on: date, first: date, last: date) -> Finding:
	if not pair.goals:
		return found(NOT_MET, "never_stated", N_("Because the mentee set no goals."))
	left = _left(pair, on, first, last)
	if not left and _looked_at(pair, on, first, last):
		return found(
			MET,
			"reviewed",
			N_("Because all {goals} of the mentee's goals were reviewed at the end, the last one on {day}."),
			goals=len(pair.goals),
			day=max(_reviews(pair, on, first, last)),
		)
	params: dict[str, Any] = {
		"left": left or len(pair.goals),
		"goals": len(pair.goals),
		"end": pair.end,
		"last": last,
	}
	if on <= last:
		return found(
			AT_RISK,
			"review_still",
			N_(
				"Because {left} of {goals} of the mentee's goals aren't reviewed; this is possible until {last}."
			),
			pair.end,
			**params,
		)
	return found(
		NOT_MET,
		"not_reviewed",
		N_(
			"Because {left} of {goals} of the mentee's goals weren't reviewed by {last}, after the end on {end}."
		),
		**params,
	)


def _left(pair: Partnership, on: date, first: date, last: date) -> int:
	"""How many goals are still open, as far as reviews up to `on` and until `last` count."""
	return sum(
		goal.open or goal.reviewed_on is None or goal.reviewed_on > min(on, last) for goal in pair.goals
	)


def _reviews(pair: Partnership, on: date, first: date, last: date) -> list[date]:
	days = (goal.reviewed_on for goal in pair.goals if not goal.open and goal.reviewed_on)
	return [day for day in days if first <= day <= min(on, last)]


def _looked_at(pair: Partnership, on: date, first: date, last: date) -> bool:
	"""Whether at least one goal was reviewed at the end; the others may have been reached before."""
	return bool(_reviews(pair, on, first, last))
