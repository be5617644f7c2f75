"""Meetings and attendance, and hours against what the program asks for."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum

from mentor_ispe.domain.figures import hours, share
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import count_distinct, count_if, sum_if
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, ReportFilters, chosen_cycles
from mentor_ispe.reports.hours import people_by_cycle
from mentor_ispe.reports.report import Found, report


def meetings(filters: ReportFilters) -> dict[str, frappe._dict]:
	"""By cycle: groups that met, meetings held, planned and cancelled, and minutes of those held."""
	session, cycle = DocType("Mentoring Session"), DocType("Mentoring Cycle")
	held = session.status == "Held"
	query = (
		frappe.qb.from_(session)
		.join(cycle)
		.on(cycle.name == session.cycle)
		.select(
			session.cycle,
			count_distinct(session.mentoring_group, held).as_("groups"),
			count_if(held).as_("held"),
			count_if(session.status == "Planned").as_("planned"),
			count_if(session.status == "Cancelled").as_("cancelled"),
			count_if(held & (session.mode == "In Person")).as_("in_person"),
			sum_if(session.duration_minutes, held).as_("minutes"),
		)
		.groupby(session.cycle)
	)
	return {row.cycle: row for row in filters.of_cycles(query, cycle).run(as_dict=True)}


def attendance(filters: ReportFilters) -> dict[str, frappe._dict]:
	"""By cycle: places at meetings held, and how many of them were taken."""
	session, cycle = DocType("Mentoring Session"), DocType("Mentoring Cycle")
	row = DocType("Mentoring Session Attendance")
	query = (
		frappe.qb.from_(session)
		.join(row)
		.on(row.parent == session.name)
		.join(cycle)
		.on(cycle.name == session.cycle)
		.select(session.cycle, Count(row.name).as_("expected"), Sum(row.attended).as_("attended"))
		.where(session.status == "Held")
		.groupby(session.cycle)
	)
	return {found.cycle: found for found in filters.of_cycles(query, cycle).run(as_dict=True)}


ADDED_UP = (
	*("groups", "held", "planned", "cancelled", "in_person", "minutes"),
	*("expected", "attended", "people", "asked", "short", "spent"),
)


@report(
	"Mentoring Attendance",
	question=N_("Do people meet as often and as long as their program requires?"),
	figures=(
		"*Attendance*: share of invited people who attended the meetings held. *Hours required*: "
		"people in active or completed groups (including mentors, and people who left, for their "
		"time) whose program requires hours by now. *Behind*: those with fewer hours"
	),
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS],
	for_committee=True,
)
def mentoring_attendance(filters: ReportFilters) -> Found:
	rows = _rows(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["hours"] = hours(row["minutes"])
		row["attendance"] = share(row["attended"], row["expected"])
		row["each"] = hours(row["spent"] / row["people"]) if row["people"] else None
		row["enough"] = row["asked"] - row["short"]
		row["enough_share"] = share(row["enough"], row["asked"])
	return Found(
		_columns(),
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Meetings held"), total["held"]),
			col.figure(_("Meeting hours"), total["hours"], "Blue", "Float"),
			col.figure(_("Attendance"), total["attendance"], "Green", "Percent"),
			col.figure(_("On track for hours"), total["enough_share"], "Green", "Percent"),
			col.figure(_("Behind on hours"), total["short"], "Orange" if total["short"] else "Green"),
		],
		col.bars(
			[row.cycle for row in rows],
			{
				_("Enough hours"): [row.enough for row in rows],
				_("Behind on hours"): [row.short for row in rows],
			},
			[col.GREEN, col.ORANGE],
		),
	)


def _rows(filters: ReportFilters) -> list[frappe._dict]:
	"""The cycles with a meeting or with people in groups."""
	parts = meetings(filters), attendance(filters), people_by_cycle(filters)
	rows = []
	for cycle in chosen_cycles(filters):
		found = [part[cycle.cycle] for part in parts if cycle.cycle in part]
		if found:
			row = frappe._dict(dict.fromkeys(ADDED_UP, 0), cycle=cycle.cycle, program=cycle.program)
			for part in found:
				row.update({name: part[name] or 0 for name in ADDED_UP if name in part})
			rows.append(row)
	return rows


def _columns() -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.count("groups", _("Groups that met"), 130),
		col.count("held", _("Meetings held"), 120),
		col.count("in_person", _("In person"), 140),
		col.count("planned", _("Planned")),
		col.count("cancelled", _("Canceled")),
		col.number("hours", _("Meeting hours")),
		col.percent("attendance", _("Attendance")),
		col.count("people", _("People in groups"), 130),
		col.number("each", _("Hours by person"), 1, 120),
		col.count("asked", _("Hours required"), 130),
		col.count("enough", _("On track")),
		col.count("short", _("Behind")),
		col.percent("enough_share", _("Enough")),
	]
