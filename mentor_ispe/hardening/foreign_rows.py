"""A record is saved with rows of its own.

The hole: Frappe takes the name of a row from the request. With the name of a row of another record, which is
neither loaded nor asked for permission, it writes over that one and takes it away; with one of its own twice, the
row that was meant by the other name is gone. Seen on Frappe 15.101. This can go when Frappe compares the names
with those that are stored.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.hardening.links import OUR_MODULE


def check(doc: Document, method: str | None = None) -> None:
	"""Refuse a row that isn't the record's, or stands twice; called before any of our records is saved."""
	stored = doc.get_doc_before_save()
	if stored is None or doc.meta.module != OUR_MODULE:
		return
	for table in doc.meta.get_table_fields():
		left = [row.name for row in stored.get(table.fieldname)]
		for row in doc.get(table.fieldname):
			if row.name in left:
				left.remove(row.name)
			elif row.name and not row.is_new():
				frappe.throw(
					_(
						"{0}, row {1}: this row belongs to another record or is there twice. Add it as a new row."
					).format(_(table.label, context=doc.doctype), row.idx),
					exc=RuleViolation,
				)
