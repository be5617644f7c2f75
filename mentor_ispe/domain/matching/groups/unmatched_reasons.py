"""Why somebody has no group, in words, counted over the mentors and groups there are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mentor_ispe.domain.matching.groups.build import (
	EMPLOYERS,
	LANGUAGE,
	SCORING,
	SENIOR,
	TIME_WINDOW,
	SlotModel,
)
from mentor_ispe.domain.matching.groups.problem import Ints
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.unmatched_reasons import UnmatchedReasons
from mentor_ispe.domain.violations import N_

_ALL = {
	SENIOR: N_("None of the {count} mentors with places for a group is senior."),
	TIME_WINDOW: N_(
		"None of the {count} mentors with places for a group is within {hours} hours of your time zone."
	),
	EMPLOYERS: N_("All {count} mentors with places for a group work for your employer."),
	LANGUAGE: N_("None of the {count} mentors with places for a group speaks one of your languages."),
}
_SOME = {
	SENIOR: N_("{some} of the mentors with places for a group aren't senior."),
	TIME_WINDOW: N_(
		"{some} of the mentors with places for a group aren't within {hours} hours of your time zone."
	),
	EMPLOYERS: N_("{some} of the mentors with places for a group work for your employer."),
	LANGUAGE: N_("{some} of the mentors with places for a group speak none of your languages."),
}


_SAME_IN_SCORE = {TIME_WINDOW: "Time Zone", EMPLOYERS: "Employer", LANGUAGE: "Languages"}


class GroupUnmatchedReasons:
	"""Explains, for a placement `slot_of`, why people are without a group."""

	def __init__(self, model: SlotModel, slot_of: Ints):
		self.model, self.slot_of = model, slot_of
		problem = model.problem
		self.sizes = np.bincount(slot_of[slot_of >= 0], minlength=problem.slots)
		self.leads = np.array([person.seats >= problem.least for person in model.mentors], bool)
		seats = np.array([max(0, person.seats) for person in model.mentors], np.int64)
		self.by_score = UnmatchedReasons(
			model.scores, np.where(self.leads, seats, 0), np.where(self.leads, seats, 0)
		)

	def reasons(self, row: int) -> tuple[Reason, ...]:
		"""Everything that keeps the mentee in this row from a group."""
		return tuple(self._reasons(row))

	def _reasons(self, row: int) -> Iterator[Reason]:
		model, problem = self.model, self.model.problem
		if not self.leads.any():
			yield Reason(
				"no_seats_for_group",
				N_("No mentor offers the {least} places that a group needs."),
				{"least": problem.least},
			)
			return
		mentee = model.mentees[row]
		if mentee.name in model.pins:
			mentor = next(person for person in model.mentors if person.name == model.pins[mentee.name])
			yield Reason(
				"pinned_group_fails",
				N_("You are set for {mentor}'s group, but none of their possible groups has room."),
				{"mentor": mentor.title},
			)
			return
		possible = self.leads.copy()
		for holds in model.reach.values():
			possible &= holds[row]
		if not possible.any():
			yield from self._nobody_fits(row)
			return
		slots = np.flatnonzero(problem.allowed[:, row])
		if not len(slots):
			count = int(possible.sum())
			message = N_(
				"{count} mentors fit the rules, but none of them could get a group of {least} people who fit."
			)
			if count == 1:
				message = N_("One mentor fits the rules, but couldn't get a group of {least} people who fit.")
			yield Reason("too_few_in_reach", message, {"count": count, "least": problem.least})
			return
		yield from self._no_room(row, slots)

	def _nobody_fits(self, row: int) -> Iterator[Reason]:
		model, count = self.model, int(self.leads.sum())
		params = {"count": count, "hours": f"{model.rules.scoring.time_window:g}"}
		some: list[Reason] = []
		every: list[Reason] = []
		for name, holds in model.reach.items():
			against = int((~holds[row] & self.leads).sum())
			kind = _SAME_IN_SCORE.get(name)
			if not against or (kind and model.rules.scoring.is_hard(kind)):
				continue  # nothing to say, or the hard criterion of the score says it
			if name == SCORING:
				said = self.by_score.reasons(row)
				every += (
					[reason for reason in said if not reason.code.startswith("some_")]
					if against == count
					else []
				)
				some += [reason for reason in said if reason.code.startswith("some_")]
			elif against == count:
				every.append(Reason(f"all_{name}", _ALL[name], params))
			else:
				some.append(Reason(f"some_{name}", _SOME[name], {**params, "some": against}))
		yield from every or some

	def _no_room(self, row: int, slots: Ints) -> Iterator[Reason]:
		"""Groups the person could sit in: full, with a colleague in them, or never opened."""
		problem = self.model.problem
		opened = slots[self.sizes[slots] > 0]
		clashing = [slot for slot in opened.tolist() if self._clashes(row, slot)]
		full = [slot for slot in opened.tolist() if slot not in clashing and self._is_full(slot)]
		shut = np.setdiff1d(problem.mentor_of[slots], problem.mentor_of[opened])
		if full:
			message = N_(
				"{count} groups that fit are full: others fit them better, or had nowhere else to go."
			)
			if len(full) == 1:
				message = N_(
					"The one group that fits is full: others fit it better, or had nowhere else to go."
				)
			yield Reason("groups_full", message, {"count": len(full)})
		if clashing:
			message = N_("In {count} groups that fit, the rules keep you apart from someone.")
			if len(clashing) == 1:
				message = N_("In one group that fits, the rules keep you apart from someone.")
			yield Reason("groups_clash", message, {"count": len(clashing)})
		if len(shut):
			yield from self._never_opened(slots[np.isin(problem.mentor_of[slots], shut)], len(shut))

	def _never_opened(self, slots: Ints, mentors: int) -> Iterator[Reason]:
		problem = self.model.problem
		for need in problem.needs:
			has = np.broadcast_to(need.has, problem.fit.shape)[slots] & problem.allowed[slots]
			if need.is_hard and not has.any():
				yield Reason(f"nobody_{need.name}", _LACKING[need.name], {"count": mentors})
				return
		message = N_("{count} mentors who fit lead no group: too few people are left to form one.")
		if mentors == 1:
			message = N_("One mentor who fits leads no group: too few people are left to form one.")
		yield Reason("groups_not_opened", message, {"count": mentors})

	def _is_full(self, slot: int) -> bool:
		problem = self.model.problem
		mentor = int(problem.mentor_of[slot])
		taken = int(self.sizes[problem.slots_of[mentor]].sum())
		return self.sizes[slot] >= problem.most[slot] or taken >= problem.seats_of[mentor]

	def _clashes(self, row: int, slot: int) -> bool:
		members = self.slot_of == slot
		return any(
			penalty is None and row in people and members[people].any()
			for people, penalty in self.model.problem.clashes
		)


_LACKING = {
	"moderator": N_(
		"None of the mentors who fit ({count}) leads a group: no mentee who fits them said they would moderate."
	),
	"junior": N_(
		"None of the mentors who fit ({count}) leads a group: no mentee who fits them is a student or recent graduate."
	),
	"mid_level": N_(
		"None of the mentors who fit ({count}) leads a group: no mentee who fits them is at mid-level."
	),
	"countries": N_(
		"None of the mentors who fit ({count}) leads a group: every mentee who fits them lives in the same country."
	),
}
