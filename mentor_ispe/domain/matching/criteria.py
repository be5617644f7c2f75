"""What makes a good pair, as named data: each kind of criterion with everything the app knows of it.

A kind compares one value of the mentee with one of the mentor. It gives a share from 0 to 1 of the
criterion's points, and says whether the criterion holds, which counts where the program makes it hard.
Scores, reasons, forms, reports and the Desk read their tables from KINDS; how to add one is told in
docs/contributing.md.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from mentor_ispe.domain.matching.people import STAGES, Candidate, hours_apart
from mentor_ispe.domain.matching.reasons import Said, Sentence
from mentor_ispe.domain.spelling import surely_different
from mentor_ispe.domain.violations import N_

if TYPE_CHECKING:
	from mentor_ispe.domain.matching.rules import Rules

TOPICS, CAREER_STAGE, TIME_ZONE = "Topics", "Career Stage", "Time Zone"
LANGUAGES, EMPLOYER = "Languages", "Employer"

Table = tuple[np.ndarray, np.ndarray]
"""(share, holds): two arrays with a row for each value of the mentees, a column for each of the mentors."""


@dataclass(frozen=True)
class Kind:
	"""A kind of criterion.

	Sentences may use `{value}` (what the person gave), `{count}`, and `{seats}` ("offering places") of mentors;
	`{value}` is translated where it is one of the app's own words.
	"""

	name: str
	"""As programs choose it: an option of Mentoring Program Criterion."""
	field: str
	"""What is compared: a field of Candidate."""
	table: Callable[[Sequence[Any], Sequence[Any], Rules], Table]
	"""Compares distinct values of the mentees with those of the mentors."""
	why: Callable[[Candidate, Candidate, Rules], Iterable[Said]]
	"""What speaks for a pair, out of `sentences`."""
	sentences: tuple[Sentence, ...]
	missing: str
	"""Where it is hard, to a mentee without a mentor: they gave nothing; "" where that doesn't matter."""
	nobody: str
	"""No mentor will do for them."""
	others: tuple[str, str]
	"""So many mentors won't do, or one."""
	label: str
	"""In the report of why people stay unmatched."""
	profile_field: str = ""
	"""The field of Mentoring Profile it is read from; "" where applications say it."""
	application_field: str = ""
	"""The field of applications it is read from; "" where the profile says it."""
	is_text: bool = True
	"""Whether Candidate has the profile's text as it stands."""
	choices: tuple[str, ...] = ()
	"""The options of the profile's field, where it has a fixed list."""
	is_graded: bool = False
	"""Whether a pair for which it holds may still be better or worse in it."""
	peers: tuple[str, str] | tuple[()] = ()
	"""In a circle: so many others, or one other, have the same value."""
	more_seats: str = ""
	"""To a coordinator: what `{count}` more seats at mentors with this value would do."""
	circle: str = ""
	"""Of a whole circle: `{count}` of `{all}` have this value."""

	def __str__(self) -> str:
		return self.name

	@cached_property
	def value(self) -> Callable[[Candidate], Hashable]:
		"""What is compared, of a person."""
		return attrgetter(self.field)

	@property
	def code(self) -> str:
		"""The name in the codes of reasons and in columns of reports."""
		return self.name.lower().replace(" ", "_")

	@property
	def has_table(self) -> bool:
		"""Whether nothing but the two values counts, and they are few enough to compare all of them."""
		return self.table is not _not_a_table

	@property
	def needs_same(self) -> bool:
		"""Whether it holds just for two people with the same value."""
		return self.table is _equal


