"""The background job that has a run: whether it is still there, how far it is, and whether it is to stop.

Progress and the wish to stop are kept in the cache, so that nobody waits for a lock.
"""

from __future__ import annotations

import frappe

from mentor_ispe.concurrency.lost_jobs import is_lost
from mentor_ispe.services.matching.layout import RUN

RUN_JOB, PUBLISH_JOB = "mentoring-match-run-{0}", "mentoring-publish-{0}"
"""Ids of the jobs, by the name of the run."""
JOB_OF = {"Queued": RUN_JOB, "Running": RUN_JOB, "Publishing": PUBLISH_JOB}
"""The job that a run under way waits for, by its status."""


def is_abandoned(run: str, status: str, modified: object) -> bool:
	"""Whether a run says that it is under way while no job is: its worker was killed, or the queue emptied.

	`modified` is when the run was marked last.
	"""
	return status in JOB_OF and is_lost(JOB_OF[status].format(run), modified)


def is_to_stop(run: str) -> bool:
	"""Whether somebody asked the run to stop; each time from the cache itself, never from this process's copy."""
	return bool(frappe.cache.get_value(_stop_key(run), expires=True))


def progress_of(run: str) -> dict:
	"""{"step", "percent"} of a run under way, as last said."""
	return frappe.cache.get_value(_progress_key(run), expires=True) or {}


def ask_to_stop(run: str) -> None:
	"""Leave word that the run is to stop; its job sees it at the next step."""
	frappe.cache.set_value(_stop_key(run), 1, expires_in_sec=7200)


def forget_progress(run: str) -> None:
	"""What was said and asked of a job before this one."""
	frappe.cache.delete_value(_stop_key(run))
	frappe.cache.delete_value(_progress_key(run))


def report_progress(run: str, step: str, share: float) -> None:
	"""Tell the page how far a step is; `share` from 0 to 1."""
	frappe.cache.set_value(
		_progress_key(run), {"step": step, "percent": round(100 * share)}, expires_in_sec=3600
	)
	frappe.publish_realtime(
		"mentoring_match_progress",
		{"run": run, "step": step, "percent": round(100 * share)},
		doctype=RUN,
		docname=run,
	)


def _stop_key(run: str) -> str:
	return f"mentoring_match_stop:{run}"


def _progress_key(run: str) -> str:
	return f"mentoring_match_progress:{run}"
