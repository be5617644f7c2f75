"""Match runs over HTTP and from the Desk, for coordinators; what members wish is in api/member.py.

Every endpoint needs the role Mentoring Coordinator (or System Manager); those that change something are
POST. A broken rule answers 417 with the reasons.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe.utils import cint

from mentor_ispe.api.coordinator import ROLES
from mentor_ispe.api.retry import retried
from mentor_ispe.services.matching import adjust, view
from mentor_ispe.services.matching import choices as choosing
from mentor_ispe.services.matching import preview as previewing
from mentor_ispe.services.matching import publish as publishing
from mentor_ispe.services.matching import run as runs


@frappe.whitelist(methods=["POST"])
@retried
def new_run(cycle: str) -> dict:
	"""Make a run over everyone in the cycle who is open, by the program's rules, and start it."""
	frappe.only_for(ROLES)
	doc = frappe.new_doc("Mentoring Match Run")
	doc.cycle = cycle
	doc.insert()
	return _state(runs.start(doc.name))


@frappe.whitelist(methods=["POST"])
@retried
def start(run: str) -> dict:
	"""Do a run, or do it again, in the background."""
	frappe.only_for(ROLES)
	return _state(runs.start(run))


@frappe.whitelist(methods=["POST"])
@retried
def stop(run: str) -> dict:
	"""Ask a run under way to stop."""
	frappe.only_for(ROLES)
	runs.stop(run)
	return {"name": run}


@frappe.whitelist(methods=["GET", "POST"])
@retried
def figures(run: str) -> dict:
	"""Figures of the run, its summary, and how far it is."""
	_may_read(run)
	return view.figures(run)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def proposals(
	run: str, state: str | None = None, search: str = "", start: int = 0, page_length: int = 50
) -> dict:
	"""One page of who is with whom, and who with nobody."""
	_may_read(run)
	return view.proposals(run, state, search, start, page_length)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def compare(run: str, other: str) -> dict:
	"""Two runs side by side."""
	_may_read(run)
	_may_read(other)
	return view.compare(run, other)


@frappe.whitelist(methods=["POST"])
@retried
def move(run: str, mentee: str, mentor: str | None = None, group: str | None = None) -> dict:
	"""Give a mentee another mentor or, where the run forms groups, another group of it, or none.

	Returns the effect on the total, and warnings in words.
	"""
	frappe.only_for(ROLES)
	return adjust.move(run, mentee, mentor or None, group or None)


@frappe.whitelist(methods=["POST"])
@retried
def swap(run: str, mentee: str, other: str) -> dict:
	"""Let two people of a run change places; returns the effect on the total."""
	frappe.only_for(ROLES)
	return adjust.swap(run, mentee, other)


@frappe.whitelist(methods=["POST"])
@retried
def moderate(run: str, mentee: str) -> dict:
	"""Make somebody the moderator of their group in a run."""
	frappe.only_for(ROLES)
	return adjust.moderate(run, mentee)


@frappe.whitelist(methods=["POST"])
@retried
def pin(run: str, mentee: str, mentor: str) -> dict:
	"""Keep two people together, in this run and the next."""
	frappe.only_for(ROLES)
	return adjust.pin(run, mentee, mentor)


@frappe.whitelist(methods=["POST"])
@retried
def unpin(run: str, mentee: str, mentor: str) -> dict:
	"""Take a pin back; the two stay together in this run."""
	frappe.only_for(ROLES)
	return adjust.unpin(run, mentee, mentor)


@frappe.whitelist(methods=["POST"])
@retried
def forbid(run: str, mentee: str, mentor: str, reason: str = "") -> dict:
	"""Never put two people together, in this run and the next."""
	frappe.only_for(ROLES)
	return adjust.forbid(run, mentee, mentor, reason)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def choices(cycle: str, mentee: str, run: str | None = None, limit: int = 20) -> list[dict]:
	"""Places for one mentee, best first, with reasons: mentors, or the groups of a run; full ones say why."""
	frappe.only_for(ROLES)
	return choosing.choices(cycle, mentee, run or None, cint(limit))


@frappe.whitelist(methods=["GET", "POST"])
@retried
def preview(run: str) -> dict:
	"""What a run that forms groups would come to, within a few percent, at once; nothing is kept."""
	frappe.only_for(ROLES)
	return previewing.preview(run)


@frappe.whitelist(methods=["POST"])
@retried
def publish(run: str) -> dict:
	"""Publish a finished run in the background, as one transaction."""
	frappe.only_for(ROLES)
	return _state(publishing.start(run))


def _may_read(run: str) -> None:
	frappe.only_for((*ROLES, "Mentoring Committee"))
	frappe.has_permission("Mentoring Match Run", "read", run, throw=True)


def _state(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "cycle": doc.cycle}
