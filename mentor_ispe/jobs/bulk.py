"""Many records at once, in the background: each in a transaction of its own, with a progress to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from typing import Any

import frappe
from frappe import _

from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.desk.bulk import Outcome, carry_out

TRIES = 5
KEPT_SECONDS = 24 * 3600
"""How long one may ask what came of it."""
TOLD_EVERY = 10


def start(action: str, doctype: str, names: list[str], args: Mapping[str, Any]) -> str:
	"""Queue it as the user who asks; the same asked for again while it runs is the same job. Returns its name."""
	asked = frappe.as_json([frappe.session.user, action, doctype, sorted(names), dict(args)])
	job = sha256(asked.encode()).hexdigest()[:20]
	if (_stored(job) or {}).get("finished", True):
		_tell(job, {"so_far": 0, "of": len(names), "finished": False})
	frappe.enqueue(
		"mentor_ispe.jobs.bulk.run",
		queue="long",
		timeout=3600,
		job_id=f"mentoring-bulk-{job}",
		deduplicate=True,
		job=job,
		action=action,
		doctype=doctype,
		names=names,
		args=dict(args),
	)
	return job


def run(job: str, action: str, doctype: str, names: list[str], args: dict[str, Any]) -> dict[str, Any]:
	"""Do it to each, committing after each; killed and started again, it finds the first ones done."""
	outcome = Outcome()
	try:
		for so_far, name in enumerate(names, 1):
			outcome.add(run_in_transaction(partial(carry_out, action, doctype, [name], args), TRIES))
			if so_far % TOLD_EVERY == 0:
				_tell(job, {"so_far": so_far, "of": len(names), "finished": False})
	finally:
		# Also when something nobody foresaw ends it: what was done until then was done.
		reached = len(outcome.done) + len(outcome.refused)
		result = {"so_far": reached, "of": len(names), "finished": True, **asdict(outcome)}
		_tell(job, result)
	return result


def progress(job: str) -> dict[str, Any]:
	"""How far a job of this user is. Raises RuleViolation for any other."""
	told = _stored(job)
	if not told or told.get("user") != frappe.session.user:
		frappe.throw(_("This task no longer exists."), exc=RuleViolation)
	return {key: value for key, value in told.items() if key != "user"}


def _key(job: str) -> str:
	return f"mentoring_bulk|{job}"


def _stored(job: str) -> dict[str, Any] | None:
	return frappe.cache.get_value(_key(job), expires=True)


def _tell(job: str, state: dict[str, Any]) -> None:
	told = {"user": frappe.session.user, **state}
	frappe.cache.set_value(_key(job), told, expires_in_sec=KEPT_SECONDS)
