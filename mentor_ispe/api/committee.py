"""What staff do with the reports to the committee: look at one before it goes, send it, read what was sent."""

import frappe

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.prints import answer_with
from mentor_ispe.permissions.gate import COMMITTEE_TOO, COORDINATOR_ONLY
from mentor_ispe.reports.committee import closing, commands
from mentor_ispe.services.committee import archive


@endpoint(COORDINATOR_ONLY, methods=READS)
def preview(program: str) -> dict:
	"""The report as it would be sent now, and to whom; `waits` says why it can't be sent, if it can't."""
	frappe.has_permission("Mentoring Program", "write", program, throw=True)
	return _preview(commands.preview(program))


def _preview(found: commands.Preview) -> dict:
	return {
		"from": found.period.first,
		"to": found.period.last,
		"subject": found.subject,
		"html": found.html,
		"recipients": [{"email": one.email, "reason": one.reason} for one in found.recipients],
		"waits": found.waits,
	}


@endpoint(COORDINATOR_ONLY)
def send_now(program: str) -> str:
	"""Send the report on everything that none was about yet, up to yesterday; returns the record's name."""
	frappe.has_permission("Mentoring Program", "write", program, throw=True)
	return commands.send_now(program)


@endpoint(COORDINATOR_ONLY, methods=READS)
def preview_closing(cycle: str) -> dict:
	"""The closing report of a cycle as it would be sent now, and to whom; `waits` says why it can't be sent."""
	return _preview(closing.preview(cycle))


@endpoint(COORDINATOR_ONLY)
def send_closing(cycle: str) -> str:
	"""Send the closing report of a completed cycle to the program's recipients; returns the record's name."""
	return closing.send(cycle)


@endpoint(COORDINATOR_ONLY, methods=READS)
def closing_pdf(cycle: str) -> None:
	"""The closing report of a cycle as it stands, as a PDF file."""
	answer_with(closing.pdf(cycle), cycle)


@endpoint(COMMITTEE_TOO, methods=READS)
def shown(report: str) -> dict:
	"""The mail of a report as it was sent, as a page of its own."""
	frappe.has_permission("Mentoring Committee Report", "read", report, throw=True)
	return {"html": archive.full_page(report)}


@endpoint(COMMITTEE_TOO, methods=READS)
def pdf(report: str) -> None:
	"""The report as it was sent, as a PDF file."""
	frappe.has_permission("Mentoring Committee Report", "print", report, throw=True)
	answer_with(archive.pdf(report), report)
