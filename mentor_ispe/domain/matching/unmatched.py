"""Why somebody stayed unmatched, in words to them; counted over all mentors, not guessed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mentor_ispe.domain.matching.criteria import Rules
from mentor_ispe.domain.matching.names import EMPLOYER, NEVER, TOPICS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.scoring import Scores
from mentor_ispe.domain.violations import N_

# For each hard rule: what is missing on the mentee's side, then about all mentors, then about some.
_WORDS: dict[str, tuple[str, str, str]] = {
	"Industry": (
		N_("You gave no industry."),
		N_("No mentor {seats} works in {value}."),
		N_("{count} mentors {seats} work in another industry than yours."),
	),
	TOPICS: (
		N_("You gave no topics."),
		N_("No mentor {seats} offers any of {value}."),
		N_("{count} mentors {seats} offer none of your topics."),
	),
	"Career Stage": (
		N_("You gave no career stage."),
		N_("No mentor {seats} is at a later career stage than {value}."),
		N_("{count} mentors {seats} aren't ahead of you in their career."),
	),
	"Country": (
		N_("You gave no country."),
		N_("No mentor {seats} lives in {value}."),
		N_("{count} mentors {seats} live in another country."),
	),
	"Time Zone": (
		N_("You gave no time zone."),
		N_("No mentor {seats} is within {hours} hours of your time zone."),
		N_("{count} mentors {seats} are more than {hours} hours from your time zone."),
	),
	"Languages": (
		N_("You gave no languages."),
		N_("No mentor {seats} speaks {value}."),
		N_("{count} mentors {seats} speak none of your languages."),
	),
	"Learning Style": (
		N_("You gave no learning style."),
		N_("No mentor {seats} has your learning style, {value}."),
		N_("{count} mentors {seats} have another learning style."),
	),
	EMPLOYER: (
		"",
		N_("Every mentor {seats} works for {value}, as you do."),
		N_("{count} mentors {seats} work for your employer."),
	),
	"Chapter": (
		N_("You gave no chapter."),
		N_("No mentor {seats} belongs to {value}."),
		N_("{count} mentors {seats} belong to another chapter."),
	),
	NEVER: (
		"",
		N_("Every mentor {seats} is ruled out for you by name."),
		N_("{count} mentors {seats} are ruled out for you by name."),
	),
}
_VALUES = {
	"Industry": lambda person: person.industry,
	TOPICS: lambda person: list(person.wants),
	"Career Stage": lambda person: person.career_stage,
	"Country": lambda person: person.country,
	"Time Zone": lambda person: "" if person.utc_offset is None else person.utc_offset,
	"Languages": lambda person: list(person.languages),
	"Learning Style": lambda person: person.learning_style,
	EMPLOYER: lambda person: person.employer,
	"Chapter": lambda person: person.chapter,
	NEVER: lambda person: "",
}


_ROWS_AT_ONCE = 64


class Absence:
	"""Explains unmatched mentees of one match: `free` are each mentor's seats that are left."""

	def __init__(self, scores: Scores, offered: np.ndarray, free: np.ndarray):
		self.scores = scores
		self.offered = np.flatnonzero(offered > 0)
		self.has_free = free[self.offered] > 0

	def reasons(self, row: int) -> tuple[Reason, ...]:
		"""Why the mentee in this row got nobody."""
		return self.reasons_of([row])[0]

	def reasons_of(self, rows: Sequence[int]) -> list[tuple[Reason, ...]]:
		"""Why each of these mentees got nobody."""
		if not len(self.offered):
			return [(Reason("no_seats_offered", N_("No mentor offers a seat.")),)] * len(rows)
		said = []
		for start in range(0, len(rows), _ROWS_AT_ONCE):
			said += self._reasons_of(np.asarray(rows[start : start + _ROWS_AT_ONCE], dtype=np.int64))
		return said

	def _reasons_of(self, rows: np.ndarray) -> list[tuple[Reason, ...]]:
		broken = self.scores.broken_between(rows, self.offered)
		fitting = (~np.logical_or.reduce(list(broken.values()))).sum(axis=1).tolist()
		free = int(self.has_free.sum())
		# For each rule, how many mentors break it: of all with seats, and of those with a free one.
		counts = {name: at.sum(axis=1).tolist() for name, at in broken.items()}
		frees = {name: at[:, self.has_free].sum(axis=1).tolist() for name, at in broken.items()}
		return [
			self._said(
				self.scores.mentees[row],
				fitting[line],
				{name: of[line] for name, of in (frees if fitting[line] and free else counts).items()},
				free if fitting[line] and free else len(self.offered),
			)
			for line, row in enumerate(rows.tolist())
		]

	def _said(
		self, mentee: Candidate, fitting: int, counts: dict[str, int], every: int
	) -> tuple[Reason, ...]:
		"""In words: so many mentors fit; of `every`, so many break each rule."""
		said = []
		if fitting:
			message = N_("The {count} mentors who fit the rules have no seat left: others fit them better.")
			if fitting == 1:
				message = N_("The one mentor who fits the rules has no seat left: others fit better.")
			said.append(Reason("seats_taken", message, {"count": fitting}))
			if not self.has_free.any():
				return (*said, Reason("no_seats_left", N_("No mentor has a seat left.")))
		seats = N_("with a free seat") if fitting else N_("with seats")
		return (*said, *self._rules(mentee, counts, every, seats))

	def _rules(self, mentee: Candidate, counted: dict[str, int], every: int, seats: str) -> list[Reason]:
		"""The rules that keep the mentee from the mentors in question, the one that rules out most first."""
		counts = {name: count for name, count in counted.items() if count}
		said = []
		for name in sorted(counts, key=lambda name: -counts[name]):
			missing, of_all, of_some = _WORDS[name]
			value = _VALUES[name](mentee)
			params = {"count": counts[name], "seats": seats, **_params(name, value, self.scores.rules)}
			if missing and value in ("", []):
				said.append(Reason(f"no_{_code(name)}", missing))
			elif counts[name] == every:
				said.append(Reason(f"all_{_code(name)}", of_all, params))
			else:
				said.append(Reason(f"some_{_code(name)}", of_some, params))
		absolute = [reason for reason in said if not reason.code.startswith("some_")]
		return absolute or said


def _params(name: str, value: object, rules: Rules) -> dict[str, object]:
	params: dict[str, object] = {"value": value}
	if name == "Time Zone":
		params["hours"] = f"{rules.time_window:g}"
	return params


def _code(name: str) -> str:
	return name.lower().replace(" ", "_")
