"""A comment bears the name of who wrote it, and stands at a record that they may read.

The hole: frappe.templates.includes.comments.comments.add_comment takes any record and the name of the
author from the request, and writes a mail about it to the record's owner; the Desk's own endpoint takes the
name as well. Seen on Frappe 15.101. This can go when both ask the session.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_fullname

from mentor_ispe.hardening import keeps_the_site


def sign(doc: Document, method: str | None = None) -> None:
	"""Called before a comment is inserted, through any door; what the site notes by itself is left alone."""
	if doc.comment_type != "Comment" or keeps_the_site():
		return
	user = frappe.session.user
	if user != "Guest":
		doc.comment_email, doc.comment_by = user, get_fullname(user)
	if not frappe.get_meta(doc.reference_doctype).has_web_view and not frappe.has_permission(
		doc.reference_doctype, "read", doc.reference_name
	):
		frappe.throw(_("You can't comment on this."), frappe.PermissionError)
