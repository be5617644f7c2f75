"""End a group before its time, or leave it, and say what comes next for oneself; what ends with a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain import events
from mentor_ispe.domain.feedback.kinds import codes_of
from mentor_ispe.domain.participants import record_name
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentor.transition import met_goals
from mentor_ispe.services.groups.commands import open_group, seat_of
from mentor_ispe.services.sessions import planning

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

GOALS_MET = "Goals Met"
KINDS_OF_MEMBERS = (GOALS_MET, "Not Working", "Too Little Time", "Something Else")
KINDS = (*KINDS_OF_MEMBERS, "Reassigned", "Membership Ended")


def end(group: str, kind: str, reason: str, by: str | None = None, finished: bool = False) -> MentoringGroup:
	"""End a running group early. A member's reason is for coordinators, a coordinator's for everyone in the group.

	`by` is the profile of who ends it: either side of a pair, or the mentor of a group; None: a coordinator.
	The mentees wait for another match, and never for this mentor again in this cycle. `finished` says, of a
	mentee who ends a pair because the goals are met, that they want no other match. Raises RuleViolation.
	"""
	doc = open_group(group)
	kinds = KINDS_OF_MEMBERS if by else KINDS
	if kind not in kinds:
		frappe.throw(
			_("Choose why the group is ending: {0}.").format(", ".join(_(each) for each in kinds)),
			exc=RuleViolation,
		)
	if doc.status != "Active":
		frappe.throw(
			_("This group is {0}. Only a running group can end early.").format(_(doc.status)),
			exc=RuleViolation,
		)
	role = _role_that_may_end(doc, by) if by else ""
	if finished and (role != MENTEE or kind != GOALS_MET):
		frappe.throw(
			_("Only a mentee who has met their goals can say that they don't want another match."),
			exc=RuleViolation,
		)
	doc.update({"status": "Ended Early", "end_kind": kind, "end_reason": (reason or "").strip()})
	doc.reason_is_private = int(by is not None)
	doc.save(ignore_permissions=by is not None)
	if finished:
		finish(by, doc.cycle)
	return doc


def end_early(group: str, reason: str, kind: str = "Something Else") -> MentoringGroup:
	"""End an active group before its time, as staff, with a reason that everyone in it may read."""
	return end(group, kind, reason)


def leave(group: str, by: str, reason: str) -> MentoringGroup:
	"""Leave a group or circle that goes on with the others; one waits for another match then."""
	doc = open_group(group)
	row = seat_of(doc, by)
	if doc.status != "Active":
		frappe.throw(
			_("This group is {0}. You can leave only a running group.").format(_(doc.status)),
			exc=RuleViolation,
		)
	others = [other for other in doc.mentors if other.status == "Active" and other is not row]
	if doc.format == "One-on-One" or (row.role == MENTOR and not others):
		frappe.throw(_("This group can't continue without you. End it instead."), exc=RuleViolation)
	if not (reason or "").strip():
		frappe.throw(
			_("Say in a few words why you're leaving. It helps us find a better match."), exc=RuleViolation
		)
	row.update({"status": "Withdrawn", "reason": reason.strip()})
	return doc.save(ignore_permissions=True)


def finish(profile: str, cycle: str) -> Mentee:
	"""Complete the part of a mentee whose group ended because the goals are met, instead of waiting again."""
	record = frappe.get_doc("Mentee", record_name("Mentee", profile, cycle), for_update=True)
	if record.status == "Completed":
		return record
	if record.mentoring_group or not met_goals(record.name):
		frappe.throw(
			_(
				"You can do this only after your group ended with its goals met, and before you have another group."
			),
			exc=RuleViolation,
		)
	record.status = "Completed"
	return record.save(ignore_permissions=True)


def may_finish(profile: str, cycle: str) -> bool:
	"""Whether this person waits again after a group that met its goals, and may say that they are done."""
	name = record_name("Mentee", profile, cycle)
	record = frappe.db.get_value("Mentee", name, ["name", "status", "mentoring_group"], as_dict=True)
	return (
		bool(record) and record.status == "Approved" and not record.mentoring_group and met_goals(record.name)
	)


def _role_that_may_end(doc: MentoringGroup, by: str) -> str:  # type: ignore[return]  # frappe.throw never returns
	row = seat_of(doc, by)
	if row.role == MENTOR or doc.format == "One-on-One":
		return row.role
	frappe.throw(
		_(
			"The group can continue without one member: leave it instead. To end it for everyone, ask {0}."
		).format(_("the mentor or the coordinators") if doc.mentor else _("the coordinators")),
		exc=RuleViolation,
	)


def cancel_meetings(doc: MentoringGroup, event: events.GroupClosed) -> None:
	"""Cancel what was planned in a group that closed."""
	cancel_planned_sessions(doc.name, _("{0} has ended.").format(doc.title))


def waive_feedback(doc: MentoringGroup, event: events.GroupClosed) -> None:
	"""After an early ending ask for no more feedback than the closing one."""
	if doc.status == "Ended Early":
		waive_requests(doc.name)


def waive_feedback_of(doc: MentoringGroup, event: events.SomebodyLeft) -> None:
	"""Ask whoever left for nothing more."""
	waive_requests(doc.name, event.seat.profile)


def cancel_planned_sessions(group: str, reason: str) -> list[str]:
	"""Cancel the group's meetings that are still to come; the session's own rules tell those invited."""
	planned = frappe.db.get_values(
		"Mentoring Session",
		{"mentoring_group": group, "status": "Planned", "starts_on": (">", now_datetime())},
		"name",
		order_by="starts_on",
		for_update=True,  # also those that another request planned a moment ago
		pluck="name",
	)
	for name in planned:
		planning.cancel(name, reason)
	return planned


def waive_requests(group: str, profile: str | None = None) -> None:
	"""Ask no more for the feedback that only a running group owes, of one person or of everybody in it."""
	request = frappe.qb.DocType("Mentoring Feedback Request")
	query = (
		frappe.qb.update(request)
		.set(request.status, "Waived")
		.set(request.modified, now_datetime())
		.where((request.mentoring_group == group) & (request.status == "Open"))
		.where(request.kind.notin(codes_of(at_the_end=True)))
	)
	if profile:
		query = query.where(request.profile == profile)
	query.run()
