"""Match runs over HTTP and from the Desk, for coordinators; what members wish is in api/member.py.

Every endpoint needs the role Mentoring Coordinator (or System Manager); those that change something are
POST. A broken rule answers 417 with the reasons.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Annotated

import frappe

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Count, exists
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services.matching import adjust, runs, view
from mentor_ispe.services.matching import choices as choosing
from mentor_ispe.services.matching import publish as publishing

Run = Annotated[str, exists("Mentoring Match Run")]


@endpoint(COORDINATOR_ONLY)
def new_run(cycle: str) -> dict:
	"""Make a run over everyone in the cycle who is open, by the program's rules, and start it."""
	doc = frappe.new_doc("Mentoring Match Run")
	doc.cycle = cycle
	doc.insert()
	return _state(runs.start(doc.name))


@endpoint(COORDINATOR_ONLY)
def start(run: Run) -> dict:
	"""Do a run, or do it again, in the background."""
	return _state(runs.start(run))


@endpoint(COORDINATOR_ONLY)
def stop(run: Run) -> dict:
	"""Ask a run under way to stop."""
	runs.stop(run)
	return {"name": run}


@endpoint(COORDINATOR_ONLY, methods=READS)
def figures(run: Run) -> dict:
	"""Figures of the run, its summary, and how far it is."""
	return view.figures(run)


@endpoint(COORDINATOR_ONLY, methods=READS)
def proposals(
	run: Run, state: str | None = None, search: str = "", start: Count = 0, page_length: Count = 50
) -> dict:
	"""One page of who is with whom, and who with nobody."""
	return view.proposals(run, state, search, start, page_length)


@endpoint(COORDINATOR_ONLY, methods=READS)
def compare(run: Run, other: Run) -> dict:
	"""Two runs side by side."""
	return view.compare(run, other)


@endpoint(COORDINATOR_ONLY)
def move(run: Run, mentee: str, mentor: str | None = None, group: str | None = None) -> dict:
	"""Give a mentee another mentor or, where the run forms groups, another group of it, or none.

	Returns the effect on the total, and warnings in words.
	"""
	return adjust.move(run, mentee, mentor or None, group or None)


@endpoint(COORDINATOR_ONLY)
def swap(run: Run, mentee: str, other: str) -> dict:
	"""Let two people of a run change places; returns the effect on the total."""
	return adjust.swap(run, mentee, other)


@endpoint(COORDINATOR_ONLY)
def moderate(run: Run, mentee: str) -> dict:
	"""Make somebody the moderator of their group in a run."""
	return adjust.moderate(run, mentee)


@endpoint(COORDINATOR_ONLY)
def add_mentor(run: Run, group: str, mentor: str) -> dict:
	"""Give a group of a run one more mentor, where the program lets its groups have several."""
	return adjust.add_mentor(run, group, mentor)


@endpoint(COORDINATOR_ONLY)
def remove_mentor(run: Run, group: str, mentor: str) -> dict:
	"""Take such a mentor back."""
	return adjust.remove_mentor(run, group, mentor)


@endpoint(COORDINATOR_ONLY, methods=READS)
def mentors_for_group(run: Run, group: str, limit: Count = 20) -> list[dict]:
	"""Mentors with a free seat for everybody in a group of a run, best first."""
	return choosing.mentors_for_group(run, group, limit)


@endpoint(COORDINATOR_ONLY)
def pin(run: Run, mentee: str, mentor: str) -> dict:
	"""Keep two people together, in this run and the next."""
	return adjust.pin(run, mentee, mentor)


@endpoint(COORDINATOR_ONLY)
def unpin(run: Run, mentee: str, mentor: str) -> dict:
	"""Take a pin back; the two stay together in this run."""
	return adjust.unpin(run, mentee, mentor)


@endpoint(COORDINATOR_ONLY)
def release(run: Run, mentee: str | None = None) -> dict:
	"""Let the next run decide anew about what was changed by hand: of one mentee, or of all."""
	return adjust.release(run, mentee or None)


@endpoint(COORDINATOR_ONLY)
def forbid(run: Run, mentee: str, mentor: str, reason: str = "") -> dict:
	"""Never put two people together, in this run and the next."""
	return adjust.forbid(run, mentee, mentor, reason)


@endpoint(COORDINATOR_ONLY, methods=READS)
def choices(cycle: str, mentee: str, run: Run | None = None, limit: Count = 20) -> list[dict]:
	"""Places for one mentee, best first, with reasons: mentors, or the groups of a run; full ones say why."""
	return choosing.choices(cycle, mentee, run or None, limit)


@endpoint(COORDINATOR_ONLY, methods=READS)
def preview(run: Run) -> dict:
	"""What a run that forms groups would come to, within a few percent, at once; nothing is kept."""
	return runs.preview(run)


@endpoint(COORDINATOR_ONLY)
def publish(run: Run) -> dict:
	"""Publish a finished run in the background, as one transaction."""
	return _state(publishing.start(run))


def _state(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "cycle": doc.cycle}
