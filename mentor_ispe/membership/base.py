"""What a membership source is: it turns people into periods of membership, or says why it can't. And help for sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import frappe
from frappe.query_builder.functions import Lower
from frappe.utils import cint
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Field, Term

from mentor_ispe.domain.membership import Period


@dataclass(frozen=True, slots=True)
class Person:
	"""Someone who is asked about; `profile` is the name of their Mentoring Profile.

	`email` is lower case: the address under which the membership records know the person. `membership_doctype` and
	`membership_record` name the record that a coordinator linked, when there is one: it goes before everything else.
	"""

	profile: str
	email: str
	user: str | None = None
	contact: str | None = None
	membership_doctype: str | None = None
	membership_record: str | None = None


class SourceUnavailable(Exception):
	"""The source can't answer now; the message says why, in words for the coordinator."""


class Source:
	"""A place where memberships are kept, by which the site is told who is a member.

	Everything that the app knows of a source is said here: built without arguments, asked, thrown away.
	"""

	name = ""
	"""What coordinators choose it by, in Mentoring Settings."""
	app = ""
	"""The app that keeps its records: a new site with this app starts with this source."""
	doctypes: Sequence[str] = ()
	"""What it reads; when one is missing, the source can't be chosen."""
	record = ""
	"""The DocType of the record that a coordinator may link to a profile."""
	shared = False
	"""Whether any number of people may have the same record."""

	def periods(self, people: Sequence[Person]) -> Mapping[str, list[Period]]:
		"""Return what is known of each person, by profile; whoever has nothing may be left out.

		Reads a number of queries that doesn't depend on how many people there are, writes nothing,
		raises SourceUnavailable when it can't answer for all of them.
		"""
		raise NotImplementedError

	def types_of(self, records: Collection[str]) -> Mapping[str, Collection[str]]:
		"""The types of membership of each record: how many people may have it depends on them."""
		return {}

	def full_name(self, email: str) -> str | None:
		"""What the records call the person with this address; for the first profile of a newcomer."""
		return None

	def join_address(self) -> str:
		"""Where somebody becomes a member, where Mentoring Settings doesn't say it; empty for nowhere."""
		return ""


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


# MariaDB turns a list of 1,000 values and more into a temporary table and takes a second for it, where
# reading all of 20,000 rows takes a third of that (benchmarks/membership); so nothing beyond this is sent.
LONG_LIST = 900


def folded(field: Field) -> Term:
	"""The field as it is compared with lower-case text; MariaDB compares without case by itself."""
	return field if frappe.db.db_type == "mariadb" else Lower(field)


def any_case(field: Field, values: Collection[str]) -> Criterion:
	"""Whether the field has one of the values, in whatever letters; MariaDB compares so by itself."""
	if frappe.db.db_type == "mariadb":
		return field.isin(list(values))
	return field.isin(list(values)) | Lower(field).isin([value.lower() for value in values])


def narrow(query: QueryBuilder, *choices: tuple[Term, Collection[str]]) -> QueryBuilder | None:
	"""Keep the rows where a field has one of its values, for any of the (field, values) choices.

	With very many values the query is left as it is, so the caller picks the rows itself in any case.
	None when there are no values at all, so nothing to ask.
	"""
	given = [(field, list(values)) for field, values in choices if values]
	if not given:
		return None
	if sum(len(values) for _field, values in given) > LONG_LIST:
		return query
	return query.where(Criterion.any([field.isin(values) for field, values in given]))


def note_unknown_status(doctype: str, name: str, status: str | None, known: Iterable[str]) -> None:
	"""Log it, once a day for each status: it is asked for at every step of everybody."""
	key = f"mentoring_unknown_status:{doctype}:{status}"
	if frappe.cache.get_value(key, expires=True):
		return
	frappe.cache.set_value(key, 1, expires_in_sec=24 * 60 * 60)
	frappe.log_error(
		title="Mentoring: a membership record has a status that isn't known",
		message=f"{doctype} {name}: {status}. Known are {', '.join(sorted(filter(None, known)))}.",
		reference_doctype=doctype,
		reference_name=name,
	)


SETTINGS = "Mentoring Settings"


def endless_types() -> frozenset[str]:
	"""Names of the types that never end, folded. From the cached settings: no query of its own."""
	return frozenset(_fold_type(row.membership_type) for row in _type_rows() if cint(row.never_ends))


def never_ends(membership_type: str | None, endless: frozenset[str]) -> bool:
	return _fold_type(membership_type) in endless


def places_for_types(membership_types: Iterable[str | None]) -> int:
	"""How many people may share a record that has memberships of these types; one where nothing is said."""
	said = {_fold_type(row.membership_type): cint(row.places) for row in _type_rows()}
	return max((said.get(_fold_type(each), 1) for each in membership_types), default=1) or 1


def _type_rows() -> list:
	return frappe.get_cached_doc(SETTINGS).membership_types


def _fold_type(membership_type: str | None) -> str:
	return " ".join((membership_type or "").split()).casefold()
