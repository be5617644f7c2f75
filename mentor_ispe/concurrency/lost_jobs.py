"""Background jobs whose worker was killed, or whose queue was emptied, before they were done.

The queue goes on counting a killed worker's job as "started" until its time is up, a quarter of an hour for
most, and takes no other one with its id for so long. The worker's own entry expires without a heartbeat, after
a minute and a half at most: that tells the dead from the slow.
"""

from __future__ import annotations

from datetime import timedelta

from frappe.utils import get_datetime, now_datetime
from frappe.utils.background_jobs import get_job
from redis.exceptions import RedisError
from rq import Worker
from rq.job import Job, JobStatus

# What a job is for is marked a moment before the job is in the queue.
_JUST_ASKED = timedelta(seconds=10)
_WAITING = (JobStatus.QUEUED, JobStatus.DEFERRED, JobStatus.SCHEDULED)


def is_lost(job_id: str, asked_on: object) -> bool:
	"""Whether a job that was asked for then is neither waiting nor being worked on.

	When the queue itself can't be asked, the answer is no.
	"""
	if get_datetime(asked_on) > now_datetime() - _JUST_ASKED:
		return False
	try:
		job = get_job(job_id)
		return job is None or not (job.get_status() in _WAITING or _is_worked_on(job))
	except RedisError:
		return False


def forget(job_id: str) -> None:
	"""Take a job that nobody works on out of the queue's records, so that its id is free again."""
	job = get_job(job_id)
	if job is not None:
		job.delete()


def forget_if_killed(job_id: str) -> bool:
	"""Free the id of a job whose worker was killed; returns whether it was."""
	job = get_job(job_id)
	if job is None or job.get_status() != JobStatus.STARTED or _is_worked_on(job):
		return False
	job.delete()
	return True


def _is_worked_on(job: Job) -> bool:
	return job.get_status() == JobStatus.STARTED and bool(
		job.worker_name and job.connection.exists(f"{Worker.redis_worker_namespace_prefix}{job.worker_name}")
	)
