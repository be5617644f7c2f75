"""How active groups are doing."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Max, Min
from frappe.utils import now_datetime
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from mentor_ispe.clock import today
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.conflict_of_interest import only_open
from mentor_ispe.readings.sql import (
	case_when,
	count_if,
	filled,
	first_meeting_late,
	health_known,
	health_low,
	sum_if,
)
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, SHOWN, ReportFilters, check
from mentor_ispe.reports.report import Found, report


def by_cycle(filters: ReportFilters, *, of_all: bool = False) -> list[frappe._dict]:
	"""Rows of cycle: groups, measured, total of the health, low, fair, good, alarms, never met and late to meet.

	`low` is under the program's threshold, `fair` less than half of the way from there to 100. `late` have
	not met within the days that the program gives for a first meeting. `of_all`: with the groups that whoever
	asks sits in, for figures that are kept and sent to many.
	"""
	group, cycle, program = _tables()
	met = _meetings("Held", Max)
	late = first_meeting_late(group, program, today())
	low, fair = health_low(group, program), _fair(group, program)
	query = (
		_active(filters, group, cycle, program, of_all)
		.left_join(met)
		.on(met.mentoring_group == group.name)
		.select(
			group.cycle,
			group.program,
			Count(group.name).as_("groups"),
			count_if(health_known(group)).as_("measured"),
			sum_if(group.health, health_known(group)).as_("health"),
			count_if(low).as_("low"),
			count_if(fair).as_("fair"),
			count_if(filled(group.alarm)).as_("alarms"),
			count_if(met.moment.isnull()).as_("never_met"),
			count_if(met.moment.isnull() & late).as_("late"),
		)
		.groupby(group.cycle, group.program)
	)
	rows = query.run(as_dict=True)
	for row in rows:
		row.good = row.measured - row.low - row.fair
		row.unknown = row.groups - row.measured
	return sorted(rows, key=lambda row: (-row.low - row.alarms, row.cycle))


def groups(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the groups that most need somebody, figures over all active ones)

	Alarms come first, then those without a first meeting in time, then by health. Concerns are left out:
	a coordinator who is in the group isn't to know of one.
	"""
	group, cycle, program = _tables()
	met, planned, seat = _meetings("Held", Max), _meetings("Planned", Min), DocType("Mentoring Group Member")
	late = met.moment.isnull() & first_meeting_late(group, program, today())
	low = health_low(group, program)
	query = _active(filters, group, cycle, program).left_join(met).on(met.mentoring_group == group.name)
	if filters.get("needing"):
		query = query.where(filled(group.alarm) | late | low)
	urgency = case_when([(filled(group.alarm), 0), (late, 1), (low, 2), (health_known(group), 3)], 4)
	rows = (
		query.left_join(planned)
		.on(planned.mentoring_group == group.name)
		.select(
			group.name.as_("mentoring_group"),
			group.title,
			group.cycle,
			group.program,
			case_when([(health_known(group), group.health)]).as_("health"),
			program.health_threshold.as_("threshold"),
			group.alarm,
			group.start_date,
			met.moment.as_("last_met"),
			met.sessions.as_("meetings"),
			planned.moment.as_("next_meeting"),
			_counted(
				seat.parent == group.name, seat, (seat.status == "Active") & (seat.role != "Mentor")
			).as_("members"),
		)
		.orderby(urgency)
		.orderby(group.health)
		.orderby(group.name)
		.limit(filters.shown)
		.run(as_dict=True)
	)
	total = query.select(
		Count(group.name).as_("groups"),
		count_if(filled(group.alarm)).as_("alarms"),
		count_if(low).as_("low"),
		count_if(late).as_("late"),
		count_if(health_known(group)).as_("measured"),
		sum_if(group.health, health_known(group)).as_("health"),
	).run(as_dict=True)[0]
	return rows, total


def _tables() -> tuple[Table, Table, Table]:
	return DocType("Mentoring Group"), DocType("Mentoring Cycle"), DocType("Mentoring Program")


def _active(
	filters: ReportFilters, group: Table, cycle: Table, program: Table, of_all: bool = False
) -> QueryBuilder:
	query = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.join(program)
		.on(program.name == group.program)
		.where(group.status == "Active")
	)
	if not of_all:
		# What the health of a group says of the others in it isn't for somebody who sits there.
		query = only_open(query, "Mentoring Group")
	return filters.of_cycles(query, cycle)


def _fair(group: Table, program: Table) -> Criterion:
	half_way = (program.health_threshold + 100) / 2
	return health_known(group) & (group.health >= program.health_threshold) & (group.health < half_way)


