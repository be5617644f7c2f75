"""Do the same step for many records, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import frappe

from mentor_ispe.exceptions import LOST_TRANSACTION
from mentor_ispe.services.batches import in_transaction

_SAVEPOINT = "mentoring_one_by_one"


def one_by_one(doctype: str, names: Iterable[str], step: Callable[[str], object], failure: str) -> list[str]:
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
		except LOST_TRANSACTION:
			raise
		except frappe.ValidationError:
			frappe.db.rollback(save_point=_SAVEPOINT)
			_log(doctype, name, failure)
			return False

	try:
		return in_transaction(once)
	except LOST_TRANSACTION:
		_log(doctype, name, failure)
		frappe.db.commit()
		return False


def _log(doctype: str, name: str, failure: str) -> None:
	frappe.clear_messages()
	frappe.log_error(failure, reference_doctype=doctype, reference_name=name)
