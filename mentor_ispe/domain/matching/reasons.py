"""Why two people were matched, in words; each reason is true of the pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from mentor_ispe.domain.matching.names import (
	EMPLOYER,
	TOPICS,
	hours_apart,
)
from mentor_ispe.domain.matching.people import MAX_WISHES, Candidate
from mentor_ispe.domain.spelling import surely_different
from mentor_ispe.domain.violations import N_

if TYPE_CHECKING:
	from mentor_ispe.domain.matching.criteria import Rules


@dataclass(frozen=True, slots=True)
class Reason:
	"""An English template whose {fields} are in `params`, for translation; `code` is for programs.

	A value in `params` that is a list of words is joined by whoever shows it, as str() does.
	"""

	code: str
	message: str
	params: dict[str, Any] = field(default_factory=dict)

	def __str__(self) -> str:
		words = {
			name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
			for name, value in self.params.items()
		}
		return self.message.format(**words)

	def as_dict(self) -> dict[str, Any]:
		"""For JSON: the words as they are in English beside what translates them."""
		return {"code": self.code, "message": self.message, "params": self.params, "text": str(self)}


Said = tuple[str, str, tuple[tuple[str, Any], ...]]
"""A reason not yet made: code, template, (field, value) pairs."""


class Explainer:
	"""Reasons for pairs; the same object for the same words, since thousands of pairs share them."""

	def __init__(self, rules: Rules):
		self.rules = rules
		self._made: dict[Said, Reason] = {}
		kinds = [line.kind for line in rules.criteria]
		if rules.employers_apart and EMPLOYER not in kinds:
			kinds.append(EMPLOYER)
		# By the two values compared, where nothing else of the people counts.
		self._ways = [
			(_WAYS[kind], attrgetter(_COMPARED[kind]) if kind in _COMPARED else None, {}) for kind in kinds
		]

	def reasons(self, mentee: Candidate, mentor: Candidate) -> tuple[Reason, ...]:
		"""Everything that speaks for the pair, in the order of the program's criteria."""
		found: list[Reason] = []
		made = self._made
		for way, value_of, known in self._ways:
			if value_of is None:
				for said in way(mentee, mentor, self.rules):
					found.append(made.get(said) or self._reason(said))
				continue
			values = value_of(mentee), value_of(mentor)
			reasons = known.get(values)
			if reasons is None:
				reasons = known[values] = [*map(self._reason, way(mentee, mentor, self.rules))]
			found += reasons
		# Few have any of these.
		if mentee.wishes:
			found += map(self._reason, _mentee_wish(mentee, mentor, self.rules))
		if mentor.wishes:
			found += map(self._reason, _mentor_wish(mentee, mentor, self.rules))
		if mentee.waited:
			found += map(self._reason, _waiting(mentee, mentor, self.rules))
		return tuple(found)

	def _reason(self, said: Said) -> Reason:
		reason = self._made.get(said)
		if reason is None:
			code, message, params = said
			reason = self._made[said] = Reason(code, message, dict(params))
		return reason


def _industry(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.industry and mentee.industry == mentor.industry:
		yield "same_industry", N_("Both work in {industry}."), (("industry", mentee.industry),)


def _topics(mentee: Candidate, mentor: Candidate, rules: Rules) -> list[Said]:
	offers, knows = mentor.offers, mentor.knows
	taught = [topic for topic in mentee.wants if topic in offers]
	known = [topic for topic in mentee.wants if topic in knows and topic not in offers]
	said: list[Said] = []
	if taught:
		message = N_("The mentor wishes to teach {topics}, as wanted.")
		said.append(("topics_taught", message, (("topics", tuple(taught)),)))
	if known:
		message = N_("The mentor knows {topics}, as wanted.")
		said.append(("topics_known", message, (("topics", tuple(known)),)))
	return said


def _career_stage(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.career_stage not in rules.stages or mentor.career_stage not in rules.stages:
		return
	ahead = rules.stages.index(mentor.career_stage) - rules.stages.index(mentee.career_stage)
	stages = (("mentor_stage", mentor.career_stage), ("mentee_stage", mentee.career_stage))
	if ahead == 1:
		yield (
			"stage_ahead_by_one",
			N_("The mentor is one career stage ahead: {mentor_stage}, {mentee_stage}."),
			stages,
		)
	elif ahead > 1:
		message = N_("The mentor is {steps} career stages ahead: {mentor_stage}, {mentee_stage}.")
		yield "stages_ahead", message, (("steps", ahead), *stages)


def _country(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.country and mentee.country == mentor.country:
		yield "same_country", N_("Both live in {country}."), (("country", mentee.country),)


def _time_zone(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.utc_offset is None or mentor.utc_offset is None:
		return
	apart = hours_apart(mentee.utc_offset, mentor.utc_offset)
	if apart == 0:
		yield "same_time", N_("Their clocks show the same time."), ()
	elif apart == 1 <= rules.time_window:
		yield "one_hour_apart", N_("Their clocks are one hour apart."), ()
	elif apart <= rules.time_window:
		yield "near_time", N_("Their clocks are {hours} hours apart."), (("hours", f"{apart:g}"),)


def _languages(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	common = tuple(sorted(set(mentee.languages) & set(mentor.languages)))
	if common:
		yield "common_language", N_("Both speak {languages}."), (("languages", common),)


def _learning_style(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.learning_style and mentee.learning_style == mentor.learning_style:
		yield (
			"same_style",
			N_("Both like to learn the same way: {style}."),
			(("style", mentee.learning_style),),
		)


def _employer(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterable[Said]:
	if surely_different(mentee.employer, mentor.employer):
		return _EMPLOYERS_APART
	return ()


_EMPLOYERS_APART: tuple[Said, ...] = (("employers_apart", N_("They work for different employers."), ()),)


def _chapter(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.chapter and mentee.chapter == mentor.chapter:
		yield "same_chapter", N_("Both belong to {chapter}."), (("chapter", mentee.chapter),)


def _mentee_wish(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	wishes = mentee.wishes[:MAX_WISHES]
	if rules.mentee_wish_weight and mentor.name in wishes:
		rank = wishes.index(mentor.name) + 1
		yield "mentee_wish", N_("The mentor is number {rank} among the mentee's wishes."), (("rank", rank),)


def _mentor_wish(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	wishes = mentor.wishes[:MAX_WISHES]
	if rules.mentor_wish_weight and mentee.name in wishes:
		rank = wishes.index(mentee.name) + 1
		yield "mentor_wish", N_("The mentee is number {rank} among the mentor's wishes."), (("rank", rank),)


def _waiting(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if rules.waiting_weight and mentee.waited:
		message = N_("The mentee stayed without a mentor in {cycles} earlier cycles.")
		if mentee.waited == 1:
			message = N_("The mentee stayed without a mentor in an earlier cycle.")
		yield "waited", message, (("cycles", mentee.waited),)


_WAYS: dict[str, Callable[[Candidate, Candidate, Rules], Iterable[Said]]] = {
	"Industry": _industry,
	TOPICS: _topics,
	"Career Stage": _career_stage,
	"Country": _country,
	"Time Zone": _time_zone,
	"Languages": _languages,
	"Learning Style": _learning_style,
	EMPLOYER: _employer,
	"Chapter": _chapter,
}

_COMPARED = {
	"Industry": "industry",
	"Career Stage": "career_stage",
	"Country": "country",
	"Time Zone": "utc_offset",
	"Languages": "languages",
	"Learning Style": "learning_style",
	"Chapter": "chapter",
}
