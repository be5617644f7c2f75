"""One step of a Mentoring Concern, whatever entry point it came through.

What follows is in `mentor_ispe/consequences.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.domain import concerns as domain
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.permissions import conflict_of_interest
from mentor_ispe.readings.seats import seats

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_concern.mentoring_concern import MentoringConcern

COORDINATOR, SYSTEM_MANAGER = "Mentoring Coordinator", "System Manager"


def validate_transition(doc: MentoringConcern) -> domain.Step:
	"""Refuse the step if a rule is broken; otherwise date it and keep it with the concern."""
	stored = doc.get_doc_before_save()
	step = domain.Step(
		old=stored.status if stored else None,
		new=doc.status,
		words=cstr(doc.concern),
		answer=cstr(doc.answer),
		note=cstr(doc.step_note),
		answer_changed=cstr(doc.answer) != cstr(stored.answer if stored else ""),
	)
	if stored:
		raise_violations(domain.check_step(step))
	else:
		_refuse_party(doc)
		raise_violations(domain.check_raised(step, _seats(doc.mentoring_group, doc.raised_by)))
	_check_assigned(doc)
	doc.set("steps", list(stored.steps) if stored else [])
	if step.taken:
		doc.append(
			"steps",
			{
				"status": doc.status,
				"taken_on": now_datetime(),
				"taken_by": frappe.session.user,
				"note": doc.step_note,
			},
		)
	doc.step_note = None
	doc.closed_on = stored.closed_on if stored else None
	if doc.status not in domain.CLOSED:
		doc.closed_on = None
	elif step.old not in domain.CLOSED:
		doc.closed_on = now_datetime()
	return step


def _refuse_party(doc: MentoringConcern) -> None:
	"""Whoever sits in the group can't enter a concern in the Desk; they raise it as anybody else does."""
	by_service = doc.flags.ignore_permissions  # on behalf of the person who raises it
	if by_service or frappe.session.user == "Administrator":
		return
	if doc.mentoring_group in conflict_of_interest.groups_closed_to(frappe.session.user):
		frappe.throw(
			_(
				"You're in this group yourself. Raise a concern on the members' pages, or leave it to another coordinator."
			),
			exc=frappe.PermissionError,
		)


def _check_assigned(doc: MentoringConcern) -> None:
	if not doc.assigned_to:
		return
	roles = set(frappe.get_roles(doc.assigned_to))
	apart = doc.mentoring_group in conflict_of_interest.groups_closed_to(doc.assigned_to)
	if apart or not roles & {COORDINATOR, SYSTEM_MANAGER}:
		raise_violations(
			[
				Violation(
					"assigned",
					N_("{user} can't handle this concern. Choose a coordinator who isn't in the group."),
					{"user": doc.assigned_to},
				)
			]
		)


def _seats(group: str, profile: str) -> list[str]:
	return [seat.status for seat in seats([group], [profile])]
