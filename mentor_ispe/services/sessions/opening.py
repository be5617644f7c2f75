"""Staff open the notes of a meeting: with a reason, leaving a trace, and the group is told.

The trace is committed before a word is decrypted, so that nothing that goes wrong later takes it back.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain.sessions.private_words import check_reason
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.notifications import meeting
from mentor_ispe.permissions import gate
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.seats import profiles_in
from mentor_ispe.services.sessions import actions, notes, secrets

OPENING = "Mentoring Note Opening"
MAY_OPEN = frozenset({"Mentoring Coordinator", "System Manager", "Administrator"})


def open_notes(session: str, user: str, reason: str) -> dict[str, Any]:
	"""The notes and action items of a meeting for a coordinator, who says why.

	Writes a Mentoring Note Opening, tells everyone in the group and commits that, each time anew; then it reads.
	The coordinators are signed in themselves, so that the group reads who it was.
	"""
	if not MAY_OPEN & set(frappe.get_roles(user)):
		raise frappe.PermissionError(_("Only coordinators may ask to open a group's notes."))
	require_own_session()
	group = notes.group_of(session)
	if not group:
		raise frappe.DoesNotExistError(_("There is no such meeting."))
	words = " ".join(reason.split())
	raise_violations(check_reason(words))
	_store_opening(session, group, user, words)
	frappe.db.commit()
	return {
		**notes.contents(session),
		"action_items": actions.agreed_in(session),
		"carried_items": actions.carried_into(session),
		"openings": notes.openings(session),
	}


def _store_opening(session: str, group: str, user: str, reason: str) -> None:
	doc = frappe.new_doc(OPENING)
	doc.update(
		{
			"session": session,
			"mentoring_group": group,
			"opened_by": user,
			"opened_on": now_datetime(),
			"reason": reason,
		}
	)
	with secrets.writing():
		doc.insert(ignore_permissions=True)
	_tell_group(doc)


def _tell_group(opening: Any) -> None:
	people = profiles_in(opening.mentoring_group, gate.READ)
	rows = frappe.get_all("Mentoring Profile", {"name": ("in", people or [""])}, ["name", "time_zone"])
	starts_on = frappe.db.get_value("Mentoring Session", opening.session, "starts_on")
	meeting.notes_opened(opening, starts_on, {row.name: row.time_zone for row in rows})
