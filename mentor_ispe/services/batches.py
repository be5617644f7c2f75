"""Steps of a nightly job: one transaction each, done again when the database gave way to someone else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import frappe

TRIES = 3
LOST_TRANSACTION = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)

R = TypeVar("R")


def in_transaction(step: Callable[[], R]) -> R:
	"""Do `step` and commit; from the start again, a few times, when another transaction was preferred."""
	for tries_left in reversed(range(TRIES)):
		try:
			result = step()
		except LOST_TRANSACTION:
			frappe.db.rollback()
			if not tries_left:
				raise
		else:
			frappe.db.commit()
			return result
	raise AssertionError("unreachable")
