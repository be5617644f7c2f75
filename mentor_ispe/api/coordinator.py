"""What coordinators do, over HTTP and from the buttons of the Desk.

Every endpoint is a POST, needs the role Mentoring Coordinator (or System Manager), calls one service
and returns a plain dict. A broken rule answers 417 with the reasons in `_server_messages`.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict
from typing import cast

import frappe
from frappe import _

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Count, DayOrNone
from mentor_ispe.api.values import ApplicationValues
from mentor_ispe.domain.application_fields import Role
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership import registry
from mentor_ispe.permissions.gate import COMMITTEE_TOO, COORDINATOR_ONLY
from mentor_ispe.services.applications import commands
from mentor_ispe.services.applications import waiting as waiting_clock
from mentor_ispe.services.conversation import opening
from mentor_ispe.services.desk import bulk
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import ending, extension, moderators, pauses
from mentor_ispe.services.health import health
from mentor_ispe.services.members import login_moves, member_status
from mentor_ispe.services.membership import commands as memberships
from mentor_ispe.services.programs import commands as programs
from mentor_ispe.services.programs import queries
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import notes

APPLICATIONS = ("Mentor", "Mentee")


def _application(doctype: str) -> str:
	if doctype not in APPLICATIONS:
		frappe.throw(_("Choose Mentor or Mentee, not {0}.").format(doctype), exc=RuleViolation)
	return doctype


def _group(doc) -> dict:
	return {
		"name": doc.name,
		"title": doc.title,
		"status": doc.status,
		"mentor": doc.mentor,
		"seats": [
			{
				"role": row.role,
				"participant": row.participant,
				"full_name": row.full_name,
				"status": row.status,
			}
			for row in doc.seats
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


@endpoint(COORDINATOR_ONLY, most_items=1_000)
def approve(doctype: str, names: list[str], note: str = "") -> dict:
	"""Approve applications; returns who was and, with the reason, who could not be."""
	return _each(names, lambda name: commands.approve(_application(doctype), name, note))


@endpoint(COORDINATOR_ONLY, most_items=1_000)
def reject(doctype: str, names: list[str], note: str) -> dict:
	"""Reject applications, with words to the applicants."""
	return _each(names, lambda name: commands.reject(_application(doctype), name, note))


@endpoint(COORDINATOR_ONLY)
def withdraw(doctype: str, name: str, reason: str) -> dict:
	"""Withdraw someone from the cycle on their behalf; their seats become free."""
	frappe.has_permission(_application(doctype), "write", name, throw=True)
	return _record(commands.withdraw(_application(doctype), name, reason))


@endpoint(COORDINATOR_ONLY)
def apply_for(profile: str, cycle: str, role: str, values: ApplicationValues | None = None) -> dict:
	"""Enter an application for somebody, also after the window has closed."""
	return _record(commands.apply(profile, cycle, cast(Role, role), values))


@endpoint(COORDINATOR_ONLY, most_items=1_000)
def propose(
	cycle: str,
	mentees: list[str],
	mentor: str | None = None,
	group: str | None = None,
	reasons: dict[str, str] | None = None,
	moderator: str | None = None,
	title: str | None = None,
) -> dict:
	"""Propose a new group, or add people to `group`; everyone in it is asked."""
	return _group(group_commands.propose(cycle, mentees, mentor, group, reasons, moderator, title))


@endpoint(COORDINATOR_ONLY)
def propose_group(group: str) -> dict:
	"""Ask everyone in a drafted group."""
	return _group(group_commands.propose_group(group))


@endpoint(COORDINATOR_ONLY)
def answer_for(group: str, profile: str, accept: bool, reason: str = "") -> dict:
	"""Record an answer that somebody gave by phone or mail."""
	frappe.has_permission("Mentoring Group", "write", group, throw=True)
	if accept:
		return _group(group_commands.accept(group, profile))
	return _group(group_commands.decline(group, profile, reason))


@endpoint(COORDINATOR_ONLY)
def activate(group: str) -> dict:
	"""Start a group with those who accepted."""
	return _group(group_commands.activate(group))


@endpoint(COORDINATOR_ONLY)
def complete(group: str) -> dict:
	"""Complete an active group."""
	return _group(group_commands.complete(group))


@endpoint(COORDINATOR_ONLY)
def end_early(group: str, reason: str, kind: str = "Something Else") -> dict:
	"""End an active group before its time; `kind` is one of `services.ending.KINDS`."""
	return _group(ending.end_early(group, reason, kind))


@endpoint(COORDINATOR_ONLY)
def hand_over(group: str, to: str, unwilling_too: bool = False) -> dict:
	"""Make the member with the profile `to` the moderator; `unwilling_too`: they were asked and agreed."""
	frappe.has_permission("Mentoring Group", "write", group, throw=True)
	return _group(moderators.hand_over(group, to, unwilling_too=unwilling_too))


@endpoint(COORDINATOR_ONLY, methods=READS)
def going_on(group: str) -> dict:
	"""Whether a group may go on in a next cycle, until when, and who has said what."""
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	return extension.state(group)


@endpoint(COORDINATOR_ONLY, methods=READS)
def waiting(cycle: str | None = None) -> list[dict]:
	"""Who waits for a decision or a match, nearest to waiting longer than promised first."""
	return [asdict(each) for each in waiting_clock.waiting(cycle)]


@endpoint(COORDINATOR_ONLY)
def cancel(group: str, reason: str = "") -> dict:
	"""Call off a group that hasn't started."""
	return _group(group_commands.cancel(group, reason))


