"""Match runs in the background, and the daily look at unanswered proposals."""

from __future__ import annotations

from collections.abc import Callable

import frappe

from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.exceptions import RuleViolation, error_text
from mentor_ispe.services.matching import proposal_reminders, publish, runs
from mentor_ispe.services.matching.job_liveness import report_progress

TRIES = 5


def carry_out(run: str) -> str:
	"""Do a queued match run; an error that nobody foresaw leaves it Failed, never Running for ever."""
	if not runs.mark_running(run):
		frappe.db.rollback()
		return ""
	frappe.db.commit()
	try:
		status = runs.carry_out(run)
	except Exception:
		frappe.db.rollback()
		runs.fail(run)
		frappe.db.commit()
		raise
	frappe.db.commit()
	return status


def publish_run(run: str) -> dict[str, int]:
	"""Publish a run in one transaction; after an error nothing of it is there and the run is Ready again.

	The database may undo it in favour of members who act on the same records; then it is done again.
	Returns how many groups were made and refused, nothing when another job published the run.
	"""
	try:
		return run_in_transaction(lambda: _publish_if_due(run), TRIES)
	except Exception as error:
		frappe.db.rollback()
		refused = isinstance(error, RuleViolation)
		runs.back_to_ready(run, error_text(error) if refused else "")
		frappe.db.commit()
		if refused:
			return {}
		raise


def _publish_if_due(run: str) -> dict[str, int]:
	return publish.publish(run, progress=_teller(run)) if publish.is_due(run) else {}


def _teller(run: str) -> Callable[[float], None]:
	"""Tells the page of every percent of a publication, once."""
	told = -1

	def tell(share: float) -> None:
		nonlocal told
		if int(100 * share) > told:
			told = int(100 * share)
			report_progress(run, "publish", share)

	return tell


def process_answers() -> dict[str, int]:
	"""Remind those who haven't answered, and let go of what is overdue."""
	try:
		reminded = proposal_reminders.remind()
		frappe.db.commit()
	except Exception:
		# What isn't said today is said tomorrow; the answers that are overdue don't wait for it.
		frappe.db.rollback()
		frappe.log_error("Mentoring: reminders of proposals couldn't be posted")
		frappe.db.commit()
		reminded = 0
	return {"reminded": reminded, "expired": len(proposal_reminders.expire())}
