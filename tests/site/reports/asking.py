"""Asks for a report as the Desk does."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.desk.query_report import run

COMMITTEE_REPORTS = (
	"Mentoring Overview",
	"Mentoring Participation",
	"Mentor Capacity",
	"Mentoring Waiting Times",
	"Mentoring Group Health",
	"Mentoring Attendance",
	"Mentoring Feedback Ratings",
	"Mentoring Success Stories",
	"Mentoring Goals Met",
	"Guest Speakers Asked For",
	"Reasons for No Match",
	"Mentoring Workshops",
)
STAFF_REPORTS = (
	"Mentors and Their Seats",
	"Mentees Waiting",
	"Groups to Look After",
	"Mentoring Hours by Person",
	"Mentoring Feedback in Words",
	"Membership Exceptions",
	"Mentees Without a Match",
	"Mentoring Credit Records",
	"Agreements and Training Owed",
)


def ask(report: str, **filters: Any) -> dict[str, Any]:
	"""Everything that the Desk gets, columns, result, figures and picture."""
	return run(report, frappe.as_json(filters), are_default_filters=False)


def rows(report: str, **filters: Any) -> list[dict[str, Any]]:
	"""The rows without the total."""
	return [row for row in ask(report, **filters)["result"] if not row.get("bold")]


def total(report: str, **filters: Any) -> dict[str, Any]:
	"""The row of the total."""
	(found,) = (row for row in ask(report, **filters)["result"] if row.get("bold"))
	return found


def figures(report: str, **filters: Any) -> dict[str, Any]:
	"""The figures above the table by their label."""
	return {figure["label"]: figure["value"] for figure in ask(report, **filters)["report_summary"]}
