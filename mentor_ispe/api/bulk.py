"""What coordinators do to many records at once, from the lists of the Desk.

A few are done in the request, more by a job that tells how far it is. A broken rule of one record is in the
answer, with the record's name and why; the others are done.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict

import frappe

from mentor_ispe.api.retry import retried
from mentor_ispe.jobs import bulk as jobs
from mentor_ispe.services.desk import bulk

ROLES = ("Mentoring Coordinator", "System Manager")
AT_ONCE = 50
"""Records that are done while the user waits; more go to a job."""


@frappe.whitelist(methods=["POST"])
@retried
def do(action: str, doctype: str, names: list[str] | str, args: dict | str | None = None) -> dict:
	"""Do `action` (services/desk/bulk.py) to each record; `job` names the job when they are many, else it is None."""
	frappe.only_for(ROLES)
	names = frappe.parse_json(names) if isinstance(names, str) else names
	args = frappe.parse_json(args) if isinstance(args, str) else args
	wanted = bulk.checked(action, doctype, names or [], args or {})
	if len(wanted) > AT_ONCE:
		return {"job": jobs.start(action, doctype, wanted, args or {}), "done": [], "refused": []}
	return {"job": None, **asdict(bulk.carry_out(action, doctype, wanted, args or {}))}


@frappe.whitelist(methods=["GET", "POST"])
@retried
def progress(job: str) -> dict:
	"""How far the user's own job is: `so_far`, `of`, `finished`, and at the end `done` and `refused`."""
	frappe.only_for(ROLES)
	return jobs.progress(job)
