"""What would place more: changes that might, each with its words, and the best of those that do.

A change is a value: applied to the people and the rules of a run it gives those of another. Whether it
places anybody, each format finds out by placing them (pairs, groups and circles, each in its own
`suggestions`), so that every number said is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from mentor_ispe.domain.matching.criteria import KINDS, LANGUAGES, TIME_ZONE
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Suggestion
from mentor_ispe.domain.matching.rules import LEAST_SCORE, Rules
from mentor_ispe.domain.violations import N_

MOST_OF_A_KIND = 3
WITHOUT_RULE = N_("Don't require the rule {rule}: {places} of {unmatched} could be matched.")
LOWER_MINIMUM = N_("Lower the minimum match score: {places} of {unmatched} could be matched.")


@dataclass(frozen=True)
class Change:
	"""`rules` as they would be, and people who would join."""

	code: str
	message: str
	rules: Any
	params: dict[str, Any] = field(default_factory=dict)
	mentees: tuple[Candidate, ...] = ()
	mentors: tuple[Candidate, ...] = ()
	seats: int = 0
	"""More seats for each mentor with seats (`seats_at`: for these only)."""
	seats_at: frozenset[str] | None = None
	asks: bool = False
	"""Whether people would be asked to moderate or host (`asked`: these only)."""
	asked: frozenset[str] | None = None
	once: Hashable = None
	"""Of changes with the same, those after the first that places somebody aren't tried."""
	beyond: tuple[str, ...] = ()
	"""Codes of changes of which this one must place more than any."""

	def suggestion(self, placed: Sequence[str], unmatched: int, **params: Any) -> Suggestion:
		"""The change in words, with whom of so many unmatched it places."""
		params = {**self.params, **params, "places": len(placed), "unmatched": unmatched}
		return Suggestion(Reason(self.code, self.message, params), len(placed), tuple(placed))


@dataclass(frozen=True)
class Found:
	"""A change that places somebody; formats add the way it does."""

	change: Change
	suggestion: Suggestion


SomeFound = TypeVar("SomeFound", bound=Found)


def search(
	changes: Iterable[Change],
	attempt: Callable[[Change], SomeFound | None],
	anyway: Change | None = None,
	may_go_on: Callable[[], bool] = lambda: True,
) -> list[SomeFound]:
	"""Try each change; those that place most come first, at most MOST_OF_A_KIND with one code.

	One counts only when it places more than `anyway` does, which changes nothing but is tried as well.
	"""
	nothing = attempt(anyway) if anyway else None
	least = nothing.suggestion.places if nothing else 0
	found: dict[str, list[SomeFound]] = {}
	done: set[Hashable] = set()
	for change in changes:
		if not may_go_on():
			break
		if change.once in done:
			continue
		one = attempt(change)
		others = [other.suggestion.places for code in change.beyond for other in found.get(code, ())]
		if one is not None and one.suggestion.places > max([least, *others]):
			found.setdefault(change.code, []).append(one)
			done |= {change.once} - {None}
	return best_of(one for several in found.values() for one in several)


def best_of(found: Iterable[SomeFound]) -> list[SomeFound]:
	"""Those that place most first, at most MOST_OF_A_KIND with one code."""
	by_code: dict[str, list[SomeFound]] = {}
	for one in found:
		by_code.setdefault(one.change.code, []).append(one)
	best: list[SomeFound] = []
	for several in by_code.values():
		several.sort(key=lambda one: (-one.suggestion.places, str(one.suggestion.words)))
		best += several[:MOST_OF_A_KIND]
	return sorted(best, key=lambda one: -one.suggestion.places)


# Rules waived -------------------------------------------------------------------------------------


def waivers(rules: Any, named: Mapping[str, str]) -> Iterator[Change]:
	"""A change for each hard rule of groups or circles that waives it.

	`named` are the fields of `rules` that are rules, with their names; the criterion of the score with
	the same name goes with it.
	"""
	left = list(rules.scoring.waivable)
	for name, rule in named.items():
		asked = getattr(rules, name)
		if not asked.is_hard and rule not in left:
			continue
		waived = replace(rules, **{name: type(asked)()}) if asked.is_hard else rules
		if rule in left:
			left.remove(rule)
			waived = replace(waived, scoring=rules.scoring.without(rule))
		yield Change("waive_rule", WITHOUT_RULE, waived, {"rule": rule})
	for rule in left:
		waived = replace(rules, scoring=rules.scoring.without(rule))
		message = LOWER_MINIMUM if rule == LEAST_SCORE else WITHOUT_RULE
		yield Change("waive_rule", message, waived, {"rule": rule})


# People who would join ----------------------------------------------------------------------------


def must_share(
	person: Candidate, scoring: Rules, spoken: Counter[str], clock: bool, language: bool
) -> dict[str, Any]:
	"""Fields that somebody must have to sit with this person: those of hard criteria, and the `clock` and
	`language` where the rules of groups ask them. Of several languages the one `spoken` most."""
	fields: dict[str, Any] = {}
	if language or scoring.is_hard(LANGUAGES):
		fields["languages"] = tuple(sorted(person.languages, key=lambda word: (-spoken[word], word))[:1])
	if clock or scoring.is_hard(TIME_ZONE):
		fields["utc_offset"] = person.utc_offset
	for kind in KINDS.values():
		if kind.needs_same and scoring.is_hard(kind.name):
			fields[kind.field] = kind.value(person)
	return fields


def described(fields: Mapping[str, Any]) -> list[str]:
	"""The same in words that need no translation, without what isn't known."""
	words: list[str] = []
	for name, value in fields.items():
		if name == "utc_offset":
			words += [] if value is None else [f"UTC{value:+g}"]
		else:
			words += filter(None, value if isinstance(value, tuple) else [value])
	return words
