"""Charts, cards and dashboards are made in the Desk, by people who have it.

The hole: frappe.desk.doctype.dashboard_chart.create_dashboard_chart and its like insert without asking for a
permission, whoever calls. Seen on Frappe 15.101. This can go when they ask.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.permissions.gate import works_in_the_desk


def only_in_the_desk(doc: Document, method: str | None = None) -> None:
	"""Called before one is inserted, through any entry point."""
	if not works_in_the_desk():
		frappe.throw(_("Create {0} in the Desk.").format(_(doc.doctype)), frappe.PermissionError)
