"""Have a nightly job run now as well, once the step that calls for it is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_cycle.mentoring_cycle import MentoringCycle

# What a cycle's new status calls for; every one of these jobs would do it the next night anyway.
JOB_OF = {
	"Open": "mentor_ispe.jobs.cycles.process_next_cycles",
	"Running": "mentor_ispe.jobs.cycles.start_groups",
}


def enqueue_job_of_status(doc: MentoringCycle) -> None:
	"""Called by the controller after each save of a cycle."""
	stored = doc.get_doc_before_save()
	if doc.status in JOB_OF and (stored is None or stored.status != doc.status):
		enqueue_after_commit(JOB_OF[doc.status])


def enqueue_after_commit(method: str) -> None:
	"""Enqueue `method` when this transaction is committed; jobs of the same method wait for one another."""
	frappe.db.after_commit.add(lambda: _enqueue(method))


def _enqueue(method: str) -> None:
	try:
		frappe.enqueue(method, queue="long", job_id=method, deduplicate=True)
	except Exception:
		# What was committed stays committed; the job runs tonight.
		frappe.logger("mentor_ispe").warning("%s couldn't be enqueued", method, exc_info=True)
