"""Which cycle of a program comes before or after another one."""

from __future__ import annotations

import frappe

FIELDS = ("name", "program", "status", "application_from", "application_until", "start_date", "end_date")


def next_cycle(cycle: str) -> frappe._dict | None:
	"""The next cycle of the same program that takes applications now, by its start; None: there is none."""
	program, start = frappe.db.get_value("Mentoring Cycle", cycle, ["program", "start_date"])
	rows = frappe.get_all(
		"Mentoring Cycle",
		{"program": program, "start_date": (">", start), "status": "Open"},
		list(FIELDS),
		order_by="start_date, name",
		limit=1,
	)
	return rows[0] if rows else None


def cycle_before(cycle: str) -> str | None:
	"""The cycle of the same program that started last before this one; drafts and cancelled ones don't count."""
	program, start = frappe.db.get_value("Mentoring Cycle", cycle, ["program", "start_date"])
	rows = frappe.get_all(
		"Mentoring Cycle",
		{"program": program, "start_date": ("<", start), "status": ("not in", ("Draft", "Cancelled"))},
		pluck="name",
		order_by="start_date desc, name desc",
		limit=1,
	)
	return rows[0] if rows else None
