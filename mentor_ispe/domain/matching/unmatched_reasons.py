"""Why somebody stayed unmatched, in words to them; counted over all mentors, not guessed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.rules import FULL_SCORE, LEAST_SCORE, NEVER
from mentor_ispe.domain.matching.scoring import Scores
from mentor_ispe.domain.violations import N_

_RULED_OUT = (
	N_("For you, the coordinators excluded every mentor {seats}."),
	(
		N_("For you, the coordinators excluded {count} mentors {seats}."),
		N_("For you, the coordinators excluded one mentor {seats}."),
	),
)
_TOO_LOW = (
	N_("No mentor {seats} matches you well enough (at least {least} %)."),
	(
		N_("{count} mentors {seats} match you less than {least} %."),
		N_("One mentor {seats} matches you less than {least} %."),
	),
)
_ROWS_AT_ONCE = 64


def as_percent(points: int) -> str:
	"""Points as a share of the full score: "12.5"."""
	return f"{100 * points / FULL_SCORE:g}"


class UnmatchedReasons:
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
			return [(Reason("no_seats_offered", N_("No mentor offers a place.")),)] * len(rows)
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
			message = N_("The {count} mentors who fit the rules have no place left: others fit them better.")
			if fitting == 1:
				message = N_("The one mentor who fits the rules has no place left: others fit better.")
			said.append(Reason("seats_taken", message, {"count": fitting}))
			if not self.has_free.any():
				return (*said, Reason("no_seats_left", N_("No mentor has an open place left.")))
		seats = N_("with an open place") if fitting else N_("offering places")
		return (*said, *self._rules(mentee, counts, every, seats))

	def _rules(self, mentee: Candidate, counted: dict[str, int], every: int, seats: str) -> list[Reason]:
		"""The rules that keep the mentee from the mentors in question, the one that rules out most first."""
		counts = {name: count for name, count in counted.items() if count}
		said = []
		for name in sorted(counts, key=lambda name: -counts[name]):
			params = {"count": counts[name], "seats": seats}
			if name == NEVER:
				code, missing, (nobody, others) = "never", "", _RULED_OUT
			elif name == LEAST_SCORE:
				code, missing, (nobody, others) = "least_score", "", _TOO_LOW
				params["least"] = as_percent(self.scores.least)
			else:
				kind = KINDS[name]
				code, missing, nobody, others = kind.code, kind.missing, kind.nobody, kind.others
				params["value"] = value = kind.value(mentee)
				if missing and (value is None or value in ("", ())):
					said.append(Reason(f"no_{code}", missing))
					continue
			some = others[counts[name] == 1]
			how, message = ("all", nobody) if counts[name] == every else ("some", some)
			if "{hours}" in message:
				params["hours"] = f"{self.scores.rules.time_window:g}"
			said.append(Reason(f"{how}_{code}", message, params))
		absolute = [reason for reason in said if not reason.code.startswith("some_")]
		return absolute or said
