"""What a step of a cycle leaves undone or cuts off, in words: a coordinator reads it before the step."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from mentor_ispe.clock import format_short_date, today


def sentences(cycle: str, status: str) -> list[str]:
	"""What a move to `status` leaves undone or cuts off; empty where that is nothing."""
	if status == "Running":
		return _before_start(cycle)
	if status == "Completed":
		return _before_end(cycle)
	return []


def _before_start(cycle: str) -> list[str]:
	said = []
	undecided = sum(
		frappe.db.count(doctype, {"cycle": cycle, "status": "Applied"}) for doctype in ("Mentee", "Mentor")
	)
	if undecided:
		said.append(
			_("{0} applications need a decision.").format(undecided)
			if undecided > 1
			else _("One application needs a decision.")
		)
	unanswered = frappe.db.count(
		"Mentoring Group", {"cycle": cycle, "status": "Proposed", "unanswered": (">", 0)}
	)
	if unanswered:
		said.append(
			_("{0} matches are waiting for answers.").format(unanswered)
			if unanswered > 1
			else _("One match is waiting for answers.")
		)
	approved = {"cycle": cycle, "status": ("in", ("Approved", "Active"))}
	alone = frappe.db.count(
		"Mentee", {"cycle": cycle, "status": "Approved", "mentoring_group": ("is", "not set")}
	)
	if alone:
		said.append(
			_("{0} of {1} approved people have no match.").format(alone, frappe.db.count("Mentee", approved))
			if alone > 1
			else _("One approved person has no match.")
		)
	return [*said, _("You can still do this after the start.")] if said else []


def _before_end(cycle: str) -> list[str]:
	said = []
	end = getdate(frappe.db.get_value("Mentoring Cycle", cycle, "end_date"))
	if end > today():
		said.append(_("The cycle ends early: its last day is {0}.").format(format_short_date(end)))
	to_come = {"cycle": cycle, "status": "Planned", "starts_on": (">", now_datetime())}
	meetings = frappe.db.count("Mentoring Session", to_come)
	if meetings:
		said.append(
			_("{0} planned meetings are canceled.").format(meetings)
			if meetings > 1
			else _("One planned meeting is canceled.")
		)
	return said
