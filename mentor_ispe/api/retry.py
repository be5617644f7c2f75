"""Run a request again when another one got in its way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import frappe

from mentor_ispe.exceptions import UNDONE
from mentor_ispe.services.give_way import ATTEMPTS, busy

P = ParamSpec("P")
R = TypeVar("R")

IN_THE_WAY = (*UNDONE, frappe.TimestampMismatchError)


def retried(endpoint: Callable[P, R]) -> Callable[P, R]:
	"""Repeat a request that lost against another one.

	An endpoint is one transaction, so rolling it back undoes all of it; what it says after the last
	attempt tells the user to try again, never about locks.
	"""

	@wraps(endpoint)
	def run(*args: P.args, **kwargs: P.kwargs) -> R:
		for _attempt in range(ATTEMPTS):
			try:
				return endpoint(*args, **kwargs)
			except IN_THE_WAY:
				frappe.db.rollback()
				frappe.clear_messages()
			except frappe.QueryTimeoutError:
				break  # the database waited for a minute; the next one would be no better
		busy()

	return run