def _meetings(status: str, moment: type) -> Table:
	"""The last or first moment of each group's meetings of one status; planned ones from now on."""
	session = DocType("Mentoring Session")
	query = (
		frappe.qb.from_(session)
		.select(
			session.mentoring_group,
			moment(session.starts_on).as_("moment"),
			Count(session.name).as_("sessions"),
		)
		.where(session.status == status)
		.groupby(session.mentoring_group)
	)
	if status == "Planned":
		query = query.where(session.starts_on >= now_datetime())
	return query.as_(status.lower())


def _counted(belongs: Criterion, table: Table, condition: Criterion) -> Term:
	return frappe.qb.from_(table).select(Coalesce(Count(table.name), 0)).where(belongs & condition)


ADDED_UP = (
	*("groups", "measured", "health", "low", "fair", "good", "unknown"),
	*("alarms", "never_met", "late"),
)


@report(
	"Mentoring Group Health",
	question=N_("How are the active groups of each cycle doing?"),
	figures=(
		"*Low*: below the program's threshold. *Good*: more than halfway from there to 100. "
		"*Fair*: in between. *First meeting overdue*: no meeting held within the days that the "
		"program allows"
	),
	filters=[PROGRAM, CYCLE],
	for_committee=True,
)
def mentoring_group_health(filters: ReportFilters) -> Found:
	rows = by_cycle(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["mean"] = round(row["health"] / row["measured"]) if row["measured"] else None
	return Found(
		_columns(),
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Active groups"), total["groups"]),
			col.figure(_("Average health (out of 100)"), total["mean"], "Green"),
			col.figure(_("Below threshold"), total["low"], "Red" if total["low"] else "Green"),
			col.figure(_("Need a coordinator"), total["alarms"], "Red" if total["alarms"] else "Green"),
			col.figure(_("First meeting overdue"), total["late"], "Orange" if total["late"] else "Green"),
		],
		col.bars(
			[row.cycle for row in rows],
			{
				_("Good"): [row.good for row in rows],
				_("Fair"): [row.fair for row in rows],
				_("Low"): [row.low for row in rows],
				_("No data yet"): [row.unknown for row in rows],
			},
			[col.GREEN, col.ORANGE, col.RED, col.GRAY],
		),
	)


def _columns() -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.count("groups", _("Active groups"), 120),
		col.count("mean", _("Average health"), 120),
		col.count("good", _("Good"), 90),
		col.count("fair", _("Fair"), 90),
		col.count("low", _("Low"), 90),
		col.count("unknown", _("No data yet"), 130),
		col.count("alarms", _("Need a coordinator"), 150),
		col.count("never_met", _("Not met yet"), 140),
		col.count("late", _("First meeting overdue"), 160),
	]


@report(
	"Groups Needing Attention",
	question=N_("Which active groups need attention, most urgent first?"),
	figures=(
		"groups with an alert, then those whose first meeting is overdue, then by health. "
		"Concerns have their own list, which is hidden from coordinators who are in the group"
	),
	filters=[PROGRAM, CYCLE, check("needing", N_("Needing attention"), 1), SHOWN],
	ref_doctype="Mentoring Group",
)
def groups_needing_attention(filters: ReportFilters) -> Found:
	rows, total = groups(filters)
	return Found(
		[
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.count("health", _("Health"), 80),
			col.count("threshold", _("Threshold"), 100),
			col.text("alarm", _("Needs a coordinator"), 320),
			col.day("start_date", _("Started on")),
			col.count("meetings", _("Meetings"), 100),
			col.day("last_met", _("Last met")),
			col.day("next_meeting", _("Next meeting"), 120),
			col.count("members", _("Members"), 100),
		],
		rows,
		[
			col.figure(_("Groups"), total.groups),
			col.figure(_("Need a coordinator"), total.alarms or 0, "Red" if total.alarms else "Green"),
			col.figure(_("Below threshold"), total.low or 0, "Red" if total.low else "Green"),
			col.figure(_("First meeting overdue"), total.late or 0, "Orange" if total.late else "Green"),
			col.figure(
				_("Average health (out of 100)"),
				round(total.health / total.measured) if total.measured else None,
			),
		],
		col.bars(
			[_("Need a coordinator"), _("Below threshold"), _("First meeting overdue")],
			{_("Groups"): [total.alarms or 0, total.low or 0, total.late or 0]},
			[col.ORANGE],
		)
		if total.groups
		else None,
		total.groups,
	)
