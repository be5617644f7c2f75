"""The result of a report that was prepared in the background is for those who may read it.

The holes: frappe.desk.query_report.run and export_query take the name of any Prepared Report among the filters
of any report, and show its result; enqueue_json_to_csv_conversion gives it as a file to whoever asks. And
Frappe lets everybody read it who may open the report, though it was made for somebody else: what a coordinator
prepares has the groups that are closed to another one. Seen on Frappe 15.101. The class can go when each asks
for the record; that results of our reports are for who prepared them stays.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.core.doctype.prepared_report.prepared_report import PreparedReport as FrappePreparedReport
from frappe.model.document import Document

from mentor_ispe.permissions.conflict_of_interest import NOTHING_AGAINST

OUR_MODULE = "Mentor ISPE"


class PreparedReport(FrappePreparedReport):
	def get_prepared_data(self, *args: Any, **kwargs: Any) -> Any:
		"""The result, for whoever prepared it, or may read the record; every way to it passes here."""
		if self.owner != frappe.session.user:
			self.check_permission("read")
		return super().get_prepared_data(*args, **kwargs)


def has_permission(
	doc: Document, ptype: str = "read", user: str | None = None, debug: bool = False
) -> bool | None:
	"""Whether it may be read; a result of our reports by the one who prepared it."""
	if doc.owner == (user or frappe.session.user) or doc.report_name not in _ours():
		return NOTHING_AGAINST
	return False


def list_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The condition of their list."""
	user = user or frappe.session.user
	ours = ", ".join(frappe.db.escape(name) for name in _ours())
	if user == "Administrator" or not ours:
		return ""
	return (
		f"(`tabPrepared Report`.`owner` = {frappe.db.escape(user)}"
		f" or `tabPrepared Report`.`report_name` not in ({ours}))"
	)


def _ours() -> list[str]:
	"""Our reports, and the copies that somebody keeps of them with other columns."""
	ours = frappe.get_all("Report", {"module": OUR_MODULE}, pluck="name")
	return sorted({*ours, *frappe.get_all("Report", {"reference_report": ("in", [*ours, ""])}, pluck="name")})
