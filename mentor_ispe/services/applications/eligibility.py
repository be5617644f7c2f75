"""Whether people may commit to a program, asked from the membership source itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import frappe

from mentor_ispe.domain.eligibility import JoinRules, may_commit
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.services.membership.status import standings

_asked: ContextVar[tuple[str, Mapping[str, tuple[Violation, ...]]] | None] = ContextVar(
	"mentoring_asked", default=None
)


def refusals(profiles: Sequence[str], program: str) -> dict[str, tuple[Violation, ...]]:
	"""Say for each Mentoring Profile why it may not commit to `program` today; empty: it may.

	A constant number of queries, however many profiles.
	"""
	about, known = _asked.get() or ("", {})
	if about == program and known.keys() >= set(profiles):
		return {profile: known[profile] for profile in profiles}
	rules = join_rules(program)
	asked = standings(profiles, grace_days=grace_days(program))
	people = frappe.get_all(
		"Mentoring Profile", {"name": ("in", list(profiles))}, ["name", "full_name", "chapter"]
	)
	return {
		person.name: tuple(may_commit(person.full_name, asked[person.name], person.chapter, rules))
		for person in people
	}


def require(profile: str, program: str) -> None:
	"""Refuse the step of a person who may not commit to the program today: no active membership, for example.

	Asked by every step that commits somebody and that no record asks for by itself; docs/membership.md has them.
	"""
	raise_violations(refusals([profile], program).get(profile, ()))


@contextmanager
def asked_once(profiles: Sequence[str], program: str) -> Iterator[None]:
	"""Ask about all these people now; in the block, `refusals` answers for them from that.

	For one transaction that many of them commit in, which sees the memberships as they are at one moment
	anyway.
	"""
	token = _asked.set((program, refusals(profiles, program)))
	try:
		yield
	finally:
		_asked.reset(token)


def join_rules(program: str) -> JoinRules:
	"""Who may join, as the program says it."""
	doc = frappe.get_cached_doc("Mentoring Program", program)
	return JoinRules(
		membership_types=frozenset(row.membership_type for row in doc.membership_types),
		grace_may_commit=bool(doc.grace_may_commit),
		chapter=doc.chapter or None,
	)


def grace_days(program: str) -> int | None:
	"""The program's own grace days, None where those of Mentoring Settings hold."""
	doc = frappe.get_cached_doc("Mentoring Program", program)
	return doc.grace_days if doc.own_grace_days else None
