"""Background jobs as the queue would show them, without a worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.utils.background_jobs import create_job_id, get_redis_conn
from rq import Worker
from rq.job import Job, JobStatus


@contextmanager
def job_in_queue(job_id: str, status: JobStatus, worker_lives: bool = True) -> Iterator[None]:
	"""A job of this id in the queue's records; one that is started belongs to a worker, alive or killed."""
	connection = get_redis_conn()
	worker = f"test-{frappe.generate_hash(length=8)}"
	key = f"{Worker.redis_worker_namespace_prefix}{worker}"
	job = Job.create("frappe.ping", connection=connection, id=create_job_id(job_id))
	job.worker_name = worker
	job.save()
	job.set_status(status)
	if worker_lives:
		connection.hset(key, "state", "busy")
		connection.expire(key, 600)
	try:
		yield
	finally:
		connection.delete(key, job.key)
