"""Groups are made while their cycle is open, also when somebody closes it at the same moment.

Whoever commits people to a group locks the cycle as the last thing, after the people and the group, and
reads its status as it is then; so it is held for the moment until the end of the transaction only, and
proposals in one cycle hardly wait for each other. Whoever closes a cycle holds it and looks for groups
that were proposed meanwhile, without waiting for anybody: so the two can't block each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import frappe

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain.group_rules import cycle_closed
from mentor_ispe.domain.statuses import OPEN_GROUPS
from mentor_ispe.exceptions import raise_violations

_later: ContextVar[str] = ContextVar("mentoring_cycle_asked_later", default="")


def refuse_if_closed(cycle: str) -> None:
	"""Refuse to commit people to a group of a cycle that is closed now; locks the cycle."""
	if _later.get() == cycle:
		return
	status = frappe.db.get_value("Mentoring Cycle", cycle, "status", for_update=True)
	raise_violations(cycle_closed(cycle, status))
	if frappe.db.db_type == "postgres":
		lock_row_for_write("Mentoring Cycle", cycle)  # whoever closes it can't see the group otherwise


@contextmanager
def asked_at_the_end(cycle: str) -> Iterator[None]:
	"""Ask once, at the end of the block: for a long transaction, which would keep others waiting."""
	token = _later.set(cycle)
	try:
		yield
	finally:
		_later.reset(token)
	refuse_if_closed(cycle)


def open_groups(cycle: str) -> int:
	"""How many groups of a cycle are open now; the caller holds the cycle's lock.

	The second look sees what was committed after this transaction first read anything. It gives up at
	once, as a QueryTimeoutError, when somebody is changing a group of the cycle: they may need the cycle.
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
