"""Run a request whole: with all that it needs, and again when another one got in its way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

import frappe
from frappe import _

from mentor_ispe.exceptions import UNDONE, RuleViolation
from mentor_ispe.services.give_way import ATTEMPTS, busy

P = ParamSpec("P")
R = TypeVar("R")

IN_THE_WAY = (*UNDONE, frappe.TimestampMismatchError)


def retried(endpoint: Callable[P, R]) -> Callable[P, R]:
	"""Refuse a request that lacks something in words, and repeat one that lost against another one.

	An endpoint is one transaction, so rolling it back undoes all of it; what it says after the last
	attempt tells the user to try again, never about locks.
	"""
	wanted = signature(endpoint)

	@wraps(endpoint)
	def run(*args: P.args, **kwargs: P.kwargs) -> R:
		try:
			wanted.bind(*args, **kwargs)
		except TypeError as error:
			frappe.throw(_("This request can't be done: {0}.").format(error), exc=RuleViolation)
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
