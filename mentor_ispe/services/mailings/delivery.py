"""What became of a mailing: how many have it, how many wait, and stopping the rest."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.outbox import NOTICE
from mentor_ispe.mails.written_words import MAILING

WAITING = ("Pending", "Failed")


def show_delivery(doc: Document, method: str | None = None) -> None:
	"""Give the form how many of its mails have which status, and when the last one is due."""
	doc.set_onload("delivery", delivery_of(doc.name))


def delivery_of(mailing: str) -> dict[str, int]:
	"""{status: how many} of its notices."""
	notice = DocType(NOTICE)
	query = frappe.qb.from_(notice).select(notice.status, Count(notice.name)).groupby(notice.status)
	about = (notice.reference_doctype == MAILING) & (notice.reference_name == mailing)
	return dict(query.where(about).run())


def stop(mailing: str) -> int:
	"""Skip what still waits; returns how many that were. Raises RuleViolation when nothing waits."""
	doc = frappe.get_doc(MAILING, mailing)
	doc.check_permission("read")
	names = frappe.get_all(
		NOTICE,
		{"reference_doctype": MAILING, "reference_name": mailing, "status": ("in", WAITING)},
		pluck="name",
		order_by="name",
	)
	# One at a time by name, so that a mail that is being sent right now is waited for.
	stopped = sum(_skip(name) for name in names)
	if not stopped:
		frappe.throw(_("All emails have been sent already."), exc=RuleViolation)
	return stopped


def _skip(name: str) -> bool:
	if frappe.db.get_value(NOTICE, name, "status", for_update=True) not in WAITING:
		return False
	values: dict[str, Any] = {"status": "Skipped", "error": _("A coordinator stopped this email.")}
	frappe.db.set_value(NOTICE, name, values)
	return True
