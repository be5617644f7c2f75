"""Notes, action items, messages and the list of who opened them: written by the group's own services only."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.exceptions import RuleViolation

# No request can bring a document with a flag, so only code that says so writes such a record.
BY_SERVICE = {"written_by_service": True}


def save(doc: Document) -> Document:
	"""Store the record, whoever is signed in: the caller has asked whether they may."""
	doc.flags.update(BY_SERVICE)
	return doc.save(ignore_permissions=True)


def insert(doc: Document, name: str) -> Document:
	"""Store a new record under this name, whoever is signed in: the caller has asked whether they may."""
	doc.flags.update(BY_SERVICE)
	return doc.insert(ignore_permissions=True, set_name=name)


def delete(doctype: str, name: str) -> None:
	"""Delete the record for good, whoever is signed in."""
	frappe.delete_doc(
		doctype, name, ignore_permissions=True, force=True, delete_permanently=True, flags=dict(BY_SERVICE)
	)


def refuse_others(doc: Document) -> None:
	"""Refuse a write or a deletion that doesn't come from the services, whoever asks."""
	if not doc.flags.written_by_service:
		frappe.throw(
			_("Use the group's own pages for notes, action items, messages and the list of who opened them."),
			exc=RuleViolation,
		)
