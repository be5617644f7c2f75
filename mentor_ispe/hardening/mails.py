"""The composer of mails is the Desk's.

The hole: frappe.core.doctype.communication.email.make asks for a permission on the record that the mail is
about. Without one it asks nothing: anybody with a login writes to anybody in the site's name, with files
that they may not read. Seen on Frappe 15.101. This can go when it asks for the Desk.

It is asked at the record of the mail, because an endpoint is reached by more than one name. What the site
itself writes while a member works, a notification for example, isn't in the words of the request.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.permissions.gate import works_in_the_desk

TOLD = ("recipients", "cc", "bcc", "content")


def only_in_the_desk(doc: Document, method: str | None = None) -> None:
	"""Called before a mail's record is inserted."""
	if not works_in_the_desk() and any(frappe.form_dict.get(name) for name in TOLD):
		frappe.throw(_("Write emails in the Desk."), frappe.PermissionError)