@endpoint(COORDINATOR_ONLY)
def remove_person(group: str, participant: str, reason: str) -> dict:
	"""Free one person's seat, a mentor's too; the others go on."""
	return _group(group_commands.remove_person(group, participant, reason))


@endpoint(COORDINATOR_ONLY)
def replace_mentor(group: str, mentor: str, successor: str, reason: str) -> dict:
	"""Let another mentor take over; the one who goes keeps what they did."""
	return _group(group_commands.replace_mentor(group, mentor, successor, reason))


@endpoint(COORDINATOR_ONLY)
def pause_person(group: str, profile: str, returns_on: DayOrNone = None, first: DayOrNone = None) -> dict:
	"""Note that somebody is away from `first` (else today) until the day of return; without one they are back."""
	frappe.has_permission("Mentoring Group", "write", group, throw=True)
	if returns_on is None:
		return _group(pauses.come_back(group, profile, by_staff=True))
	return _group(pauses.pause(group, profile, returns_on, first, by_staff=True))


@endpoint(COORDINATOR_ONLY)
def set_cycle_status(cycle: str, status: str) -> dict:
	"""Move a cycle to its next phase."""
	doc = programs.set_cycle_status(cycle, status)
	return {"name": doc.name, "status": doc.status}


@endpoint(COMMITTEE_TOO, methods=READS)
def funnel(cycle: str) -> dict:
	"""How many people and groups of a cycle are where: {side: {status: count}, "Mentoring Group": …}."""
	return queries.funnel(cycle)


@endpoint(COORDINATOR_ONLY, methods=READS)
def membership_sources() -> list[str]:
	"""Names of the membership sources that this site can choose from."""
	return sorted(registry.sources())


@endpoint(COORDINATOR_ONLY)
def refresh_standing(profile: str) -> dict:
	"""Ask the membership source about one person now; who is a member again gets suspended seats back at once."""
	frappe.has_permission("Mentoring Profile", "write", profile, throw=True)
	standing = member_status.refresh_standing(profile)
	memberships.give_back(profile)
	return standing


@endpoint(COORDINATOR_ONLY)
def move_login(profile: str, address: str) -> dict:
	"""Ask for a person's login to move to another address; both addresses confirm it by mail."""
	frappe.has_permission("Mentoring Profile", "write", profile, throw=True)
	return {"new_address": login_moves.ask(profile, address)}


@endpoint(COORDINATOR_ONLY)
def publish_agreement(agreement: str) -> dict:
	"""Publish a drafted agreement in place of the version before."""
	doc = agreements.publish(agreement)
	return {"name": doc.name, "version": doc.version, "status": doc.status}


@endpoint(COORDINATOR_ONLY)
def new_agreement_version(agreement: str) -> dict:
	"""Draft the next version of an agreement."""
	doc = agreements.new_version(agreement)
	return {"name": doc.name, "version": doc.version, "status": doc.status}


@endpoint(COORDINATOR_ONLY)
def waive_feedback(request: str) -> dict:
	"""Let somebody off from feedback that is open or missed; an answer stays welcome."""
	return _record(feedback.waive(request))


@endpoint(COORDINATOR_ONLY)
def refresh_health(group: str) -> dict:
	"""Work out the health of a group now: its score, and what it needs a coordinator for."""
	frappe.has_permission("Mentoring Group", "write", group, throw=True)
	return health.refresh(group)


@endpoint(COORDINATOR_ONLY, private=True)
def open_notes(session: str, reason: str) -> dict:
	"""Read what a group wrote down of a meeting; the group is told, and reads the reason."""
	frappe.has_permission("Mentoring Session", "read", session, throw=True)
	return notes.open_notes(session, frappe.session.user, reason)


@endpoint(COORDINATOR_ONLY, private=True)
def open_conversation(group: str, reason: str, before: Count = 0) -> dict:
	"""Read what a group's people wrote to each other, latest part first; they are told, and read the reason."""
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	return opening.open_conversation(group, frappe.session.user, reason, before)
