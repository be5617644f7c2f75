"""Files of the library are private now, those of public resources too: our own endpoint hands them out."""

from __future__ import annotations

import frappe

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_resource.attachment import keep_private

RESOURCE = "Mentoring Resource"


def execute() -> None:
	"""Make those private that aren't; the same again when it runs twice."""
	for name in frappe.get_all(RESOURCE, {"attachment": ("like", "/files/%")}, pluck="name", order_by="name"):
		try:
			keep_private(frappe.get_doc(RESOURCE, name))
		except RuleViolation:  # the file is lost; the form says so when somebody saves it
			frappe.clear_messages()
