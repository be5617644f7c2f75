"""Whose group it is: who may read, and who may write, what a group plans and says."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _

READ = ("Active", "Suspended", "Completed")
WRITE = ("Active",)


def people(group: str, statuses: Collection[str]) -> list[str]:
	"""Profiles with a seat in one of these states, the mentor first; two queries."""
	return [row.profile for row in _seats(group) if row.status in statuses]


def require(group: str, profile: str, statuses: Collection[str] = READ) -> None:
	"""Refuse unless `profile` holds a seat of the group in one of these states."""
	if profile not in people(group, statuses):
		raise frappe.PermissionError(
			_("This is for those who hold an active seat in the group.")
			if set(statuses) == set(WRITE)
			else _("What a group says stays in the group.")
		)


def _seats(group: str) -> list[frappe._dict]:
	table, mentor = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentor")
	mentors = (
		frappe.qb.from_(table)
		.join(mentor)
		.on(mentor.name == table.mentor)
		.select(mentor.profile, table.mentor_status.as_("status"))
		.where(table.name == group)
	).run(as_dict=True)
	members = frappe.get_all(
		"Mentoring Group Member",
		{"parent": group, "parenttype": "Mentoring Group"},
		["profile", "status"],
		order_by="idx",
	)
	return [*mentors, *members]
