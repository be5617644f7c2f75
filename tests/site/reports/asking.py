"""Asks for a report as the Desk does."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.desk.query_report import run

from mentor_ispe.reports.files import all_reports

COMMITTEE_REPORTS = tuple(each.name for each in all_reports() if each.for_committee)
STAFF_REPORTS = tuple(each.name for each in all_reports() if not each.for_committee)


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
