"""Groups of a mentor and several mentees: as many people placed as possible, then the best fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from mentor_ispe.domain.matching.explain import Explainer
from mentor_ispe.domain.matching.groups.build import SlotModel, build
from mentor_ispe.domain.matching.groups.forming import Formed, Work, form, quick_preview
from mentor_ispe.domain.matching.groups.problem import Ints
from mentor_ispe.domain.matching.groups.reasons import choose_moderator, group_misses, group_reasons
from mentor_ispe.domain.matching.groups.result import FormedGroup, GroupsResult
from mentor_ispe.domain.matching.groups.suggestions import Suggestions
from mentor_ispe.domain.matching.groups.unmatched_reasons import GroupUnmatchedReasons
from mentor_ispe.domain.matching.people import Candidate, positions
from mentor_ispe.domain.matching.pins import Names, pin_warnings
from mentor_ispe.domain.matching.result import Pair, Progress, Suggestion, Unmatched, reporter, shares
from mentor_ispe.domain.matching.rules import GroupRules
from mentor_ispe.domain.violations import N_, Violation


def match_groups(
	mentees: Iterable[Candidate],
	mentors: Iterable[Candidate],
	rules: GroupRules,
	*,
	pins: Iterable[Names] = (),
	forbidden: Iterable[Names] = (),
	apart: Iterable[Names] = (),
	work: Work | None = None,
	progress: Progress | None = None,
	cancelled: Callable[[], bool] | None = None,
) -> GroupsResult:
	"""Form groups out of `mentees`, each led by one of `mentors`.

	`pins` (mentee, mentor) stand: nobody pinned sits anywhere else. `forbidden` (mentee, mentor) and
	`apart` (mentee, mentee) never meet. Whoever has a group already isn't given, and a mentor's `seats`
	are those still free: groups that exist are not touched. The order of the people doesn't matter.

	Raises MatchingError when pins contradict each other or the seats, Cancelled when `cancelled()` says
	so: it is asked between steps, of which the longest takes about a minute at 5,000 people. `progress`
	hears of preview, relaxation, groups, search and done.
	"""
	forbidden, apart, report = sorted(set(forbidden)), sorted(set(apart)), reporter(progress, cancelled)
	model = build(mentees, mentors, rules, pins=pins, forbidden=forbidden, apart=apart)
	formed = form(model.problem, work, report)
	suggestions = Suggestions(model, formed.placement.slot_of, forbidden, apart, lambda: report("done", 1.0))
	return _result(model, formed, suggestions.suggestions())


def preview_groups(
	mentees: Iterable[Candidate],
	mentors: Iterable[Candidate],
	rules: GroupRules,
	*,
	pins: Iterable[Names] = (),
	forbidden: Iterable[Names] = (),
	apart: Iterable[Names] = (),
) -> GroupsResult:
	"""The same at once, within a few percent of the best: no hard rule is broken, nothing is proven."""
	model = build(mentees, mentors, rules, pins=pins, forbidden=forbidden, apart=apart)
	return _result(model, quick_preview(model.problem))


def _result(model: SlotModel, formed: Formed, suggestions: tuple[Suggestion, ...] = ()) -> GroupsResult:
	slot_of = formed.placement.slot_of
	explainer = Explainer(model.rules.scoring)
	groups = tuple(
		sorted(
			(_group(model, slot_of, int(slot), explainer) for slot in np.unique(slot_of[slot_of >= 0])),
			key=lambda group: (group.mentor, group.members[0].mentee),
		)
	)
	absence = GroupUnmatchedReasons(model, slot_of)
	pairs = [member for group in groups for member in group.members]
	return GroupsResult(
		groups=groups,
		unplaced=tuple(
			Unmatched(model.mentees[row].name, absence.reasons(row))
			for row in np.flatnonzero(slot_of < 0).tolist()
		),
		mentees=len(model.mentees),
		seats=int(model.problem.seats_of.sum()),
		score=sum(group.score for group in groups),
		total=formed.placement.total,
		bound=formed.bound,
		most_placed=formed.most,
		proven=formed.is_proven,
		gap=formed.gap,
		in_time=formed.in_time,
		suggestions=suggestions,
		fairness=shares(model.mentees, pairs),
		full_points=model.scores.full_points,
		warnings=_warnings(model, slot_of),
		seconds=formed.seconds,
	)


def _group(model: SlotModel, slot_of: Ints, slot: int, explainer: Explainer) -> FormedGroup:
	mentor = model.mentor(slot)
	rows = np.flatnonzero(slot_of == slot)
	columns = np.full(len(rows), model.problem.mentor_of[slot])
	parts = {name: values.tolist() for name, values in model.scores.parts(rows, columns).items()}
	seats = []
	for number, row in enumerate(rows.tolist()):
		mentee = model.mentees[row]
		points = {name: values[number] for name, values in parts.items()}
		reasons = explainer.reasons(mentee, mentor)
		seats.append(
			Pair(mentee.name, mentor.name, sum(points.values()), points, reasons, mentee.name in model.pins)
		)
	members = [model.mentees[row] for row in rows.tolist()]
	moderator = choose_moderator(members, [seat.score for seat in seats], model.rules)
	language = model.language_of[slot]
	if not all(language in person.languages for person in members):
		language = ""  # somebody was pinned here who doesn't speak it
	misses = group_misses(mentor, members, model.rules)
	return FormedGroup(
		mentor=mentor.name,
		members=tuple(seats),
		moderator=moderator.name if moderator else None,
		language=language,
		reasons=group_reasons(mentor, members, moderator, language, model.rules),
		misses=tuple(reason for reason, _points in misses),
		penalty=sum(points for _reason, points in misses),
	)


def _warnings(model: SlotModel, slot_of: Ints) -> tuple[Violation, ...]:
	"""Pins that break a rule between two people, and pins whose group couldn't be formed."""
	at_mentee, at_mentor = positions(model.mentees), positions(model.mentors)
	rows = np.array([at_mentee[name] for name in model.pins], np.int64)
	columns = np.array([at_mentor[name] for name in model.pins.values()], np.int64)
	warnings = list(pin_warnings(model.scores, rows, columns))
	for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
		mentee, mentor = model.mentees[row].title, model.mentors[column].title
		if slot_of[row] < 0:
			message = N_(
				"{mentee} should stay with {mentor}, but no group within the rules could be formed there."
			)
			warnings.append(Violation("pin_not_placed", message, {"mentee": mentee, "mentor": mentor}))
		for name, holds in model.reach.items():
			if name in _RULES and not holds[row, column]:
				message = N_("{mentee} and {mentor} stay together although they break the rule {rule}.")
				params = {"mentee": mentee, "mentor": mentor, "rule": _RULES[name]}
				warnings.append(Violation("pin_breaks_rule", message, params))
	return tuple(warnings)


_RULES = {
	"senior": N_("Senior Mentor"),
	"time_window": N_("Time Zone"),
	"employers": N_("Employer"),
	"language": N_("Languages"),
}
