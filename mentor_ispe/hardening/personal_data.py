"""Everybody asks for their own data, and to have their own data erased.

The hole: the web forms request-data and request-for-account-deletion take any address, from guests as well;
who asks becomes the owner of the request and may read what is attached to it, and the person gets a mail in
the site's name that they never asked for. Seen on Frappe 15.101. This can go when Frappe compares the
address with the session.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.hardening import keeps_the_site

PERSON = {"Personal Data Download Request": "user", "Personal Data Deletion Request": "email"}


def only_ones_own(doc: Document, method: str | None = None) -> None:
	"""Called before a request is inserted, through any entry point."""
	if keeps_the_site():
		return
	user = frappe.session.user
	own = {user, frappe.get_cached_value("User", user, "email")}
	if user == "Guest" or doc.get(PERSON[doc.doctype]) not in own:
		frappe.throw(
			_("Sign in first. You can request this only for your own login."), frappe.PermissionError
		)