def same_value(name: str, field: str, *, both: str, **words: Any) -> Kind:
	"""A kind that holds for two people with the same text in a field of their profile.

	`both` says so of a pair with `{value}`; in a list the value itself is enough.
	"""
	sentence = Sentence(f"same_{name.lower().replace(' ', '_')}", both, "{value}")

	def why(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
		value = getattr(mentee, field)
		if value and value == getattr(mentor, field):
			yield sentence, (("value", value),)

	return Kind(name, field, _equal, why, (sentence,), profile_field=field, **words)


# How values compare -------------------------------------------------------------------------------


def _equal(mentees: Sequence[str], mentors: Sequence[str], rules: Rules) -> Table:
	number = {value: index for index, value in enumerate(dict.fromkeys((*mentees, *mentors))) if value}
	left = np.array([number.get(value, -1) for value in mentees], dtype=np.int64)[:, None]
	right = np.array([number.get(value, -2) for value in mentors], dtype=np.int64)[None, :]
	same = left == right
	return same.astype(float), same


def _stages_ahead(mentees: Sequence[str], mentors: Sequence[str], rules: Rules) -> Table:
	"""The mentor ahead; best by `stage_steps`, a fifth less for every stage more or fewer."""
	rank = {stage: index for index, stage in enumerate(rules.stages)}
	unknown = np.nan
	left = np.array([rank.get(stage, unknown) for stage in mentees], dtype=float)[:, None]
	right = np.array([rank.get(stage, unknown) for stage in mentors], dtype=float)[None, :]
	ahead = right - left
	if rules.among_peers:
		holds = ~np.isnan(ahead)
		return np.where(holds, np.maximum(1 - 0.25 * np.abs(ahead), 0), 0), holds
	holds = ahead > 0
	share = np.where(holds, np.maximum(1 - 0.2 * np.abs(ahead - rules.stage_steps), 0.2), 0)
	return share, holds


def _near_time(mentees: Sequence[float | None], mentors: Sequence[float | None], rules: Rules) -> Table:
	"""Less for every hour apart; nothing beyond the window."""
	left = np.array([np.nan if hours is None else hours for hours in mentees], dtype=float)[:, None]
	right = np.array([np.nan if hours is None else hours for hours in mentors], dtype=float)[None, :]
	apart = hours_apart(left, right)
	holds = apart <= rules.time_window
	share = np.where(holds, 1 - apart / (rules.time_window + 1), 0)
	return share, holds


def _common_language(
	mentees: Sequence[tuple[str, ...]], mentors: Sequence[tuple[str, ...]], rules: Rules
) -> Table:
	every = {
		language: index for index, language in enumerate(sorted({x for v in (*mentees, *mentors) for x in v}))
	}

	def speaks(values: Sequence[tuple[str, ...]]) -> np.ndarray:
		table = np.zeros((len(values), len(every)), dtype=np.float32)
		rows = np.repeat(np.arange(len(values)), list(map(len, values)))
		table[rows, [every[language] for languages in values for language in languages]] = 1
		return table

	common = speaks(mentees) @ speaks(mentors).T > 0
	return common.astype(float), common


def _not_a_table(mentees: Sequence[Any], mentors: Sequence[Any], rules: Rules) -> Table:
	raise NotImplementedError("this criterion is scored by scoring.py itself")


# What speaks for a pair ---------------------------------------------------------------------------

_TAUGHT = Sentence(
	"topics_taught",
	N_("The mentor wants to teach {topics}, which the mentee wants to learn."),
	N_("Teaches {topics}"),
)
_KNOWN = Sentence(
	"topics_known", N_("The mentor knows {topics}, which the mentee wants to learn."), N_("Knows {topics}")
)
_ONE_STAGE = Sentence(
	"stage_ahead_by_one",
	N_("The mentor is one career stage ahead: {mentor_stage}, {mentee_stage}."),
	N_("1 stage ahead"),
)
_STAGES = Sentence(
	"stages_ahead",
	N_("The mentor is {steps} career stages ahead: {mentor_stage}, {mentee_stage}."),
	N_("{steps} stages ahead"),
)
_SAME_TIME = Sentence("same_time", N_("They have the same local time."), N_("Same time zone"))
_ONE_HOUR = Sentence("one_hour_apart", N_("Their time zones are one hour apart."), N_("1 h apart"))
_HOURS = Sentence("near_time", N_("Their time zones are {hours} hours apart."), N_("{hours} h apart"))
_COMMON = Sentence("common_language", N_("Both speak {languages}."), "{languages}")
_APART = Sentence("employers_apart", N_("They work for different employers."))


def _topics(mentee: Candidate, mentor: Candidate, rules: Rules) -> list[Said]:
	offers, knows = mentor.offers, mentor.knows
	taught = [topic for topic in mentee.wants if topic in offers]
	known = [topic for topic in mentee.wants if topic in knows and topic not in offers]
	said: list[Said] = []
	if taught:
		said.append((_TAUGHT, (("topics", tuple(taught)),)))
	if known:
		said.append((_KNOWN, (("topics", tuple(known)),)))
	return said


def _career_stage(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.career_stage not in rules.stages or mentor.career_stage not in rules.stages:
		return
	ahead = rules.stages.index(mentor.career_stage) - rules.stages.index(mentee.career_stage)
	stages = (("mentor_stage", mentor.career_stage), ("mentee_stage", mentee.career_stage))
	if ahead == 1:
		yield _ONE_STAGE, stages
	elif ahead > 1:
		yield _STAGES, (("steps", ahead), *stages)


def _time_zone(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	if mentee.utc_offset is None or mentor.utc_offset is None:
		return
	apart = hours_apart(mentee.utc_offset, mentor.utc_offset)
	if apart == 0:
		yield _SAME_TIME, ()
	elif apart == 1 <= rules.time_window:
		yield _ONE_HOUR, ()
	elif apart <= rules.time_window:
		yield _HOURS, (("hours", f"{apart:g}"),)


def _languages(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	common = tuple(sorted(set(mentee.languages) & set(mentor.languages)))
	if common:
		yield _COMMON, (("languages", common),)


_EMPLOYERS_APART: tuple[Said, ...] = ((_APART, ()),)


def _employer(mentee: Candidate, mentor: Candidate, rules: Rules) -> tuple[Said, ...]:
	return _EMPLOYERS_APART if surely_different(mentee.employer, mentor.employer) else ()


_MORE_SEATS = N_(
	"Ask mentors in {value} for more places ({count}): {places} of {unmatched} could be matched."
)

# The kinds, what tells most of a pair first -------------------------------------------------------

KINDS: dict[str, Kind] = {
	kind.name: kind
	for kind in (
		# Scored topic by topic: too many combinations for a table.
		Kind(
			TOPICS,
			"wants",
			_not_a_table,
			_topics,
			(_TAUGHT, _KNOWN),
			missing=N_("You chose no topics."),
			nobody=N_("No mentor {seats} offers any of {value}."),
			others=(
				N_("{count} mentors {seats} offer none of your topics."),
				N_("One mentor {seats} offers none of your topics."),
			),
			label=N_("Topics"),
			application_field="topics",
			is_text=False,
			is_graded=True,
		),
		same_value(
			"Industry",
			"industry",
			both=N_("Both work in {value}."),
			missing=N_("You didn't enter an industry."),
			nobody=N_("No mentor {seats} works in {value}."),
			others=(
				N_("{count} mentors {seats} work in a different industry."),
				N_("One mentor {seats} works in a different industry."),
			),
			label=N_("Industry"),
			more_seats=_MORE_SEATS,
			peers=(
				N_("{count} other people work in {value} too."),
				N_("One other person works in {value} too."),
			),
			circle=N_("{count} of {all} work in {value}."),
		),
		same_value(
			"Country",
			"country",
			both=N_("Both live in {value}."),
			missing=N_("You didn't enter a country."),
			nobody=N_("No mentor {seats} lives in {value}."),
			others=(
				N_("{count} mentors {seats} live in a different country."),
				N_("One mentor {seats} lives in a different country."),
			),
			more_seats=_MORE_SEATS,
			label=N_("Country"),
		),
		same_value(
			"Chapter",
			"chapter",
			both=N_("Both belong to {value}."),
			missing=N_("You didn't enter a chapter."),
			nobody=N_("No mentor {seats} belongs to {value}."),
			others=(
				N_("{count} mentors {seats} belong to a different chapter."),
				N_("One mentor {seats} belongs to a different chapter."),
			),
			label=N_("Chapter"),
			peers=(
				N_("{count} other people belong to {value} too."),
				N_("One other person belongs to {value} too."),
			),
		),
		Kind(
			CAREER_STAGE,
			"career_stage",
			_stages_ahead,
			_career_stage,
			(_STAGES, _ONE_STAGE),
			missing=N_("You didn't enter a career stage."),
			nobody=N_("No mentor {seats} is at a later career stage than {value}."),
			others=(
				N_("{count} mentors {seats} aren't ahead of you in their career."),
				N_("One mentor {seats} isn't ahead of you in their career."),
			),
			label=N_("Career stage"),
			profile_field="career_stage",
			choices=STAGES,
			is_graded=True,
			peers=(
				N_("{count} other people are at the same career stage: {value}."),
				N_("One other person is at the same career stage: {value}."),
			),
		),
		same_value(
			"Learning Style",
			"learning_style",
			both=N_("Both like to learn the same way: {value}."),
			missing=N_("You didn't enter a learning style."),
			nobody=N_("No mentor {seats} has your learning style, {value}."),
			others=(
				N_("{count} mentors {seats} have a different learning style."),
				N_("One mentor {seats} has a different learning style."),
			),
			label=N_("Learning style"),
			choices=("Visual", "Auditory", "Reading and Writing", "Hands-on"),
		),
		Kind(
			TIME_ZONE,
			"utc_offset",
			_near_time,
			_time_zone,
			(_HOURS, _ONE_HOUR, _SAME_TIME),
			missing=N_("You didn't enter a time zone."),
			nobody=N_("No mentor {seats} is within {hours} hours of your time zone."),
			others=(
				N_("{count} mentors {seats} are more than {hours} hours from your time zone."),
				N_("One mentor {seats} is more than {hours} hours from your time zone."),
			),
			label=N_("Time zone"),
			profile_field="time_zone",
			is_text=False,
			is_graded=True,
		),
		Kind(
			LANGUAGES,
			"languages",
			_common_language,
			_languages,
			(_COMMON,),
			missing=N_("You didn't enter any languages."),
			nobody=N_("No mentor {seats} speaks {value}."),
			others=(
				N_("{count} mentors {seats} speak none of your languages."),
				N_("One mentor {seats} speaks none of your languages."),
			),
			label=N_("Languages"),
			profile_field="languages",
			is_text=False,
		),
		# Apart is better; too many employers for a table.
		Kind(
			EMPLOYER,
			"employer",
			_not_a_table,
			_employer,
			(_APART,),
			missing="",
			nobody=N_("Every mentor {seats} works for {value}, as you do."),
			others=(
				N_("{count} mentors {seats} work for your employer."),
				N_("One mentor {seats} works for your employer."),
			),
			label=N_("Same employer"),
			profile_field="employer",
		),
	)
}
