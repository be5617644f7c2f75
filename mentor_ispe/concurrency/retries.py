"""Run a transaction again when the database undid it for another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import frappe
from frappe import _
from psycopg2.extensions import TransactionRollbackError

P = ParamSpec("P")
R = TypeVar("R")
Errors = tuple[type[Exception], ...]

# People wait for a request; a job comes again tomorrow.
ATTEMPTS, ATTEMPTS_OF_JOBS = 8, 3
_SAVEPOINT = "mentoring_record"

SERIALIZATION_ERRORS: Errors = (frappe.QueryDeadlockError, TransactionRollbackError)
"""The database undid a transaction in favour of another one.

PostgreSQL does so when a row that is to be locked was changed after the transaction began to read; Frappe
leaves that error as its driver raised it.
"""

RETRYABLE_ERRORS: Errors = (*SERIALIZATION_ERRORS, frappe.QueryTimeoutError)
"""The database undid a transaction, or gave up waiting, in favour of another one: doing it again helps."""


class Busy(frappe.QueryDeadlockError, frappe.ValidationError):
	"""Somebody else is changing the same records; nothing was written, trying again helps."""


def raise_busy() -> NoReturn:  # type: ignore[misc]  # Frappe has no types: its throw never returns
	"""Raise the error that asks the user to try again."""
	frappe.throw(_("Someone else is changing the same records right now. Please try again."), exc=Busy)


def raise_retry(what_changed: str) -> NoReturn:
	"""Undo this transaction and have it done again: it read something that changed meanwhile."""
	raise frappe.QueryDeadlockError(what_changed)


def run_with_retries(
	transaction: Callable[[], R], errors: Errors = SERIALIZATION_ERRORS, attempts: int = ATTEMPTS
) -> R:
	"""Call `transaction`; from the start again when it raises one of `errors`, in the end Busy.

	It is to be the whole of a transaction, as each attempt that fails is rolled back. One that committed
	something before it failed is not repeated.
	"""
	committed: list[bool] = []
	for _attempt in range(attempts):
		frappe.db.after_commit.add(lambda: committed.append(True))
		try:
			return transaction()
		except errors:
			frappe.db.rollback()
			frappe.clear_messages()
			if committed:
				break
		except frappe.QueryTimeoutError:
			break  # the database waited for a minute; the next one would be no better
	raise_busy()


def retried(endpoint: Callable[P, R]) -> Callable[P, R]:
	"""Repeat an endpoint that lost against another request, or whose record was saved meanwhile."""

	@wraps(endpoint)
	def run(*args: P.args, **kwargs: P.kwargs) -> R:
		return run_with_retries(
			lambda: endpoint(*args, **kwargs), (*SERIALIZATION_ERRORS, frappe.TimestampMismatchError)
		)

	return run


def run_in_transaction(step: Callable[[], R], attempts: int = ATTEMPTS_OF_JOBS) -> R:
	"""Do a step of a job and commit; from the start again, `attempts` times in all, when it was undone."""
	for attempts_left in reversed(range(attempts)):
		try:
			result = step()
		except RETRYABLE_ERRORS:
			frappe.db.rollback()
			if not attempts_left:
				raise
		else:
			frappe.db.commit()
			return result
	raise AssertionError("unreachable")


def for_each_in_transaction(
	doctype: str, names: Iterable[str], step: Callable[[str], object], failure: str
) -> list[str]:
	"""Call `step` with each name and commit; return the names for which it said something true.

	A record for which a rule refuses the step keeps nobody else waiting: it is taken back, logged under the
	title `failure`, and left for the next run. One that lost its locks to somebody else is tried again.
	"""
	return [name for name in names if _alone(doctype, name, step, failure)]


def _alone(doctype: str, name: str, step: Callable[[str], object], failure: str) -> bool:
	def once() -> bool:
		frappe.db.savepoint(_SAVEPOINT)
		try:
			return bool(step(name))
		except RETRYABLE_ERRORS:
			raise
		except frappe.ValidationError:
			frappe.db.rollback(save_point=_SAVEPOINT)
			_log(doctype, name, failure)
			return False

	try:
		return run_in_transaction(once)
	except RETRYABLE_ERRORS:
		_log(doctype, name, failure)
		frappe.db.commit()
		return False


def _log(doctype: str, name: str, failure: str) -> None:
	frappe.clear_messages()
	frappe.log_error(failure, reference_doctype=doctype, reference_name=name)
