"""Circles of peers: everybody among people with whom they share as much as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from mentor_ispe.domain.matching.circles.forming import Seated, Work, seat
from mentor_ispe.domain.matching.circles.interest import chains, interest
from mentor_ispe.domain.matching.circles.least import LeastScore, points_in
from mentor_ispe.domain.matching.circles.reasons import circle_reasons, member_reasons
from mentor_ispe.domain.matching.circles.result import BOTH_WAYS, CircleMember, CirclesResult, FormedCircle
from mentor_ispe.domain.matching.circles.seating import APART, Peers
from mentor_ispe.domain.matching.circles.suggestions import Suggestions
from mentor_ispe.domain.matching.people import Candidate, in_order, positions
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import MatchingError, Progress, Suggestion, Unmatched, reporter
from mentor_ispe.domain.matching.rules import CircleRules
from mentor_ispe.domain.matching.unmatched_reasons import as_percent
from mentor_ispe.domain.violations import N_, Violation

Names = tuple[str, str]


def match_circles(
	people: Iterable[Candidate],
	rules: CircleRules,
	*,
	pins: Iterable[Names] = (),
	forbidden: Iterable[Names] = (),
	work: Work | None = None,
	progress: Progress | None = None,
	cancelled: Callable[[], bool] | None = None,
) -> CirclesResult:
	"""Form circles out of `people`. The order of the people doesn't matter.

	`pins` are pairs who share a circle, whatever the rules between the two say; pairs in `forbidden`
	never do. Raises MatchingError when pins contradict each other, Cancelled when `cancelled()` says so.
	"""
	peers = in_order(people)
	bound, never = _named(pins, peers), _named(forbidden, peers)
	together = _together(peers, bound, never, rules)
	table, warnings = interest(peers, rules, bound, never)
	host = np.array([person.willing_to_moderate for person in peers], bool)
	points = 0 if not rules.host.at_all else rules.host.points
	task = Peers(table, host, rules.size_min, rules.size_max, None if rules.host.is_hard else points)
	seated = seat(task, rules.aim, together, work, reporter(progress, cancelled))
	if least := BOTH_WAYS * rules.scoring.least:
		circles, left = LeastScore(task, least, {row for pair in bound for row in pair}).apply(seated.circles)
		seated = replace(seated, circles=sorted(circles), left=sorted([*seated.left, *left]))
	suggestions = Suggestions(peers, rules, seated, bound, never).suggestions()
	return _result(peers, table, seated, rules, warnings, suggestions)


def check_circle_pins(
	people: Iterable[Candidate], rules: CircleRules, pins: Iterable[Names], forbidden: Iterable[Names]
) -> None:
	"""Raise MatchingError when these people can't share circles as the pins say."""
	peers = in_order(people)
	_together(peers, _named(pins, peers), _named(forbidden, peers), rules)


def _named(pairs: Iterable[Names], peers: Sequence[Candidate]) -> list[tuple[int, int]]:
	"""The pairs as positions, the lower first; names that aren't there raise MatchingError."""
	at, found, broken = positions(peers), set(), []
	for one, other in sorted(set(pairs)):
		unknown = [name for name in (one, other) if name not in at]
		broken += [
			Violation("pin_unknown", N_("Pinned or forbidden: nobody is called {name}."), {"name": name})
			for name in unknown
		]
		if not unknown and one != other:
			found.add((min(at[one], at[other]), max(at[one], at[other])))
	if broken:
		raise MatchingError(broken)
	return sorted(found)


