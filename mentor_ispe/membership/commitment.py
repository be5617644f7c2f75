"""Whether people may commit themselves now: their membership, asked from its source, and the cycle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import frappe

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain.eligibility import JoinRules, may_commit
from mentor_ispe.domain.group_rules import cycle_closed
from mentor_ispe.domain.statuses import OPEN_GROUPS
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.membership.status import standings


@dataclass(frozen=True)
class _Run:
	"""A transaction in which many people commit themselves at one moment."""

	cycle: str
	program: str
	refusals: Mapping[str, tuple[Violation, ...]]


_run: ContextVar[_Run | None] = ContextVar("mentoring_run", default=None)


def refusals(profiles: Sequence[str], program: str) -> dict[str, tuple[Violation, ...]]:
	"""Say for each Mentoring Profile why it may not commit to `program` today; empty: it may.

	A constant number of queries, however many profiles.
	"""
	run = _run.get()
	if run and run.program == program and run.refusals.keys() >= set(profiles):
		return {profile: run.refusals[profile] for profile in profiles}
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


def refuse_if_closed(cycle: str) -> None:
	"""Refuse to commit people to a group of a cycle that is closed now; locks the cycle.

	Groups are made while their cycle is open, also when somebody closes it at the same moment: it is locked as
	the last thing, after the people and the group, and its status read as it is then. So it is held for the
	moment until the end of the transaction only, and proposals in one cycle hardly wait for each other.
	"""
	run = _run.get()
	if run and run.cycle == cycle:
		return
	status = frappe.db.get_value("Mentoring Cycle", cycle, "status", for_update=True)
	raise_violations(cycle_closed(cycle, status))
	if frappe.db.db_type == "postgres":
		lock_row_for_write("Mentoring Cycle", cycle)  # whoever closes it can't see the group otherwise


@contextmanager
def many_at_once(profiles: Sequence[str], cycle: str, program: str) -> Iterator[None]:
	"""In the block people commit themselves in one long transaction, which sees everything at one moment anyway.

	Their membership is asked for once, now; whether the cycle is open once, at the end, as its lock would keep
	others waiting.
	"""
	token = _run.set(_Run(cycle, program, refusals(profiles, program)))
	try:
		yield
	finally:
		_run.reset(token)
	refuse_if_closed(cycle)


def open_groups(cycle: str) -> int:
	"""How many groups of a cycle are open now; the caller, who closes it, holds its lock.

	The second look sees what was committed after this transaction first read anything. It gives up at
	once, as a QueryTimeoutError, when somebody is changing a group of the cycle: they may need the cycle. So
	the two can't block each other.
	"""
	seen = frappe.db.count("Mentoring Group", {"cycle": cycle, "status": ("in", sorted(OPEN_GROUPS))})
	if seen:
		return seen
	group = frappe.qb.DocType("Mentoring Group")
	return len(
		frappe.qb.from_(group)
		.select(group.name)
		.where((group.cycle == cycle) & group.status.isin(sorted(OPEN_GROUPS)))
		.for_update(nowait=True)
		.run()
	)


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
