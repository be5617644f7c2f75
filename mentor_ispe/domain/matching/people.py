"""Whom the engine matches: plain values, read from records or from a file by the caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

MAX_WISHES = 5
STAGES = ("Student", "Recent Graduate", "Early Career", "Mid-Level", "Senior", "Executive")


@dataclass(frozen=True, slots=True)
class Candidate:
	"""One person on one side of a match: a mentor, a mentee, or a peer of a circle.

	Empty texts and empty tuples mean "not given". The engine compares values as they are written:
	whoever reads them brings spellings together first.
	"""

	name: str
	"""Names the record (Mentor or Mentee); unique on its side. Everything is ordered by it."""
	person: str = ""
	"""Who it is, the same on both sides: nobody is matched with themselves."""
	full_name: str = ""
	industry: str = ""
	wants: tuple[str, ...] = ()
	"""Topics a mentee or peer wants to learn."""
	offers: tuple[str, ...] = ()
	"""Topics a mentor wishes to teach."""
	knows: tuple[str, ...] = ()
	"""Topics a mentor knows; counts less than wishing to teach them."""
	career_stage: str = ""
	country: str = ""
	chapter: str = ""
	utc_offset: float | None = None
	"""Hours ahead of UTC on the day the program starts."""
	languages: tuple[str, ...] = ()
	learning_style: str = ""
	employer: str = ""
	seats: int = 1
	"""Mentees a mentor has still room for; 0 for none. Without meaning for mentees."""
	wishes: tuple[str, ...] = ()
	"""Names of the other side, most wanted first; those after the fifth don't count."""
	refuses: tuple[str, ...] = ()
	"""Names of the other side this person is never matched with, as a pair declined in this cycle."""
	waited: int = 0
	"""Earlier cycles in which the person stayed unmatched."""
	willing_to_moderate: bool = False
	is_imagined: bool = False
	"""Somebody who might join, as suggestions try: whether they'd fit well enough isn't known, so no
	minimum score is asked of them."""

	@property
	def title(self) -> str:
		"""What people call them."""
		return self.full_name or self.name


def in_order(people: Iterable[Candidate]) -> list[Candidate]:
	"""The people by name, so that results don't depend on the order of rows; names must be unique."""
	ordered = sorted(people, key=lambda candidate: candidate.name)
	for before, after in pairwise(ordered):
		if before.name == after.name:
			raise ValueError(f"{after.name!r} is there twice")
	return ordered


def as_peer(candidate: Candidate) -> Candidate:
	"""The person as peers see each other: what somebody wants to learn is what they have to talk about."""
	return replace(
		candidate,
		offers=candidate.wants,
		knows=tuple(topic for topic in (*candidate.knows, *candidate.offers) if topic not in candidate.wants),
	)


def positions(people: Sequence[Candidate]) -> dict[str, int]:
	"""Where each name stands in the list."""
	return {candidate.name: index for index, candidate in enumerate(people)}


def hours_apart(one: Any, other: Any) -> Any:
	"""Hours between two offsets from UTC, on the clock: +12 and -11 are one hour apart. Arrays as well."""
	return 12 - abs(12 - abs(one - other) % 24)
