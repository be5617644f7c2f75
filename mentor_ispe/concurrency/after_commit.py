"""Jobs that a transaction calls for; they begin when it is committed, never when it is undone."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.concurrency.lost_jobs import forget_if_killed

PLANNED = "mentoring_jobs_after_commit"


def enqueue_after_commit(method: str, queue: str = "long") -> None:
	"""Enqueue the job once this transaction is committed, however often it was called for.

	Jobs of the same method wait for one another. What can't be enqueued must be done later without us, as by
	the same job in the night: what was committed stays committed.
	"""
	planned = frappe.flags.setdefault(PLANNED, {})
	if not planned:
		frappe.db.after_commit.add(_enqueue_planned)
		frappe.db.after_rollback.add(planned.clear)
	planned[method] = queue


def _enqueue_planned() -> None:
	planned = dict(frappe.flags[PLANNED])
	frappe.flags[PLANNED].clear()
	for method, queue in planned.items():
		_enqueue(method, queue=queue, job_id=method, deduplicate=True)


def enqueue_each_after_commit(method: str, **values: Any) -> None:
	"""Enqueue a job with these values once this transaction is committed; what can't be enqueued is lost."""
	frappe.db.after_commit.add(lambda: _enqueue(method, queue="default", **values))


def _enqueue(method: str, **options: Any) -> None:
	try:
		if "job_id" in options:
			forget_if_killed(options["job_id"])
		frappe.enqueue(method, **options)
	except Exception:
		frappe.logger("mentor_ispe").warning("%s couldn't be enqueued", method, exc_info=True)
