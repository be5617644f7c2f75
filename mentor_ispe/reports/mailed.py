"""Reports that Frappe sends by mail: only of those whom they are for, and as long as they are."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.desk.query_report import get_reference_report
from frappe.email.doctype.auto_email_report.auto_email_report import AutoEmailReport

from mentor_ispe.reports.report import check_asker, is_ours


class MailedReport(AutoEmailReport):
	"""An Auto Email Report that asks for the report on behalf of somebody who may open it.

	Frappe runs it as Administrator, and lets everybody who may set one up name another person in `user`.
	"""

	def validate(self) -> None:
		super().validate()
		self._check(frappe.session.user)
		self._check(self.user)

	def get_report_content(self) -> Any:
		self._check(self.user)
		return super().get_report_content()

	def get_html_table(self, columns: list[dict] | None = None, data: list[dict] | None = None) -> str:
		"""Without the columns that nobody sees in the report: Frappe leaves them out of files alone."""
		return super().get_html_table([each for each in columns or () if not each.get("hidden")], data)

	def _check(self, user: str) -> None:
		report = get_reference_report(frappe.get_doc("Report", self.report))
		if is_ours(report):
			check_asker(report.name, user)
		elif frappe.get_meta(report.ref_doctype).module == "Mentor ISPE":
			frappe.has_permission(report.ref_doctype, "report", user=user, throw=True)
