"""What a killed worker or an emptied queue left behind is taken up again, without anybody pressing a button."""

from __future__ import annotations

import frappe

from mentor_ispe.concurrency.lost_jobs import forget_if_killed
from mentor_ispe.concurrency.retries import for_each_in_transaction
from mentor_ispe.services.matching import publish

SCHEDULED = "Scheduled Job Type"


def process_lost_jobs() -> dict[str, int]:
	"""Free what the scheduler holds back for a dead job, and publish the match runs whose job is gone.

	Returns {"freed": scheduled jobs, "publications": match runs}.
	"""
	frappe.set_user("Administrator")
	return {"freed": sum(map(forget_if_killed, _scheduled())), "publications": len(_publish_again())}


def _scheduled() -> list[str]:
	"""The ids in the queue of our own scheduled jobs, this one left out."""
	names = frappe.get_all(
		SCHEDULED,
		{"method": ("like", "mentor_ispe.%"), "stopped": 0},
		pluck="name",
	)
	jobs = [frappe.get_doc(SCHEDULED, name) for name in names]
	return [job.rq_job_id for job in jobs if not job.method.endswith(f".{process_lost_jobs.__name__}")]


def _publish_again() -> list[str]:
	return for_each_in_transaction(
		publish.RUN, publish.abandoned(), publish.take_over, "Mentoring: a match run couldn't be published"
	)
