"""How active groups are doing."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Max, Min
from frappe.utils import now_datetime
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from mentor_ispe.clock import today
from mentor_ispe.permissions.conflict_of_interest import only_open
from mentor_ispe.reports.terms import filled, how_many, steps, total_of
from mentor_ispe.reports.wanted import Wanted


def by_cycle(wanted: Wanted, *, of_all: bool = False) -> list[frappe._dict]:
	"""Rows of cycle: groups, measured, total of the health, low, fair, good, alarms, never met and late to meet.

	`low` is under the program's threshold, `fair` less than half of the way from there to 100. `late` have
	not met within the days that the program gives for a first meeting. `of_all`: with the groups that whoever
	asks sits in, for figures that are kept and sent to many.
	"""
	group, cycle, program = _tables()
	met = _meetings("Held", Max)
	late = _late(group, program)
	low, fair = _low(group, program), _fair(group, program)
	query = (
		_active(wanted, group, cycle, program, of_all)
		.left_join(met)
		.on(met.mentoring_group == group.name)
		.select(
			group.cycle,
			group.program,
			Count(group.name).as_("groups"),
			how_many(_measured(group)).as_("measured"),
			total_of(group.health, _measured(group)).as_("health"),
			how_many(low).as_("low"),
			how_many(fair).as_("fair"),
			how_many(filled(group.alarm)).as_("alarms"),
			how_many(met.moment.isnull()).as_("never_met"),
			how_many(met.moment.isnull() & late).as_("late"),
		)
		.groupby(group.cycle, group.program)
	)
	rows = query.run(as_dict=True)
	for row in rows:
		row.good = row.measured - row.low - row.fair
		row.unknown = row.groups - row.measured
	return sorted(rows, key=lambda row: (-row.low - row.alarms, row.cycle))


def groups(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the groups that most need somebody, figures over all active ones)

	Alarms come first, then those without a first meeting in time, then by health. Concerns are left out:
	a coordinator who is in the group isn't to know of one.
	"""
	group, cycle, program = _tables()
	met, planned, seat = _meetings("Held", Max), _meetings("Planned", Min), DocType("Mentoring Group Member")
	late = met.moment.isnull() & _late(group, program)
	low = _low(group, program)
	query = _active(wanted, group, cycle, program).left_join(met).on(met.mentoring_group == group.name)
	if wanted.other("needing"):
		query = query.where(filled(group.alarm) | late | low)
	urgency = steps([(filled(group.alarm), 0), (late, 1), (low, 2), (_measured(group), 3)], 4)
	rows = (
		query.left_join(planned)
		.on(planned.mentoring_group == group.name)
		.select(
			group.name.as_("mentoring_group"),
			group.title,
			group.cycle,
			group.program,
			steps([(_measured(group), group.health)]).as_("health"),
			program.health_threshold.as_("threshold"),
			group.alarm,
			group.start_date,
			met.moment.as_("last_met"),
			met.sessions.as_("meetings"),
			planned.moment.as_("next_meeting"),
			_counted(seat.parent == group.name, seat, seat.status == "Active").as_("members"),
		)
		.orderby(urgency)
		.orderby(group.health)
		.orderby(group.name)
		.limit(wanted.shown)
		.run(as_dict=True)
	)
	total = query.select(
		Count(group.name).as_("groups"),
		how_many(filled(group.alarm)).as_("alarms"),
		how_many(low).as_("low"),
		how_many(late).as_("late"),
		how_many(_measured(group)).as_("measured"),
		total_of(group.health, _measured(group)).as_("health"),
	).run(as_dict=True)[0]
	return rows, total


def _tables() -> tuple[Table, Table, Table]:
	return DocType("Mentoring Group"), DocType("Mentoring Cycle"), DocType("Mentoring Program")


def _active(wanted: Wanted, group: Table, cycle: Table, program: Table, of_all: bool = False) -> QueryBuilder:
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
	return wanted.of_cycles(query, cycle)


def _measured(group: Table) -> Criterion:
	"""A number is zero before it was worked out; the moment says whether it was."""
	return group.health_on.isnotnull()


def _low(group: Table, program: Table) -> Criterion:
	return _measured(group) & (group.health < program.health_threshold)


def _fair(group: Table, program: Table) -> Criterion:
	half_way = (program.health_threshold + 100) / 2
	return _measured(group) & (group.health >= program.health_threshold) & (group.health < half_way)


def _late(group: Table, program: Table) -> Criterion:
	"""More days since the start than the program gives; compared for each number of days that programs have."""
	allowed = frappe.get_all("Mentoring Program", pluck="first_meeting_days", distinct=True, order_by="")
	day = today()
	return Criterion.any(
		(program.first_meeting_days == days) & (group.start_date < day - timedelta(days=days))
		for days in allowed or (0,)
	)


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
