"""Keep what people write in private out of the Error Log, should an endpoint break down.

Frappe logs a breakdown together with the value of every variable on the way, the request's own words
among them. Staff read that log.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from traceback import extract_tb
from typing import ParamSpec, TypeVar

import frappe
from frappe import _

P = ParamSpec("P")
R = TypeVar("R")


class BrokenDown(frappe.SecurityException):
	"""Something broke where private words were at hand. Frappe logs no variables of errors of this kind."""

	http_status_code = 500


def redact_errors(endpoint: Callable[P, R]) -> Callable[P, R]:
	"""Log where an unforeseen error happened and of what kind it is, and no values; nothing is kept of the request."""

	@wraps(endpoint)
	def run(*args: P.args, **kwargs: P.kwargs) -> R:
		try:
			return endpoint(*args, **kwargs)
		except Exception as error:
			if getattr(error, "http_status_code", 500) < 500:
				raise
			frappe.db.rollback()
			_log(endpoint.__name__, error)
		raise BrokenDown(
			_(
				"Something went wrong, and nothing was saved. Try again, or ask the coordinators, who can see the error."
			)
		)

	return run


def _log(name: str, error: Exception) -> None:
	steps = [f"{step.filename}:{step.lineno} {step.name}" for step in extract_tb(error.__traceback__)]
	frappe.log_error(
		title=f"Mentoring: {name} broke down ({type(error).__name__})",
		message="\n".join([*steps, type(error).__name__]),
		defer_insert=True,  # what the request wrote is rolled back, this isn't
	)
