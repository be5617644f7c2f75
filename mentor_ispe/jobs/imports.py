"""The check, the import and the undoing of a file, in the background.

Each batch is a transaction that also says what became of its rows. A job that is killed has done whole batches, and
whoever goes on finds the others as they were; one that was only thought dead finds the import no longer its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.translate import get_user_lang

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import (
	RETRYABLE_ERRORS,
	for_each_in_transaction,
	run_in_transaction,
	run_with_retries,
)
from mentor_ispe.domain.duplicates import DuplicateIndex
from mentor_ispe.exceptions import RuleViolation, error_text
from mentor_ispe.services.imports import checking, duplicates, importing, retention, rows, state, undoing
from mentor_ispe.services.imports.mappings import ROLL

TRIES = 5


def check(name: str, attempt: int) -> None:
	"""Say of every row of the file what would happen with it."""
	_run(name, attempt, state.CHECKING, partial(_check, name, attempt), "Checked", "Draft")


def carry_out(name: str, attempt: int) -> None:
	"""Import the rows that wait."""
	batches = partial(_in_batches, name, attempt, state.IMPORTING, importing.import_batch)
	_run(name, attempt, state.IMPORTING, batches, "Imported", "Imported")


def undo(name: str, attempt: int) -> None:
	"""Take back what the import did."""
	batches = partial(_in_batches, name, attempt, state.UNDOING, undoing.undo_batch)
	_run(name, attempt, state.UNDOING, batches, "Undone", "Imported")


def delete_old_rows() -> None:
	"""Every night: files and rows whose day is over."""
	frappe.set_user("Administrator")
	failure = "Mentoring: the rows of an import couldn't be deleted"
	for_each_in_transaction(state.IMPORT, retention.due(today()), retention.close, failure)


def _run(
	name: str, attempt: int, what: str, work: Callable[[], bool], after: str, after_refusal: str
) -> None:
	"""Do the work; whatever ends it, the import says so, and never that it is still under way."""
	frappe.local.lang = get_user_lang(frappe.session.user)
	frappe.db.rollback()  # what follows begins a transaction, and sees what others have committed
	try:
		if work():
			_end(name, attempt, what, {"status": after})
	except Exception as error:
		frappe.db.rollback()
		refused = isinstance(error, RuleViolation)
		words = (
			error_text(error)
			if refused
			else _("Something went wrong. Try again; nothing will be done twice.")
		)
		frappe.clear_messages()
		_end(name, attempt, what, {"status": after_refusal, "message": words})
		if not refused:
			raise


def _end(name: str, attempt: int, what: str, values: dict[str, Any]) -> None:
	run_in_transaction(partial(state.end, name, attempt, what, values), TRIES)


def _check(name: str, attempt: int) -> bool:
	doc = frappe.get_doc(state.IMPORT, name)
	chunks = checking.read_rows(doc)
	if not run_in_transaction(partial(_begin_check, name, attempt), TRIES):
		return False
	known = None if doc.kind == ROLL else duplicates.everybody()
	return all(_check_chunk(doc, attempt, chunk, known) for chunk in chunks)


def _begin_check(name: str, attempt: int) -> bool:
	if state.lock(name, attempt, state.CHECKING) is None:
		return False
	rows.delete({"mentoring_import": name})
	return True


def _check_chunk(doc: Any, attempt: int, chunk: list[rows.Row], known: DuplicateIndex | None) -> bool:
	# What is tried is taken back as a whole, with all that it would have set off.
	found = run_with_retries(partial(checking.find_fates, doc, chunk, known), RETRYABLE_ERRORS)
	frappe.db.rollback()
	return run_in_transaction(partial(_store, doc.name, attempt, found), TRIES)


def _store(name: str, attempt: int, found: list[rows.Row]) -> bool:
	if state.lock(name, attempt, state.CHECKING) is None:
		return False
	rows.store(name, found)
	state.report(name)
	return True


def _in_batches(name: str, attempt: int, what: str, batch: Callable[[Any], int]) -> bool:
	"""Batch after batch until none is left; False when the import belongs to somebody else by now."""

	def step() -> int | None:
		doc = state.lock(name, attempt, what)
		if doc is None:
			return None
		done = batch(doc)
		state.report(name)
		return done

	while done := run_in_transaction(step, TRIES):
		pass
	return done is not None
