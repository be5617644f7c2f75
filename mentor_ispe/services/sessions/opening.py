"""Staff open the notes of a meeting: with a reason, leaving a trace, and the group is told."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import meeting_steps
from mentor_ispe.services.groups.group_people import people_of
from mentor_ispe.services.sessions import actions, notes, seats, secrets

OPENING = "Mentoring Note Opening"
MAY_OPEN = frozenset({"Mentoring Coordinator", "System Manager", "Administrator"})
FEWEST_WORDS = 3


def open_notes(session: str, user: str, reason: str) -> dict[str, Any]:
	"""The notes and action items of a meeting for a coordinator, who says why.

	Writes a Mentoring Note Opening and tells everyone in the group; each time anew.
	"""
	if not MAY_OPEN & set(frappe.get_roles(user)):
		raise frappe.PermissionError(_("Only coordinators may ask to open a group's notes."))
	group = notes.group_of(session)
	words = " ".join(cstr(reason).split())
	if len(words.split()) < FEWEST_WORDS:
		frappe.throw(
			_("Say in some words why you open the notes; the group reads your reason."), exc=RuleViolation
		)
	opened = {
		**notes.contents(session),
		"action_items": actions.agreed_in(session),
		"carried_items": actions.carried_into(session),
	}
	doc = frappe.new_doc(OPENING)
	doc.update(
		{
			"session": session,
			"mentoring_group": group,
			"opened_by": user,
			"opened_on": now_datetime(),
			"reason": words,
		}
	)
	with secrets.writing():
		doc.insert(ignore_permissions=True)
	_tell(doc)
	return {**opened, "openings": notes.openings(session)}


def _tell(opening: Any) -> None:
	people = people_of(opening.mentoring_group, seats.READ)
	rows = frappe.get_all("Mentoring Profile", {"name": ("in", people or [""])}, ["name", "time_zone"])
	starts_on = frappe.db.get_value("Mentoring Session", opening.session, "starts_on")
	meeting_steps.tell_of_opening(opening, starts_on, {row.name: row.time_zone for row in rows})