def _together(
	peers: Sequence[Candidate],
	pins: Sequence[tuple[int, int]],
	forbidden: Sequence[tuple[int, int]],
	rules: CircleRules,
) -> list[list[int]]:
	"""The sets of people whom pins put into one circle."""
	together = chains(pins)
	broken = []
	for members in together:
		names = [peers[row].title for row in members]
		if len(members) > rules.size_max:
			message = N_("{names} are pinned to one circle; a circle has at most {most} people.")
			broken.append(Violation("pin_too_many", message, {"names": names, "most": rules.size_max}))
		inside = set(members)
		for one, other in forbidden:
			if one in inside and other in inside:
				message = N_("{one} and {other} are both pinned to one circle and forbidden.")
				params = {"one": peers[one].title, "other": peers[other].title}
				broken.append(Violation("pin_forbidden", message, params))
	if broken:
		raise MatchingError(broken)
	return together


def _result(
	peers: Sequence[Candidate],
	table: np.ndarray,
	seated: Seated,
	rules: CircleRules,
	warnings: tuple[Violation, ...],
	suggestions: tuple[Suggestion, ...],
) -> CirclesResult:
	circles = []
	total = 0
	for rows in seated.circles:
		members = [peers[row] for row in rows]
		points = points_in(table, rows)
		total += int(points.sum())
		# Of those willing, whoever has most in common with the others.
		able = [
			(-mean, person.name, person)
			for mean, person in zip(points.tolist(), members, strict=True)
			if person.willing_to_moderate
		]
		host = min(able)[2] if able else None
		circles.append(
			FormedCircle(
				tuple(
					CircleMember(person.name, round(mean), member_reasons(person, members))
					for mean, person in zip(points.tolist(), members, strict=True)
				),
				host.name if host else None,
				circle_reasons(members, host),
			)
		)
	return CirclesResult(
		circles=tuple(circles),
		unplaced=tuple(
			Unmatched(peers[row].name, _why(row, table, seated, peers, rules)) for row in seated.left
		),
		people=len(peers),
		total=total,
		full_points=rules.scoring.points,
		suggestions=suggestions,
		warnings=warnings,
		seconds=seated.seconds,
		in_time=seated.in_time,
	)


def _why(
	row: int, table: np.ndarray, seated: Seated, peers: Sequence[Candidate], rules: CircleRules
) -> tuple[Reason, ...]:
	"""Why somebody has no circle."""
	may = table[row] > APART
	may[row] = False
	count = int(may.sum())
	if count < rules.size_min - 1:
		message = N_("The rules let you meet {count} of the others; a circle needs {least} besides you.")
		return (Reason("few_may_meet", message, {"count": count, "least": rules.size_min - 1}),)
	hosts = peers[row].willing_to_moderate or any(
		peers[k].willing_to_moderate for k in np.flatnonzero(may).tolist()
	)
	if rules.host.is_hard and not hosts:
		return (Reason("no_host", N_("Nobody the rules let you meet is willing to host.")),)
	if rules.scoring.least and (low := _too_low(row, table, seated, rules)):
		return (low,)
	full = sum(len(rows) >= rules.size_max and bool(may[rows].all()) for rows in seated.circles)
	barred = sum(not may[rows].all() for rows in seated.circles)
	said = []
	if full:
		said.append(
			Reason("circles_full", N_("{count} circles that you could join are full."), {"count": full})
		)
	if barred:
		message = N_("In {count} circles, the rules keep you apart from someone.")
		said.append(Reason("circles_barred", message, {"count": barred}))
	message = N_("The people who are left can't form another circle within the rules.")
	return (*said, Reason("no_circle_left", message))


def _too_low(row: int, table: np.ndarray, seated: Seated, rules: CircleRules) -> Reason | None:
	"""Said when the minimum score alone keeps somebody from every circle with room, and there is one."""
	open_ = [
		rows
		for rows in seated.circles
		if len(rows) < rules.size_max and bool((table[row, rows] > APART).all())
	]
	least = BOTH_WAYS * rules.scoring.least
	if any(float(table[row, rows].mean()) >= least for rows in open_) or (seated.circles and not open_):
		return None
	message = N_("No circle matches you well enough (at least {least} %).")
	return Reason("all_least_score", message, {"least": as_percent(rules.scoring.least)})
