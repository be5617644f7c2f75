"""An address in a record of ours is one that every page can show.

The hole: Frappe takes `https://x" onmouseover=…` for an address, and its lists and reports put it between
quotes as it is; script then runs as whoever looks. Seen on Frappe 15.101. This can go when fields with the
option URL refuse quotes, or the Desk escapes them.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.domain.web_links import is_web_link
from mentor_ispe.exceptions import RuleViolation

OUR_MODULE = "Mentor ISPE"
OWN_FILES = ("/files/", "/private/files/")


def check(doc: Document, method: str | None = None) -> None:
	"""Refuse an address that isn't one; called before any of our records is saved, through any entry point."""
	if doc.meta.module != OUR_MODULE:
		return
	for field in doc.meta.fields:
		value = doc.get(field.fieldname)
		if not value or not doc.has_value_changed(field.fieldname):
			continue
		is_file = field.fieldtype in ("Attach", "Attach Image")
		if not is_file and not (field.fieldtype == "Data" and field.options == "URL"):
			continue
		if not is_web_link(value) and not (is_file and str(value).startswith(OWN_FILES)):
			frappe.throw(
				_(
					"{0}: enter a full web address that begins with https://, without spaces or quotation marks."
				).format(_(field.label, context=doc.doctype)),
				exc=RuleViolation,
			)
