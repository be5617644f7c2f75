"""The closing report of a cycle: what came of it, beside the cycle before; looked at, printed, sent to the committee.

Its figures are those of the report Mentoring Overview, so that they can be looked up and counted again; the only
names are those of success stories whose writers agreed.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, flt, get_url_to_form

from mentor_ispe.clock import today
from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.domain.figures import hours, mean_stars, share
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_program.recipients import recipients
from mentor_ispe.readings.cycles import cycle_before
from mentor_ispe.reports import attendance, feedback_words, overview
from mentor_ispe.reports.committee import commands
from mentor_ispe.reports.committee.commands import PROGRAM, Preview
from mentor_ispe.reports.committee.figures import STORIES_AT_MOST, stories_of
from mentor_ispe.reports.filters import ReportFilters
from mentor_ispe.services.committee import archive
from mentor_ispe.services.committee.render import render_closing
from mentor_ispe.services.prints.printing import pdf_from

CYCLE = "Mentoring Cycle"


def figures(cycle: str) -> dict[str, Any]:
	"""What the report says, as plain values that JSON keeps; `before` are the figures of the cycle before, if any."""
	doc = frappe.get_doc(CYCLE, cycle)
	before = cycle_before(cycle)
	rows, _total = feedback_words.stories(ReportFilters(cycle=cycle, shown=STORIES_AT_MOST))
	return {
		"program": doc.program,
		"cycle": cycle,
		"from": doc.start_date.isoformat(),
		"to": doc.end_date.isoformat(),
		"counted_on": today().isoformat(),
		"now": _of_cycle(cycle),
		"cycle_before": before,
		"before": _of_cycle(before) if before else None,
		"learned": (doc.learned or "").strip(),
		"stories": stories_of(rows),
	}


def _of_cycle(cycle: str) -> dict[str, float | int | None]:
	filters = ReportFilters(cycle=cycle)
	row = next(iter(overview.cycles(filters)), frappe._dict())
	there = attendance.attendance(filters).get(cycle) or frappe._dict()
	return {
		"mentees_applied": cint(row.applied),
		"mentees_approved": cint(row.approved),
		"mentees_matched": cint(row.matched),
		"mentees_completed": cint(row.completed),
		"mentors_approved": cint(row.mentors_approved),
		"groups_completed": cint(row.groups_completed),
		"groups_ended_early": cint(row.groups_ended_early),
		"meetings": cint(row.meetings_held),
		"hours": hours(cint(row.meetings_minutes)),
		"attended_share": share(cint(there.attended), cint(there.expected)),
		"goals": cint(row.goals),
		"goals_achieved": cint(row.goals_achieved),
		"stars": mean_stars(flt(row.feedback_stars), cint(row.feedback_rated))
		if row.feedback_rated
		else None,
	}


def preview(cycle: str) -> Preview:
	"""The report as it would be sent now; `waits` says why it can't be, if it can't."""
	found = _checked_figures(cycle)
	listed = recipients(frappe.get_doc(PROGRAM, found["program"]))
	written = render_closing(found)
	page = archive.page(written.subject, written.html, {})
	return Preview(_period(found), written.subject, page, listed, _waits(found, commands.goes_to(listed)))


def pdf(cycle: str) -> bytes:
	"""The report as it stands, as a PDF."""
	written = render_closing(_checked_figures(cycle))
	return pdf_from(archive.page(written.subject, written.html, {}), CYCLE, cycle)


def send(cycle: str) -> str:
	"""Store the report and send it to the program's recipients; returns its name. At most once a day.

	Raises RuleViolation while the cycle runs, when it was sent today, or when nobody would get it.
	"""
	found = _checked_figures(cycle)
	lock_row_for_write(PROGRAM, found["program"])
	listed = recipients(frappe.get_doc(PROGRAM, found["program"]))
	if waits := _waits(found, commands.goes_to(listed)):
		frappe.throw(waits, exc=RuleViolation)
	name = archive.closing_name(cycle, today())
	written = render_closing(found, get_url_to_form(archive.REPORT, name))
	archive.store(name, _period(found), found, written, listed, frappe.session.user)
	commands.post(name, found["program"], _period(found), commands.goes_to(listed))
	return name


def _checked_figures(cycle: str) -> dict[str, Any]:
	frappe.has_permission(CYCLE, "write", cycle, throw=True)
	return figures(cycle)


def _period(found: dict[str, Any]) -> Period:
	return Period(frappe.utils.getdate(found["from"]), frappe.utils.getdate(found["to"]))


def _waits(found: dict[str, Any], to: list) -> str:
	if frappe.db.get_value(CYCLE, found["cycle"], "status") != "Completed":
		return _("Complete the cycle first. Then you can send its closing report.")
	if not to:
		return _("This program has no report recipients. Add recipients first.")
	if frappe.db.exists(archive.REPORT, archive.closing_name(found["cycle"], today())):
		return _("The closing report has already been sent today.")
	return ""
