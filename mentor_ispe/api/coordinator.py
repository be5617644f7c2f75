"""What coordinators do, over HTTP and from the buttons of the Desk.

Every endpoint is a POST, needs the role Mentoring Coordinator (or System Manager), calls one service
and returns a plain dict. A broken rule answers 417 with the reasons in `_server_messages`.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict

import frappe
from frappe import _

from mentor_ispe.api.retry import retried
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership import registry
from mentor_ispe.services.applications import apply, review
from mentor_ispe.services.applications import waiting as waiting_clock
from mentor_ispe.services.applications import withdraw as withdrawing
from mentor_ispe.services.desk import bulk
from mentor_ispe.services.feedback import waive as waiving
from mentor_ispe.services.groups import answer, extension, group_life, moderators
from mentor_ispe.services.groups import propose as proposing
from mentor_ispe.services.health import health
from mentor_ispe.services.members import member_status
from mentor_ispe.services.programs import cycles
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import opening

ROLES = ("Mentoring Coordinator", "System Manager")
APPLICATIONS = ("Mentor", "Mentee")


def _names(names: list[str] | str) -> list[str]:
	names = frappe.parse_json(names) if isinstance(names, str) else names
	return [names] if isinstance(names, str) else list(names or [])


def _application(doctype: str) -> str:
	if doctype not in APPLICATIONS:
		frappe.throw(_("An application is a Mentor or a Mentee, not {0}.").format(doctype), exc=RuleViolation)
	return doctype


def _group(doc) -> dict:
	return {
		"name": doc.name,
		"title": doc.title,
		"status": doc.status,
		"mentor": doc.mentor,
		"mentor_status": doc.mentor_status if doc.mentor else None,
		"members": [
			{"mentee": row.mentee, "full_name": row.full_name, "status": row.status} for row in doc.members
		],
	}


def _record(doc) -> dict:
	return {"doctype": doc.doctype, "name": doc.name, "full_name": doc.full_name, "status": doc.status}


def _each(names: list[str], decide) -> dict:
	"""Decide on each by itself: what is refused for one person doesn't hold up the others."""
	if len(names) == 1:  # refused as any other request is
		return {"done": [_record(decide(names[0]))], "refused": []}
	done, refused = bulk.each(names, decide)
	return {
		"done": [_record(doc) for _name, doc in done],
		"refused": [{"name": name, "reason": why} for name, why in refused],
	}


@frappe.whitelist(methods=["POST"])
@retried
def approve(doctype: str, names: list[str] | str, note: str = "") -> dict:
	"""Approve applications; returns who was and, with the reason, who could not be."""
	frappe.only_for(ROLES)
	return _each(_names(names), lambda name: review.approve(_application(doctype), name, note))


@frappe.whitelist(methods=["POST"])
@retried
def reject(doctype: str, names: list[str] | str, note: str) -> dict:
	"""Reject applications, with words to the applicants."""
	frappe.only_for(ROLES)
	return _each(_names(names), lambda name: review.reject(_application(doctype), name, note))


@frappe.whitelist(methods=["POST"])
@retried
def withdraw(doctype: str, name: str, reason: str) -> dict:
	"""Withdraw someone from the cycle on their behalf; their seats become free."""
	frappe.only_for(ROLES)
	return _record(withdrawing.withdraw(_application(doctype), name, reason))


@frappe.whitelist(methods=["POST"])
@retried
def apply_for(profile: str, cycle: str, role: str, values: dict | str | None = None) -> dict:
	"""Enter an application for somebody, also after the window has closed."""
	frappe.only_for(ROLES)
	return _record(apply.apply(profile, cycle, role, frappe.parse_json(values)))


@frappe.whitelist(methods=["POST"])
@retried
def propose(
	cycle: str,
	mentees: list[str] | str,
	mentor: str | None = None,
	group: str | None = None,
	reasons: dict | str | None = None,
	moderator: str | None = None,
	title: str | None = None,
) -> dict:
	"""Propose a new group, or add people to `group`; everyone in it is asked."""
	frappe.only_for(ROLES)
	return _group(
		proposing.propose(cycle, _names(mentees), mentor, group, frappe.parse_json(reasons), moderator, title)
	)


@frappe.whitelist(methods=["POST"])
@retried
def propose_group(group: str) -> dict:
	"""Ask everyone in a drafted group."""
	frappe.only_for(ROLES)
	return _group(proposing.propose_group(group))


@frappe.whitelist(methods=["POST"])
@retried
def answer_for(group: str, profile: str, accept: bool | int, reason: str = "") -> dict:
	"""Record an answer that somebody gave by phone or mail."""
	frappe.only_for(ROLES)
	if frappe.utils.cint(accept):
		return _group(answer.accept(group, profile))
	return _group(answer.decline(group, profile, reason))


