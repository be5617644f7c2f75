"""Apply, change one's answers, decide on an application, withdraw, plan a mentor's seats."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.concurrency.retries import raise_busy
from mentor_ispe.domain.application_fields import APPLICATION_FIELDS, TOPICS, Role, names
from mentor_ispe.domain.participants import record_name
from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership import commitment
from mentor_ispe.mentor_ispe.doctype.mentoring_application_draft.mentoring_application_draft import draft_name
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.applications import queries, requirements
from mentor_ispe.services.applications.queries import DRAFT
from mentor_ispe.services.readiness import agreements

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

CHANGEABLE = ("Applied", "Approved")
STANDS = ("Applied", "Approved", "Active", "Completed")

# What the applicant does


def apply(profile: str, cycle: str, role: Role, values: Mapping[str, Any] | None = None) -> Mentor | Mentee:
	"""Apply for `profile`; who withdrew or was rejected before applies anew with the same record.

	`values` are the application's fields; topics are a list of their names. Raises RuleViolation.
	"""
	if role not in APPLICATION_FIELDS:
		frappe.throw(_("Choose Mentor or Mentee."), exc=RuleViolation)
	unknown = sorted(set(values or {}) - set(names(role)))
	if unknown:
		frappe.throw(
			_("An application as {0} has no field {1}. Its fields are: {2}.").format(
				_(role), ", ".join(unknown), ", ".join(names(role))
			),
			exc=RuleViolation,
		)
	name = record_name(role, profile, cycle)
	if frappe.db.get_value(role, name, "status") == "Withdrawn":
		doc = frappe.get_doc(role, name, for_update=True)
		doc.status = "Applied"
	else:
		doc = frappe.new_doc(role)
		doc.update({"profile": profile, "cycle": cycle, "status": "Applied"})
		doc.update(queries.usual_answers(role, frappe.db.get_value("Mentoring Cycle", cycle, "program")))
	fill(doc, values or {})
	return doc.save(ignore_permissions=True)


def fill(doc: Mentor | Mentee, values: Mapping[str, Any]) -> None:
	"""Write the answers into an application; topics are a list of their names."""
	for field, value in values.items():
		if field in names(doc.doctype, TOPICS):
			doc.set(field, [{"topic": topic} for topic in value or ()])
		else:
			doc.set(field, value)


def keep_draft(profile: str, cycle: str, answers: Mapping[str, Any]) -> None:
	"""Keep what was typed, by role, in place of what was kept before.

	It is kept on the server, so that one may begin on a phone and go on at a desk; it takes no place of the cycle.
	"""
	name, words = draft_name(profile, cycle), json.dumps(dict(answers))
	if frappe.db.exists(DRAFT, name):
		frappe.db.set_value(DRAFT, name, "answers", words)
		return
	doc = frappe.new_doc(DRAFT)
	doc.update({"profile": profile, "cycle": cycle, "answers": words})
	doc.insert(ignore_permissions=True, ignore_if_duplicate=True)


def discard_draft(profile: str, cycle: str) -> None:
	"""Delete what was typed; twice changes nothing."""
	frappe.db.delete(DRAFT, {"name": draft_name(profile, cycle)})


def send(
	profile: str,
	cycle: str,
	answers: Mapping[Role, Mapping[str, Any]],
	signed: Collection[str],
) -> list:
	"""Apply to the cycle with `answers` by role ("Mentor", "Mentee"), and sign; the draft is dropped.

	`signed` are the agreements that the person ticked. What isn't signed now stays asked of them, and keeps
	them from meeting, not from applying: see `readings/readiness.py`, which holds at every entry point.
	All in the caller's transaction; raises RuleViolation.
	"""
	if not answers:
		frappe.throw(_("First choose how you would like to join."), exc=RuleViolation)
	requirements.require_complete(profile, cycle, answers)
	owed = queries.to_sign(profile, cycle, list(answers))
	records = [apply(profile, cycle, role, values) for role, values in answers.items()]
	for row in owed:
		if row.name in signed:
			agreements.sign(row.name, profile)
	discard_draft(profile, cycle)
	return records


def change(profile: str, cycle: str, answers: Mapping[Role, Mapping[str, Any]]) -> None:
	"""Change the answers of applications, by role, as long as nobody is matched by them."""
	requirements.require_complete(profile, cycle, answers)
	before_matching = frappe.db.get_value("Mentoring Cycle", cycle, "status") == "Open"
	for role, values in answers.items():
		name = record_name(role, profile, cycle)
		if not before_matching or frappe.db.get_value(role, name, "status") not in CHANGEABLE:
			frappe.throw(
				_(
					"You can change your answers until matching starts. Ask the coordinators to change them now."
				),
				exc=RuleViolation,
			)
		doc = frappe.get_doc(role, name, for_update=True)
		fill(doc, values)
		doc.save(ignore_permissions=True)


def plan_seats(profile: str, mentor: str, seats_now: int | None, pauses: bool, next_seats: int) -> Mentor:
	"""Set the seats of the running cycle (None: as they are) and what holds for the next one (0: as now).

	Nobody who has a seat loses it: fewer than are taken are refused by the rules of the record.
	"""
	if frappe.db.get_value("Mentor", mentor, "profile") != profile:
		raise frappe.PermissionError(
			_("These places belong to another mentor. Open yours on the My data page.")
		)
	doc = frappe.get_doc("Mentor", mentor, for_update=True)
	if doc.status not in STANDS:
		frappe.throw(_("You're no longer a mentor there."), exc=RuleViolation)
	if next_seats < 0:
		frappe.throw(_("Offer at least one place, or choose to pause."), exc=RuleViolation)
	if seats_now is not None and seats_now > doc.seats_offered:
		commitment.require(profile, doc.program)
	if seats_now is not None and seats_now != doc.seats_offered:
		doc.seats_offered = seats_now
	doc.update({"pauses_next": int(pauses), "next_seats": 0 if pauses else next_seats})
	return doc.save(ignore_permissions=True)


# What coordinators decide


def approve(doctype: str, name: str, note: str = "") -> Mentor | Mentee:
	"""Approve an application; a membership that lapsed meanwhile, or a full cycle, refuses it."""
	return _decide(doctype, name, "Approved", note)


def reject(doctype: str, name: str, note: str) -> Mentor | Mentee:
	"""Reject an application, with words to the applicant."""
	return _decide(doctype, name, "Rejected", note)


def _decide(doctype: str, name: str, status: str, note: str) -> Mentor | Mentee:
	doc = frappe.get_doc(doctype, name, for_update=True)
	doc.status = status
	if note:
		doc.decision_note = note
	return doc.save()


# Both


def withdraw(doctype: str, name: str, reason: str) -> Mentor | Mentee:
	"""Withdraw a Mentor or Mentee, whoever asks; pairs end, the groups of others go on.

	The caller has checked that the user may speak for this person.
	"""
	for group in _groups(doctype, name):
		doc = frappe.get_doc("Mentoring Group", group, for_update=True)
		row = next((row for row in doc.seats if row.participant == name and row.status in LIVE_SEATS), None)
		if row is None:
			continue
		row.update({"status": "Withdrawn", "reason": reason})
		doc.flags.leaves_the_cycle = row.profile
		doc.save(ignore_permissions=True)
	record = frappe.get_doc(doctype, name, for_update=True)
	if record.get("seats_taken"):
		raise_busy()  # proposed by another request after this one read the mentor's groups
	record.status = "Withdrawn"
	return record.save(ignore_permissions=True)


def _groups(doctype: str, name: str) -> list[str]:
	"""The groups in which this Mentor or Mentee holds a seat; a mentee's as it is now, locked."""
	if doctype == "Mentor":
		return sorted(
			{seat.group for seat in seats(participants=[name], statuses=LIVE_SEATS, roles=[MENTOR])}
		)
	group = frappe.db.get_value("Mentee", name, "mentoring_group", for_update=True)
	return [group] if group else []
