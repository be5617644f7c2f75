"""What happens to a meeting that is deleted, and to what was said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe

from mentor_ispe.domain.sessions.events import MeetingDeleted
from mentor_ispe.services.sessions import secrets

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession


def delete_what_was_said(doc: MentoringSession, event: MeetingDeleted) -> None:
	"""The notes of a meeting, the action items agreed in it and the list of who opened them go with it."""
	with secrets.writing():
		closed_here = frappe.get_all("Mentoring Action Item", {"closed_in": doc.name}, pluck="name")
		for name in closed_here:
			frappe.db.set_value("Mentoring Action Item", name, "closed_in", None, update_modified=False)
		for doctype in ("Mentoring Session Note", "Mentoring Action Item", "Mentoring Note Opening"):
			for name in frappe.get_all(doctype, {"session": doc.name}, pluck="name"):
				frappe.delete_doc(doctype, name, ignore_permissions=True, force=True, delete_permanently=True)