@frappe.whitelist(methods=["POST"])
@retried
def activate(group: str) -> dict:
	"""Start a group with those who accepted."""
	frappe.only_for(ROLES)
	return _group(group_life.activate(group))


@frappe.whitelist(methods=["POST"])
@retried
def complete(group: str) -> dict:
	"""Complete an active group."""
	frappe.only_for(ROLES)
	return _group(group_life.complete(group))


@frappe.whitelist(methods=["POST"])
@retried
def end_early(group: str, reason: str, kind: str = "Something Else") -> dict:
	"""End an active group before its time; `kind` is one of `services.ending.KINDS`."""
	frappe.only_for(ROLES)
	return _group(group_life.end_early(group, reason, kind))


@frappe.whitelist(methods=["POST"])
@retried
def hand_over(group: str, to: str, unwilling_too: bool | int = 0) -> dict:
	"""Make the member with the profile `to` the moderator; `unwilling_too`: they were asked and agreed."""
	frappe.only_for(ROLES)
	return _group(moderators.hand_over(group, to, unwilling_too=bool(frappe.utils.cint(unwilling_too))))


@frappe.whitelist(methods=["GET", "POST"])
@retried
def going_on(group: str) -> dict:
	"""Whether a group may go on in a next cycle, until when, and who has said what."""
	frappe.only_for(ROLES)
	return extension.state(group)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def waiting(cycle: str | None = None) -> list[dict]:
	"""Who waits for a decision or a match, nearest to waiting longer than promised first."""
	frappe.only_for(ROLES)
	return [asdict(each) for each in waiting_clock.waiting(cycle)]


@frappe.whitelist(methods=["POST"])
@retried
def cancel(group: str, reason: str = "") -> dict:
	"""Call off a group that hasn't started."""
	frappe.only_for(ROLES)
	return _group(group_life.cancel(group, reason))


@frappe.whitelist(methods=["POST"])
@retried
def remove_member(group: str, mentee: str, reason: str) -> dict:
	"""Free one member's seat; the others go on."""
	frappe.only_for(ROLES)
	return _group(group_life.remove_member(group, mentee, reason))


@frappe.whitelist(methods=["POST"])
@retried
def set_cycle_status(cycle: str, status: str) -> dict:
	"""Move a cycle to its next phase."""
	frappe.only_for(ROLES)
	doc = cycles.set_status(cycle, status)
	return {"name": doc.name, "status": doc.status}


@frappe.whitelist(methods=["GET", "POST"])
@retried
def funnel(cycle: str) -> dict:
	"""How many people and groups of a cycle are where: {side: {status: count}, "Mentoring Group": …}."""
	frappe.only_for((*ROLES, "Mentoring Committee"))
	return cycles.funnel(cycle)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def membership_sources() -> list[str]:
	"""Names of the membership sources that this site can choose from."""
	frappe.only_for(ROLES)
	return sorted(registry.sources())


@frappe.whitelist(methods=["POST"])
@retried
def refresh_standing(profile: str) -> dict:
	"""Ask the membership source about one person now."""
	frappe.only_for(ROLES)
	frappe.has_permission("Mentoring Profile", "write", profile, throw=True)
	return member_status.refresh_standing(profile)


@frappe.whitelist(methods=["POST"])
@retried
def publish_agreement(agreement: str) -> dict:
	"""Publish a drafted agreement in place of the version before."""
	frappe.only_for(ROLES)
	doc = agreements.publish(agreement)
	return {"name": doc.name, "version": doc.version, "status": doc.status}


@frappe.whitelist(methods=["POST"])
@retried
def new_agreement_version(agreement: str) -> dict:
	"""Draft the next version of an agreement."""
	frappe.only_for(ROLES)
	doc = agreements.new_version(agreement)
	return {"name": doc.name, "version": doc.version, "status": doc.status}


@frappe.whitelist(methods=["POST"])
@retried
def waive_feedback(request: str) -> dict:
	"""Let somebody off from feedback that is open or missed; an answer stays welcome."""
	frappe.only_for(ROLES)
	return _record(waiving.waive(request))


@frappe.whitelist(methods=["POST"])
@retried
def refresh_health(group: str) -> dict:
	"""Work out the health of a group now: its score, and what it needs a coordinator for."""
	frappe.only_for(ROLES)
	frappe.has_permission("Mentoring Group", "write", group, throw=True)
	return health.refresh(group)


@frappe.whitelist(methods=["POST"])
@retried
def open_notes(session: str, reason: str) -> dict:
	"""Read what a group wrote down of a meeting; the group is told, and reads the reason."""
	frappe.only_for(ROLES)
	frappe.has_permission("Mentoring Session", "read", session, throw=True)
	return opening.open_notes(session, frappe.session.user, reason)
