"""Goals: how many were set, and what came of them."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from mentor_ispe.reports.terms import different, how_many
from mentor_ispe.reports.wanted import Wanted

ROLES = ("Mentee", "Mentor")
STATUSES = {"Achieved": "achieved", "Partly Achieved": "partly", "Dropped": "dropped", "Open": "still_open"}
TAKING_PART = ("Active", "Completed")


def by_cycle(wanted: Wanted) -> list[frappe._dict]:
	"""Rows of (cycle, role): goals by status, people with goals, reviewed; and `without`, who have none.

	`without` counts those who are or were in a group to the end and set no goal in this role.
	"""
	goal, cycle = DocType("Mentoring Goal"), DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(goal)
		.join(cycle)
		.on(cycle.name == goal.cycle)
		.select(
			goal.cycle,
			cycle.program,
			goal.role,
			Count(goal.name).as_("goals"),
			different(goal.profile).as_("people"),
			how_many(goal.reviewed_on.isnotnull()).as_("reviewed"),
			*(how_many(goal.status == status).as_(name) for status, name in STATUSES.items()),
		)
		.groupby(goal.cycle, cycle.program, goal.role)
	)
	rows = {(row.cycle, row.role): row for row in wanted.of_cycles(query, cycle).run(as_dict=True)}
	for role in ROLES:
		for found in _without(wanted, role):
			empty = {"goals": 0, "people": 0, "reviewed": 0, **dict.fromkeys(STATUSES.values(), 0)}
			row = rows.setdefault((found.cycle, role), frappe._dict(found, role=role, **empty))
			row.without = found.without
	for row in rows.values():
		row.without = row.without or 0
	return sorted(rows.values(), key=lambda row: (row.cycle, row.role))


def _without(wanted: Wanted, role: str) -> list[frappe._dict]:
	part, goal, cycle = DocType(role), DocType("Mentoring Goal"), DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(part)
		.join(cycle)
		.on(cycle.name == part.cycle)
		.left_join(goal)
		.on((goal.profile == part.profile) & (goal.cycle == part.cycle) & (goal.role == role))
		.select(part.cycle, cycle.program, Count(part.name).as_("without"))
		.where(part.status.isin(TAKING_PART) & goal.name.isnull())
		.groupby(part.cycle, cycle.program)
	)
	return wanted.of_cycles(query, cycle).run(as_dict=True)
