"""Move a cycle through its phases, and count who is where in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.query_builder.functions import Count

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_cycle.mentoring_cycle import MentoringCycle

COUNTED = ("Mentor", "Mentee", "Mentoring Group")


def set_status(cycle: str, status: str) -> MentoringCycle:
	"""Move a cycle to `status`; the table of statuses says from where."""
	doc = frappe.get_doc("Mentoring Cycle", cycle, for_update=True)
	doc.status = status
	return doc.save()


def funnel(cycle: str) -> dict[str, dict[str, int]]:
	"""Count the cycle's mentors, mentees and groups by status, and the mentees' live seats by state."""
	counts = {}
	for doctype in COUNTED:
		table = frappe.qb.DocType(doctype)
		rows = (
			frappe.qb.from_(table)
			.select(table.status, Count("*"))
			.where(table.cycle == cycle)
			.groupby(table.status)
			.run()
		)
		counts[doctype] = dict(rows)
	group, member = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Group Member")
	rows = (
		frappe.qb.from_(member)
		.join(group)
		.on(group.name == member.parent)
		.select(member.status, Count("*"))
		.where((group.cycle == cycle) & (member.role != "Mentor"))
		.groupby(member.status)
		.run()
	)
	counts["Seats"] = dict(rows)
	return counts
