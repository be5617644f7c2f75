"""What a membership source is: it turns people into periods of membership, or says why it can't."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from mentor_ispe.domain.membership import Period


@dataclass(frozen=True, slots=True)
class Person:
	"""Someone who is asked about; `profile` is the name of their Mentoring Profile.

	`email` is lower case: the address under which the membership records know the person. `membership_doctype` and `membership_record` name the record that a
	coordinator linked, when there is one: it goes before everything else.
	"""

	profile: str
	email: str
	user: str | None = None
	contact: str | None = None
	membership_doctype: str | None = None
	membership_record: str | None = None


class SourceUnavailable(Exception):
	"""The source can't answer now; the message says why, in words for the coordinator."""


class Source(Protocol):
	"""A place where memberships are kept. Built without arguments, asked, thrown away."""

	# The DocTypes that it reads; when one is missing, the source can't be chosen.
	doctypes: Sequence[str]

	def periods(self, people: Sequence[Person]) -> Mapping[str, list[Period]]:
		"""Return what is known of each person, by profile; whoever has nothing may be left out.

		Reads a number of queries that doesn't depend on how many people there are, writes nothing,
		raises SourceUnavailable when it can't answer for all of them.
		"""


class PeopleIndex:
	"""Finds the people whom a record speaks of: by the record linked to the profile, else by email.

	Whoever has a record of the kind `doctype` linked is found by that record alone.
	"""

	def __init__(self, people: Iterable[Person], doctype: str):
		# As they are written: only MariaDB compares names without case.
		self.records: set[str] = set()
		self.by_record: dict[str, list[str]] = {}
		self.by_email: dict[str, list[str]] = {}
		for person in people:
			if person.membership_doctype == doctype and person.membership_record:
				self.records.add(person.membership_record)
				self.by_record.setdefault(person.membership_record.casefold(), []).append(person.profile)
			elif person.email:
				self.by_email.setdefault(fold(person.email), []).append(person.profile)

	def find(self, record: str, email: str | None) -> list[str]:
		"""Return the profiles that the record `record` with the address `email` belongs to."""
		return self.by_record.get(record.casefold(), []) + self.by_email.get(fold(email), [])


def fold(email: str | None) -> str:
	"""An email address as it is compared."""
	return (email or "").strip().lower()
