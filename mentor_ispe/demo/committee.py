"""The report that the demo's committee got when its last two months were over."""

from __future__ import annotations

from datetime import date, datetime, time

import frappe

from mentor_ispe.demo import clock
from mentor_ispe.domain.committee import periods
from mentor_ispe.domain.months import DAY
from mentor_ispe.reports.committee import commands
from mentor_ispe.services.committee.archive import REPORT, store_delivery

CYCLE = "Women in Pharma, this year"


def make_report(today: date) -> None:
	"""Send the last report that was due, on its day; it stays unsent like every mail of the demo."""
	cycle = frappe.db.get_value("Mentoring Cycle", CYCLE, ["program", "start_date", "status"], as_dict=True)
	if not cycle or cycle.status != "Running" or frappe.db.exists(REPORT, {"program": cycle.program}):
		return
	every = frappe.db.get_value("Mentoring Program", cycle.program, "report_every_months")
	period = periods.due(cycle.start_date, None, every, today)
	if period:
		with clock.at(datetime.combine(period.last + DAY, time(6))):
			commands.send_due(cycle.program)


def follow_report() -> None:
	"""Let the report say, in lists too, that its mails weren't sent; nobody follows it, as it is too old."""
	program = frappe.db.get_value("Mentoring Cycle", CYCLE, "program")
	for name in frappe.get_all(REPORT, {"program": program}, pluck="name"):
		store_delivery(name)
