"""Applications say how far their cycle is; concerns and requests for speakers, which program they belong to."""

from __future__ import annotations

import frappe

from mentor_ispe.services.applications import cycle_status


def execute() -> None:
	"""Fill what those that are there lack; the same again when it runs twice."""
	cycle_status.follow_cycles()
	group = frappe.qb.DocType("Mentoring Group")
	for doctype in ("Mentoring Concern", "Guest Speaker Request"):
		record = frappe.qb.DocType(doctype)
		rows = (
			frappe.qb.from_(record)
			.join(group)
			.on(group.name == record.mentoring_group)
			.select(record.name, group.program)
			.where(record.program.isnull())
		).run()
		frappe.db.bulk_update(
			doctype, {name: {"program": program} for name, program in rows}, update_modified=False
		)
