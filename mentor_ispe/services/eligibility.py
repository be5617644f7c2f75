"""Whether people may commit to a program, asked from the membership source itself."""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from mentor_ispe.domain.eligibility import JoinRules, may_commit
from mentor_ispe.domain.violations import Violation
from mentor_ispe.services.standing import standings


def refusals(profiles: Sequence[str], program: str) -> dict[str, tuple[Violation, ...]]:
	"""Say for each Mentoring Profile why it may not commit to `program` today; empty: it may.

	A constant number of queries, however many profiles.
	"""
	rules = join_rules(program)
	asked = standings(profiles, grace_days=grace_days(program))
	people = frappe.get_all(
		"Mentoring Profile", {"name": ("in", list(profiles))}, ["name", "full_name", "chapter"]
	)
	return {
		person.name: tuple(may_commit(person.full_name, asked[person.name], person.chapter, rules))
		for person in people
	}


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
