"""Steps of a nightly job: one transaction each, done again when the database gave way to someone else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import frappe

from mentor_ispe.exceptions import LOST_TRANSACTION

TRIES = 3

R = TypeVar("R")


def in_transaction(step: Callable[[], R], tries: int = TRIES) -> R:
	"""Do `step` and commit; from the start again, `tries` times in all, when another transaction was preferred."""
	for tries_left in reversed(range(tries)):
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
