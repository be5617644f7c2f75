"""What the database holds of a cycle, to see that a refused step wrote nothing."""

from __future__ import annotations

from typing import Any

import frappe


def written(cycle: str) -> dict[str, Any]:
	"""Everything that a step of this cycle may write, whole."""
	groups = frappe.get_all("Mentoring Group", {"cycle": cycle}, ["*"], order_by="name")
	return {
		"Mentoring Cycle": frappe.get_all("Mentoring Cycle", {"name": cycle}, ["*"]),
		"Mentor": frappe.get_all("Mentor", {"cycle": cycle}, ["*"], order_by="name"),
		"Mentee": frappe.get_all("Mentee", {"cycle": cycle}, ["*"], order_by="name"),
		"Mentoring Group": groups,
		"Mentoring Group Member": frappe.get_all(
			"Mentoring Group Member",
			{"parent": ("in", [group.name for group in groups] or [""])},
			["*"],
			order_by="name",
		),
		"Mentoring Notice": set(frappe.get_all("Mentoring Notice", pluck="name")),
		"Mentoring Topic": set(frappe.get_all("Mentoring Topic", pluck="name")),
	}
