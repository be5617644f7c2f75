"""Send a program's report: by its rhythm, or by hand.

The record, its files and the notices to all recipients are written in one transaction, while the program is
locked: whoever comes at the same moment waits, and then finds the report; whoever dies leaves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.user_permission.user_permission import get_permitted_documents
from frappe.utils import cint, get_url_to_form

from mentor_ispe.clock import today
from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain.committee import periods
from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates.digests import COMMITTEE_REPORT
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.mentor_ispe.doctype.mentoring_program.recipients import Recipient, recipients
from mentor_ispe.readings.sql import blank
from mentor_ispe.reports.committee.figures import figures
from mentor_ispe.services.committee import archive
from mentor_ispe.services.committee.archive import REPORT
from mentor_ispe.services.committee.render import Written, render_report

PROGRAM = "Mentoring Program"
RUNNING = ("Running", "Completed")


@dataclass(frozen=True)
class Preview:
	"""A report as it would be sent now; `waits` says why it can't be, if it can't."""

	period: Period
	subject: str
	html: str
	recipients: list[Recipient]
	waits: str


def programs_with_a_rhythm() -> list[str]:
	"""Programs that report to somebody by themselves."""
	listed = frappe.get_all(
		"Mentoring Program Recipient",
		{"parenttype": PROGRAM, "parentfield": "recipients"},
		pluck="parent",
		distinct=True,
		order_by="",
	)
	return frappe.get_all(
		PROGRAM,
		{"name": ("in", listed or [""]), "report_every_months": (">", 0), "status": "Published"},
		pluck="name",
		order_by="name",
	)


def send_due(program: str, on: date | None = None) -> str | None:
	"""Send the report that the rhythm asks for on this day; returns its name, None when there is none."""
	day = on or today()
	if not periods.due(*_rhythm(program, day)):
		return None  # nearly every day, and nothing is locked for it
	lock_row_for_write(PROGRAM, program)
	period = periods.due(*_rhythm(program, day, locked=True))
	doc = frappe.get_doc(PROGRAM, program)
	listed = recipients(doc)
	if not period or not goes_to(listed) or not _something_ran(program, period):
		return None
	return _send(program, period, listed, made_by=None)


def send_now(program: str) -> str:
	"""Send what no report was about yet, up to yesterday; returns the report's name.

	Raises RuleViolation when there is nothing new, or nobody to send it to.
	"""
	check_whole_program()
	lock_row_for_write(PROGRAM, program)
	period = _by_hand(program, locked=True)
	listed = recipients(frappe.get_doc(PROGRAM, program))
	if waits := _waits(period, listed):
		frappe.throw(waits, exc=RuleViolation)
	return _send(program, period, listed, made_by=frappe.session.user)


def preview(program: str) -> Preview:
	"""What `send_now` would send; where that has to wait, the report of the same length up to yesterday."""
	check_whole_program()
	period, listed = _by_hand(program), recipients(frappe.get_doc(PROGRAM, program))
	waits = _waits(period, listed)
	every = cint(frappe.db.get_value(PROGRAM, program, "report_every_months"))
	period = period or periods.by_hand(None, None, every, today())
	written = render_report(figures(program, period))
	pictures = {name: picture.png for name, picture in written.pictures.items()}
	html = archive.page(written.subject, written.html, pictures)
	return Preview(period, written.subject, html, listed, waits)


def check_whole_program() -> None:
	"""Refuse whoever may see some of the cycles only: a report is about all of a program."""
	if get_permitted_documents("Mentoring Cycle"):
		frappe.throw(
			_(
				"You can see only some of the cycles, but the report covers the whole program. Ask a coordinator who can see all of them."
			),
			exc=frappe.PermissionError,
		)


def _by_hand(program: str, locked: bool = False) -> Period | None:
	return periods.by_hand(*_rhythm(program, today(), locked))


def _waits(period: Period | None, listed: list[Recipient]) -> str:
	if not period:
		return _("The last report covers everything up to yesterday, so there is nothing new to send.")
	if goes_to(listed):
		return ""
	if not listed:
		return _("This program has no report recipients. Add recipients first.")
	return _("No one would get this report. {0}").format(" ".join(one.reason for one in listed))


def goes_to(listed: list[Recipient]) -> list[Recipient]:
	"""Those of them who get the report."""
	return [one for one in listed if not one.reason]


def _rhythm(program: str, day: date, locked: bool = False) -> tuple[date | None, date | None, int, date]:
	"""First day of the first cycle, last day of the last report, months of the rhythm, today.

	`locked` reads the last report as committed by now, not as this transaction saw it before.
	"""
	started = frappe.get_all(
		"Mentoring Cycle",
		{"program": program, "status": ("in", RUNNING), "start_date": ("<=", day)},
		pluck="start_date",
		order_by="start_date",
		limit=1,
	)
	report = frappe.qb.DocType(REPORT)
	reports = (
		frappe.qb.from_(report)
		.select(report.to_date)
		.where((report.program == program) & blank(report.cycle))
		.orderby(report.to_date, order=frappe.qb.desc)
		.limit(1)
	)
	last = (reports.for_update() if locked else reports).run()
	every = cint(frappe.db.get_value(PROGRAM, program, "report_every_months"))
	return (started[0] if started else None, last[0][0] if last else None, every, day)


def _something_ran(program: str, period: Period) -> bool:
	"""Whether a cycle was in its days, or took applications: a program at rest has nothing to tell."""
	return bool(
		frappe.db.count(
			"Mentoring Cycle",
			{
				"program": program,
				"status": ("not in", ("Draft", "Cancelled")),
				"application_from": ("<=", period.last),
				"end_date": (">=", period.first),
			},
		)
	)


def _send(program: str, period: Period, listed: list[Recipient], made_by: str | None) -> str:
	name = archive.name_of(program, period)
	found = figures(program, period)
	written: Written = render_report(found, get_url_to_form(REPORT, name))
	archive.store(name, period, found, written, listed, made_by)
	post(name, program, period, goes_to(listed))
	return name


def post(name: str, program: str, period: Period, to: list[Recipient]) -> None:
	"""Send the stored report to these."""
	context: dict[str, Any] = {"program": program, "from": period.first, "to": period.last}
	enqueue_all(
		Notice(
			key=archive.key_of(name, one.email),
			template=COMMITTEE_REPORT,
			recipient=one.email,
			context=context,
			reference=(REPORT, name),
		)
		for one in to
	)
