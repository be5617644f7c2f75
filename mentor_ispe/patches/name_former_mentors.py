"""Groups are found by the names of mentors who left too; those that are there get theirs."""

from __future__ import annotations

import frappe

GROUP = "Mentoring Group"


def execute() -> None:
	"""As `set_mentor` of the group writes them; the same again when it runs twice."""
	frappe.reload_doctype(GROUP)
	now = dict(frappe.get_all(GROUP, fields=["name", "mentor"], as_list=True))
	names: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Mentoring Group Member",
		{"parenttype": GROUP, "role": "Mentor"},
		["parent", "participant", "full_name", "status", "joined_on"],
		order_by="parent, idx",
	):
		there = row.status not in ("Declined", "Expired", "Withdrawn", "Ended", "Completed")
		if there or row.joined_on or row.participant == now.get(row.parent):
			of_group = names.setdefault(row.parent, [])
			if row.full_name not in of_group:
				of_group.append(row.full_name)
	frappe.db.bulk_update(
		GROUP, {name: {"all_mentors": ", ".join(of)} for name, of in names.items()}, update_modified=False
	)
