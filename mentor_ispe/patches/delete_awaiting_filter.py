"""The saved filter "Awaiting answers" counted matches not announced yet; the to-do list and the card know the hour."""

from __future__ import annotations

import frappe

DOCTYPE = "Mentoring Group"
CONDITIONS = [[DOCTYPE, "status", "in", ["Proposed", "Active"]], [DOCTYPE, "unanswered", ">", 0]]


def execute() -> None:
	"""Delete it where it is as the app made it; the same again when it runs twice."""
	for saved in frappe.get_all(
		"List Filter", {"reference_doctype": DOCTYPE, "for_user": ("is", "not set")}, ["name", "filters"]
	):
		if frappe.parse_json(saved.filters) == CONDITIONS:
			frappe.delete_doc("List Filter", saved.name, force=True, ignore_permissions=True)
