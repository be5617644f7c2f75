"""What people do with a group: propose it, answer, start, complete and call it off, take somebody out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import allow_fields

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_group_member.mentoring_group_member import (
		MentoringGroupMember,
	)


def open_group(name: str) -> MentoringGroup:
	"""The group as it is now, locked; what another request changed a moment ago is in it."""
	return frappe.get_doc("Mentoring Group", name, for_update=True)


def row_of(group: MentoringGroup, participant: str) -> MentoringGroupMember:  # type: ignore[return]  # frappe.throw never returns
	"""The row of this Mentor or Mentee that is still open, or an error that says there is none."""
	for row in reversed(group.seats):
		if row.participant == participant and (row.status in LIVE_SEATS or row.status == "Draft"):
			return row
	doctype = next(
		(doctype for doctype in ("Mentee", "Mentor") if frappe.db.exists(doctype, participant)), None
	)
	name = (doctype and frappe.db.get_value(doctype, participant, "full_name")) or participant
	frappe.throw(_("{0} has no place in {1}.").format(name, group.title), exc=RuleViolation)


def seat_of(group: MentoringGroup, profile: str) -> MentoringGroupMember:  # type: ignore[return]  # frappe.throw never returns
	"""The row in which `profile` sits in the group, an error when nowhere."""
	for row in reversed(group.seats):
		if row.profile == profile and row.status in LIVE_SEATS:
			return row
	frappe.throw(_("You have no place in this group."), exc=RuleViolation)


def propose(
	cycle: str,
	mentees: Sequence[str],
	mentor: str | Sequence[str] | None = None,
	group: str | None = None,
	reasons: Mapping[str, str] | None = None,
	moderator: str | None = None,
	title: str | None = None,
	match_run: str | None = None,
	announce_on: datetime | None = None,
	as_member: bool = False,
) -> MentoringGroup:
	"""Propose `mentees` (and `mentor`, or several) to each other in a new group, or add them to `group`.

	`reasons` says for each mentee in words why they fit. Until `announce_on` nobody is told and members
	don't see the group. `as_member`: the caller has checked that this person may ask. Raises
	RuleViolation with every broken rule.
	"""
	if group:
		doc = open_group(group)
	else:
		doc = frappe.new_doc("Mentoring Group")
		doc.update(
			{
				"cycle": cycle,
				"title": title,
				"status": "Proposed",
				"match_run": match_run,
				"announce_on": announce_on,
			}
		)
		allow_fields(doc, "match_run")
	for name in (mentor,) if isinstance(mentor, str) else mentor or ():
		doc.append("seats", {"role": MENTOR, "participant": name, "status": "Proposed"})
	for mentee in mentees:
		doc.append(
			"seats",
			{
				"role": MENTEE,
				"participant": mentee,
				"status": "Proposed",
				"match_reason": (reasons or {}).get(mentee),
				"is_moderator": int(mentee == moderator),
			},
		)
	_set_deadline(doc)
	return doc.save(ignore_permissions=as_member)


def propose_group(name: str) -> MentoringGroup:
	"""Ask everyone in a drafted group."""
	doc = open_group(name)
	doc.status = "Proposed"
	_set_deadline(doc)
	return doc.save()


def _set_deadline(doc: MentoringGroup) -> None:
	"""Give everybody who is asked now the days to answer that the program gives."""
	program = frappe.get_cached_value("Mentoring Cycle", doc.cycle, "program")
	days = frappe.get_cached_value("Mentoring Program", program, "answer_days") if program else 0
	told_on = getdate(doc.announce_on) if doc.announce_on else today()
	doc.respond_by = add_days(told_on, days) if days else None


def accept(group: str, profile: str) -> MentoringGroup:
	"""Accept the seat that `profile` was proposed; accepting twice changes nothing."""
	return _answer(group, profile, "Accepted", "")


def decline(group: str, profile: str, reason: str) -> MentoringGroup:
	"""Decline the seat that `profile` was proposed. The pair is not proposed again in this cycle."""
	if not (reason or "").strip():
		frappe.throw(
			_("Say in a few words why you decline. It helps us find a better match."), exc=RuleViolation
		)
	return _answer(group, profile, "Declined", reason.strip())


def _answer(name: str, profile: str, status: str, reason: str) -> MentoringGroup:
	doc = open_group(name)
	row = seat_of(doc, profile)
	if status == "Accepted" and row.status in ("Accepted", "Active"):
		return doc
	row.update({"status": status, "reason": reason})
	# Whoever answers needs no right to write the group: the seat is theirs (checked above).
	return doc.save(ignore_permissions=True)


def activate(group: str) -> MentoringGroup:
	"""Start the group with those who accepted; the others may still answer."""
	return _become(group, "Active")


def complete(group: str) -> MentoringGroup:
	"""Complete an active group."""
	return _become(group, "Completed")


def cancel(group: str, reason: str = "") -> MentoringGroup:
	"""Call off a group that hasn't started."""
	return _become(group, "Cancelled", reason)


def remove_person(group: str, participant: str, reason: str) -> MentoringGroup:
	"""Free the seat of one Mentor or Mentee; the group of the others goes on."""
	doc = open_group(group)
	_take_out(doc, participant, reason)
	return doc.save()


def replace_mentor(group: str, mentor: str, successor: str, reason: str) -> MentoringGroup:
	"""Let another mentor take over from one who goes, in one step: nobody is left without in between.

	The one who goes keeps what they did until today; the successor is asked, and counts from the day on which
	they begin.
	"""
	doc = open_group(group)
	if row_of(doc, mentor).role != MENTOR:
		frappe.throw(_("Choose which of the group's mentors is leaving."), exc=RuleViolation)
	if any(row.participant == successor and row.status in LIVE_SEATS for row in doc.seats):
		frappe.throw(_("Choose someone who isn't in this group yet."), exc=RuleViolation)
	if not (reason or "").strip():
		frappe.throw(
			_("Say in a few words why the mentor is leaving. Everyone in the group can read it."),
			exc=RuleViolation,
		)
	_take_out(doc, mentor, reason.strip())
	doc.append("seats", {"role": MENTOR, "participant": successor, "status": "Proposed"})
	_set_deadline(doc)
	return doc.save()


def _take_out(doc: MentoringGroup, participant: str, reason: str) -> None:
	row = row_of(doc, participant)
	if row.status == "Draft":
		doc.remove(row)
	else:
		row.update({"status": "Withdrawn", "reason": reason})


def _become(group: str, status: str, reason: str = "") -> MentoringGroup:
	doc = open_group(group)
	doc.status = status
	if reason:
		doc.end_reason = reason
	return doc.save()
