"""What coordinators do to many records at once, from the lists of the Desk.

A few are done in the request, more by a job that tells how far it is. A broken rule of one record is in the
answer, with the record's name and why; the others are done.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.values import BulkValues
from mentor_ispe.jobs import bulk as jobs
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services.desk import bulk

AT_ONCE = 50
"""Records that are done while the user waits; more go to a job."""


@endpoint(COORDINATOR_ONLY, most_items=5_000)
def do(action: str, doctype: str, names: list[str], args: BulkValues | None = None) -> dict:
	"""Do `action` (services/desk/bulk.py) to each record; `job` names the job when they are many, else it is None."""
	wanted = bulk.checked(action, doctype, names, args or {})
	if len(wanted) > AT_ONCE:
		return {"job": jobs.start(action, doctype, wanted, args or {}), "done": [], "refused": []}
	return {"job": None, **asdict(bulk.carry_out(action, doctype, wanted, args or {}))}


@endpoint(COORDINATOR_ONLY, methods=READS)
def progress(job: str) -> dict:
	"""How far the user's own job is: `so_far`, `of`, `finished`, and at the end `done` and `refused`."""
	return jobs.progress(job)
