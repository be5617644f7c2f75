"""Which cycle of a program comes before or after another one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import frappe
from frappe.utils import getdate

CYCLE_FIELDS = (
	"name",
	"program",
	"status",
	"application_from",
	"application_until",
	"start_date",
	"end_date",
)


def next_cycle(cycle: str) -> frappe._dict | None:
	"""The next cycle of the same program that takes applications now, by its start; None: there is none."""
	return next_cycles([cycle]).get(cycle)


def next_cycles(cycles: Collection[str]) -> dict[str, frappe._dict]:
	"""The same for many cycles, by the cycle they follow; one query."""
	before, after = frappe.qb.DocType("Mentoring Cycle"), frappe.qb.DocType("Mentoring Cycle").as_("after")
	rows = (
		frappe.qb.from_(before)
		.join(after)
		.on((after.program == before.program) & (after.start_date > before.start_date))
		.select(before.name.as_("follows"), *(after[field] for field in CYCLE_FIELDS))
		.where(before.name.isin(sorted(cycles) or [""]) & (after.status == "Open"))
		.orderby(after.start_date, order=frappe.qb.desc)
		.orderby(after.name, order=frappe.qb.desc)
	).run(as_dict=True)
	return {row.pop("follows"): row for row in rows}


def takes_answers(cycle: frappe._dict, on: date) -> bool:
	"""Whether the people of a group may say on this day whether they go on in `cycle`."""
	return getdate(cycle.application_from) <= on <= getdate(cycle.application_until)


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
