"""Goals: how many were set, and what came of them."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from mentor_ispe.domain.figures import share
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import count_distinct, count_if
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, ReportFilters
from mentor_ispe.reports.report import Found, report

ROLES = ("Mentee", "Mentor")
STATUSES = {"Achieved": "achieved", "Partly Achieved": "partly", "Dropped": "dropped", "Open": "still_open"}
TAKING_PART = ("Active", "Completed")


def by_cycle(filters: ReportFilters) -> list[frappe._dict]:
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
			count_distinct(goal.profile).as_("people"),
			count_if(goal.reviewed_on.isnotnull()).as_("reviewed"),
			*(count_if(goal.status == status).as_(name) for status, name in STATUSES.items()),
		)
		.groupby(goal.cycle, cycle.program, goal.role)
	)
	rows = {(row.cycle, row.role): row for row in filters.of_cycles(query, cycle).run(as_dict=True)}
	for role in ROLES:
		for found in _without(filters, role):
			empty = {"goals": 0, "people": 0, "reviewed": 0, **dict.fromkeys(STATUSES.values(), 0)}
			row = rows.setdefault((found.cycle, role), frappe._dict(found, role=role, **empty))
			row.without = found.without
	for row in rows.values():
		row.without = row.without or 0
	return sorted(rows.values(), key=lambda row: (row.cycle, row.role))


def _without(filters: ReportFilters, role: str) -> list[frappe._dict]:
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
	return filters.of_cycles(query, cycle).run(as_dict=True)


ADDED_UP = ("goals", *STATUSES.values(), "reviewed", "people", "without")


@report(
	"Mentoring Goals Met",
	question=N_("What share of their goals do people achieve?"),
	figures=(
		"goals by status, for mentees and mentors. *Without goals*: active or completed people "
		"who have no goal in that role"
	),
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS],
	for_committee=True,
)
def mentoring_goals_met(filters: ReportFilters) -> Found:
	rows = by_cycle(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["met"] = share(row["achieved"], row["goals"])
	chart = col.bars(
		[f"{row.cycle}, {_(row.role)}" for row in rows],
		{
			label: [row[name] for row in rows]
			for name, label in zip(STATUSES.values(), map(_, STATUSES), strict=True)
		},
		[col.GREEN, col.ORANGE, col.GRAY, col.BLUE],
	)
	for row in rows:
		row.role = _(row.role)
	return Found(
		[
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.text("role", _("As"), 100),
			col.count("goals", _("Goals")),
			col.count("achieved", _("Achieved")),
			col.count("partly", _("Partly achieved"), 130),
			col.count("dropped", _("Dropped")),
			col.count("still_open", _("Open")),
			col.percent("met", _("Share achieved"), 130),
			col.count("reviewed", _("Reviewed")),
			col.count("people", _("People with goals"), 140),
			col.count("without", _("Without goals"), 130),
		],
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Goals"), total["goals"]),
			col.figure(_("Achieved"), total["met"], "Green", "Percent"),
			col.figure(_("Still open"), total["still_open"], "Blue"),
			col.figure(_("Without goals"), total["without"], "Orange" if total["without"] else "Green"),
		],
		chart,
	)
