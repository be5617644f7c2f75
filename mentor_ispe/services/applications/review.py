"""Decide on an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor


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
