"""Who plays in which cycle of the demo: the same people every time, and not always the same few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from mentor_ispe.demo.people import ACTIVE, MENTEE_LOGIN, MENTOR_LOGIN, DemoPerson

SENIOR = ("Executive", "Senior")
JUNIOR = ("Student", "Recent Graduate", "Early Career", "Mid-Level")


class Casting:
	"""Hands out people, first those who have played least."""

	def __init__(self, people: Sequence[DemoPerson]):
		self.people = people
		self.played: Counter[str] = Counter()

	def choose(
		self,
		count: int,
		stages: Collection[str],
		*,
		without: Collection[DemoPerson] = (),
		standings: Collection[str] = (ACTIVE, "overlapping"),
		chapter: str | None = None,
		membership_types: Collection[str] = (),
		other_employer_than: DemoPerson | None = None,
	) -> list[DemoPerson]:
		"""Choose people for one cycle; an error when there aren't enough. Those with logins are asked for by name."""
		fitting = [
			person
			for person in self.people
			if person.stage in stages
			and person.standing in standings
			and person not in without
			and person.email not in (MENTOR_LOGIN, MENTEE_LOGIN)
			and chapter in (None, person.profile["chapter"])
			and (not membership_types or person.membership_type in membership_types)
			and (
				other_employer_than is None
				or person.profile["employer"] != other_employer_than.profile["employer"]
			)
		]
		chosen = sorted(fitting, key=lambda person: (self.played[person.email], person.number))[:count]
		if len(chosen) < count:
			raise LookupError(f"{count} people wanted, {len(chosen)} found: {stages}, {standings}")
		self.played.update(person.email for person in chosen)
		return chosen

	def login(self, email: str) -> DemoPerson:
		"""The person who has this login."""
		return next(person for person in self.people if person.email == email)


def shared_topics(one: DemoPerson, other: DemoPerson) -> list[str]:
	"""Topics that both named, in the order of the first."""
	return [topic for topic in one.profile["topics"] if topic in other.profile["topics"]]


def best_first(mentors: Sequence[DemoPerson], mentees: Sequence[DemoPerson]) -> list[DemoPerson]:
	"""Put the mentees in the order of the mentors, each with who fits best among those left over.

	Good enough for a demo: topics and industry in common count, an employer in common is the last resort.
	"""

	def fit(mentor: DemoPerson, mentee: DemoPerson) -> int:
		together = mentor.profile["employer"] == mentee.profile["employer"]
		alike = sum(mentor.profile[field] == mentee.profile[field] for field in ("industry", "country"))
		return 2 * len(shared_topics(mentor, mentee)) + alike - 100 * together

	left, order = list(mentees), []
	for mentor in mentors[: len(mentees)]:
		best = max(left, key=lambda mentee: fit(mentor, mentee))
		left.remove(best)
		order.append(best)
	return order + left
