"""Whether the background job that has a run is still there: a worker may be killed at any moment."""

from __future__ import annotations

from datetime import timedelta

from frappe.utils import get_datetime, now_datetime
from frappe.utils.background_jobs import get_job
from redis.exceptions import RedisError
from rq import Worker
from rq.job import JobStatus

RUN_JOB, PUBLISH_JOB = "mentoring-match-run-{0}", "mentoring-publish-{0}"
"""Ids of the jobs, by the name of the run."""
JOB_OF = {"Queued": RUN_JOB, "Running": RUN_JOB, "Publishing": PUBLISH_JOB}
"""The job that a run under way waits for, by its status."""

# A run is marked a moment before its job is in the queue.
_JUST_ASKED = timedelta(seconds=10)
_WAITING = (JobStatus.QUEUED, JobStatus.DEFERRED, JobStatus.SCHEDULED)


def is_abandoned(run: str, status: str, modified: object) -> bool:
	"""Whether a run says that it is under way while no job is: its worker was killed, or the queue emptied.

	`modified` is when the run was marked last. A killed worker is noticed when its heartbeat stays away,
	after a minute and a half at most. When the queue itself can't be asked, the answer is no.
	"""
	if status not in JOB_OF or get_datetime(modified) > now_datetime() - _JUST_ASKED:
		return False
	try:
		return not _is_alive(JOB_OF[status].format(run))
	except RedisError:
		return False


def _is_alive(job_id: str) -> bool:
	job = get_job(job_id)
	if job is None:
		return False
	status = job.get_status()
	if status in _WAITING:
		return True
	# A job whose worker died is "started" for long; the worker's own entry expires without a heartbeat.
	return status == JobStatus.STARTED and bool(
		job.worker_name and job.connection.exists(f"{Worker.redis_worker_namespace_prefix}{job.worker_name}")
	)


def forget(job_id: str) -> None:
	"""Take a job that nobody works on out of the queue's records, so that its id is free again."""
	job = get_job(job_id)
	if job is not None:
		job.delete()
