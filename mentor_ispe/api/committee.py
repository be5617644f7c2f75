"""What staff do with the reports to the committee: look at one before it goes, send it, read what was sent."""

import frappe
from frappe import _

from mentor_ispe.api.prints import answer_with
from mentor_ispe.api.retry import retried
from mentor_ispe.services.committee import record, reporting
from mentor_ispe.setup.roles import COORDINATOR


@frappe.whitelist()
@retried
def preview(program: str) -> dict:
	"""The report as it would be sent now, and to whom; `waits` says why it can't be sent, if it can't."""
	_check_coordinator(program)
	found = reporting.preview(program)
	return {
		"from": found.period.first,
		"to": found.period.last,
		"subject": found.subject,
		"html": found.html,
		"recipients": [{"email": one.email, "reason": one.reason} for one in found.recipients],
		"waits": found.waits,
	}


@frappe.whitelist(methods=["POST"])
@retried
def send_now(program: str) -> str:
	"""Send the report on everything that none was about yet, up to yesterday; returns the record's name."""
	_check_coordinator(program)
	return reporting.send_now(program)


@frappe.whitelist()
@retried
def shown(report: str) -> dict:
	"""The mail of a report as it was sent, as a page of its own."""
	frappe.has_permission("Mentoring Committee Report", "read", report, throw=True)
	return {"html": record.shown(report)}


@frappe.whitelist(methods=["GET", "POST"])
@retried
def pdf(report: str) -> None:
	"""The report as it was sent, as a PDF file."""
	frappe.has_permission("Mentoring Committee Report", "print", report, throw=True)
	answer_with(record.pdf(report), report)


def _check_coordinator(program: str) -> None:
	"""Whoever may change the program may report on it."""
	if not {COORDINATOR, "System Manager"} & set(frappe.get_roles()):
		raise frappe.PermissionError(_("Reports are sent by coordinators."))
	frappe.has_permission("Mentoring Program", "write", program, throw=True)
