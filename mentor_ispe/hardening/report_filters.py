"""The filters of a report are an object, with a value for each filter.

The hole: frappe.desk.query_report reads whatever was sent as filters as if it were one, and answers 500 for
lists, numbers and texts, with an entry in the Error Log for each. Seen on Frappe 15.101. This can go when
Frappe checks their type. What is in them is checked in reports/filters.py.
"""

from __future__ import annotations

import json

import frappe
from frappe import _


def check_type() -> None:
	"""Refuse filters of a report that are something else; called before each request."""
	given = frappe.form_dict
	filters = given.get("filters")
	if not given.get("report_name") or not filters:
		return
	try:
		filters = json.loads(filters) if isinstance(filters, str) else filters
	except ValueError:
		filters = False
	if filters in (None, []):
		given.filters = None
	elif not isinstance(filters, dict):
		frappe.throw(_("Send the filters of a report as an object with a value for each filter."))
