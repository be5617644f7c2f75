"""A report: declared once here, and the one way into it: who asks, and for what, before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.custom_role.custom_role import get_custom_allowed_roles
from frappe.model.document import Document
from frappe.utils import escape_html

from mentor_ispe.reports.columns import Column, Row, cut
from mentor_ispe.reports.filters import Filter, ReportFilters
from mentor_ispe.reports.titles import with_titles

ReportResult = tuple[list[Column], list[Row], str, dict[str, Any] | None, list[dict[str, Any]], bool]
"""What Frappe takes of a report: columns, rows, message, chart, summary, and that it adds no total of its own."""


@dataclass(frozen=True)
class Found:
	"""What a report found: columns, rows, the figures above them and the chart.

	`of_all` is how many rows there would be, for a list that is cut; `note` is said after the question.
	"""

	columns: Sequence[Column]
	rows: Sequence[Row]
	figures: Sequence[dict[str, Any]]
	chart: dict[str, Any] | None = None
	of_all: int | None = None
	note: str = ""


@dataclass(frozen=True)
class Report:
	"""A report of the app, which Frappe calls as its `execute`.

	`question` stands above its table, `figures` says in docs/reports.md what its figures are. With
	`for_committee` the committee opens it too, and `ref_doctype` is one that it may read. `script` is the
	one of public/js that adds actions to its page.
	"""

	name: str
	question: str
	figures: str
	ref_doctype: str
	for_committee: bool
	filters: tuple[Filter, ...]
	find: Callable[[ReportFilters], Found]
	question_values: tuple[Any, ...] = ()
	script: str = ""

	def __call__(self, filters: Mapping[str, Any] | None = None) -> ReportResult:
		"""Answer who may ask. Raises PermissionError, and ValidationError for a value that is none.

		Frappe runs this from a dozen places, and asks for permission in some of them: a prepared report, for
		one, is run by a job for whoever asked. So it is asked here, each time.
		"""
		check_asker(self.name)
		return self._result(self.find(ReportFilters.read(filters, self.filters)))

	def _result(self, found: Found) -> ReportResult:
		for fieldname in [column["fieldname"] for column in found.columns if column["fieldtype"] == "Date"]:
			for row in found.rows:
				if isinstance(row.get(fieldname), datetime):
					row[fieldname] = row[fieldname].date()
		words = [f"{_(self.question).format(*self.question_values)} {found.note}".rstrip()]
		if found.of_all is not None and (left := cut(len(found.rows), found.of_all)):
			words.append(left)
		message = "<br>".join(escape_html(each) for each in words)
		rows = list(found.rows)
		columns = with_titles(found.columns, rows)
		return columns, rows, message, found.chart, list(found.figures), True


def report(
	name: str,
	*,
	question: str,
	figures: str,
	filters: Sequence[Filter],
	ref_doctype: str = "Mentoring Cycle",
	for_committee: bool = False,
	question_values: Sequence[Any] = (),
	script: str = "",
) -> Callable[[Callable[[ReportFilters], Found]], Report]:
	"""Make a report of a function that finds its figures; the function has the report's name, see `Report`."""

	def decorate(find: Callable[[ReportFilters], Found]) -> Report:
		if frappe.scrub(name) != find.__name__:
			raise ValueError(f"{find.__name__} isn't the report {name}")
		return Report(
			name,
			question,
			figures,
			ref_doctype,
			for_committee,
			tuple(filters),
			find,
			tuple(question_values),
			script,
		)

	return decorate


def check_asker(report: str, user: str | None = None) -> None:
	"""Refuse whoever has none of the report's roles; raises PermissionError."""
	if not roles_of(report) & set(frappe.get_roles(user)):
		raise frappe.PermissionError(
			_("You don't have access to the report {0}. Ask a coordinator for access.").format(_(report))
		)


def roles_of(report: str) -> set[str]:
	"""The roles that may open a report: those of its record, which come from its JSON, unless the site named
	others in Frappe's Role Permission for Page and Report. A report without a role is for nobody."""
	custom = get_custom_allowed_roles("report", report)
	return set(
		custom
		or frappe.get_all("Has Role", {"parenttype": "Report", "parent": report}, pluck="role", order_by="")
	)


def is_ours(report: Document) -> bool:
	"""Whether it is one of the reports that come with the app."""
	return report.module == "Mentor ISPE" and report.is_standard == "Yes"
