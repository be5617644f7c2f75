"""Move an application to another cycle of the same program, with everything the person said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.domain.participants import record_name
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications.commands import fill
from mentor_ispe.services.applications.queries import answers_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

MOVABLE = ("Applied", "Approved")


def move(doctype: str, name: str, cycle: str) -> Mentor | Mentee:
	"""Withdraw the application here and enter it there, approved if it was; returns the new one.

	The rules of both steps hold: the membership, the cycle's places, one application a cycle. Since nobody
	waits longer for being moved, the day on which an answer was promised stays. Raises RuleViolation.
	"""
	old = frappe.get_doc(doctype, name, for_update=True)
	_refuse_unmovable(old, cycle)
	approved, promised, applied_on = old.status == "Approved", old.answer_by, old.applied_on
	old.status = "Withdrawn"
	old.save()
	new = _enter(old, cycle, approved)
	kept: dict[str, Any] = {"applied_on": applied_on} if applied_on else {}
	if promised and (
		not new.answer_by or frappe.utils.getdate(promised) < frappe.utils.getdate(new.answer_by)
	):
		kept["answer_by"] = promised
	if kept:
		frappe.db.set_value(doctype, new.name, kept, update_modified=False)
		new.update(kept)
	old.add_comment("Info", _("Moved to {0}").format(cycle))
	new.add_comment("Info", _("Moved here from {0}").format(old.cycle))
	return new


def _refuse_unmovable(doc: Mentor | Mentee, cycle: str) -> None:
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	if not program:
		frappe.throw(_("There is no cycle {0}.").format(cycle), exc=RuleViolation)
	if doc.cycle == cycle:
		frappe.throw(_("{0} is already in {1}.").format(doc.full_name, cycle), exc=RuleViolation)
	if doc.program != program:
		frappe.throw(
			_("{0} applied to {1}, but {2} belongs to another program.").format(
				doc.full_name, doc.program, cycle
			),
			exc=RuleViolation,
		)
	if doc.status not in MOVABLE:
		frappe.throw(
			_("{0} is {1}. You can move only people who wait for a decision or a match.").format(
				doc.full_name, _(doc.status)
			),
			exc=RuleViolation,
		)
	if doc.get("seats_taken") or doc.get("mentoring_group"):
		frappe.throw(
			_("{0} has a place in a group. Take them out of it first.").format(doc.full_name),
			exc=RuleViolation,
		)


def _enter(old: Mentor | Mentee, cycle: str, approved: bool) -> Mentor | Mentee:
	"""The application there: a new one, or the one that was withdrawn there before."""
	there = record_name(old.doctype, old.profile, cycle)
	if frappe.db.get_value(old.doctype, there, "status") == "Withdrawn":
		doc = frappe.get_doc(old.doctype, there, for_update=True)
	else:
		doc = frappe.new_doc(old.doctype)
		doc.update({"profile": old.profile, "cycle": cycle})
	doc.status = "Applied"
	fill(doc, answers_of(old.doctype, old))
	doc.flags.told = approved  # of the approval alone
	doc.save()
	if approved:
		doc.flags.told = False
		doc.status = "Approved"
		doc.save()
	return doc
