"""Meetings, attendance, and hours against what the program asks for."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Min, Sum
from pypika.queries import QueryBuilder, Table
from pypika.terms import Term, ValueWrapper

from mentor_ispe.clock import today
from mentor_ispe.reports.terms import different, how_many, months_begun, months_missed, steps, total_of
from mentor_ispe.reports.wanted import Wanted

STAYED = ("Active", "Suspended", "Completed")
"""Seats whose holders owe hours; nobody is asked for those of a group they left."""
FOLLOWED = ("Active", "Completed")
"""Groups whose people owe hours."""
SEAT = ("seat", "role", "profile", "full_name", "mentoring_group", "cycle", "program", "spent")


def meetings(wanted: Wanted) -> dict[str, frappe._dict]:
	"""By cycle: groups that met, meetings held, planned and cancelled, and minutes of those held."""
	session, cycle = DocType("Mentoring Session"), DocType("Mentoring Cycle")
	held = session.status == "Held"
	query = (
		frappe.qb.from_(session)
		.join(cycle)
		.on(cycle.name == session.cycle)
		.select(
			session.cycle,
			different(session.mentoring_group, held).as_("groups"),
			how_many(held).as_("held"),
			how_many(session.status == "Planned").as_("planned"),
			how_many(session.status == "Cancelled").as_("cancelled"),
			how_many(held & (session.mode == "In Person")).as_("in_person"),
			total_of(session.duration_minutes, held).as_("minutes"),
		)
		.groupby(session.cycle)
	)
	return {row.cycle: row for row in wanted.of_cycles(query, cycle).run(as_dict=True)}


def attendance(wanted: Wanted) -> dict[str, frappe._dict]:
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
	return {found.cycle: found for found in wanted.of_cycles(query, cycle).run(as_dict=True)}


def people_by_cycle(wanted: Wanted) -> dict[str, frappe._dict]:
	"""By cycle: people in groups, of whom something is asked, who are short of it, and minutes in all."""
	person = _people(wanted)
	query = frappe.qb.from_(person).select(
		person.cycle,
		person.program,
		Count(person.profile).as_("people"),
		how_many(person.asked > 0).as_("asked"),
		how_many(person.spent < person.asked).as_("short"),
		Sum(person.spent).as_("spent"),
	)
	return {row.cycle: row for row in query.groupby(person.cycle, person.program).run(as_dict=True)}


def people(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(those who are most short of hours, figures over all); minutes"""
	person = _people(wanted)
	query = frappe.qb.from_(person)
	if wanted.other("short_only"):
		query = query.where(person.spent < person.asked)
	missing = steps([(person.spent < person.asked, person.asked - person.spent)], 0)
	rows = query.select(person.star, missing.as_("missing"))
	rows = rows.orderby(missing, order=frappe.qb.desc).orderby(person.full_name).orderby(person.seat)
	total = query.select(
		Count(person.profile).as_("people"),
		how_many(person.asked > 0).as_("asked"),
		how_many(person.spent < person.asked).as_("short"),
		Sum(person.spent).as_("spent"),
		Sum(missing).as_("missing"),
	).run(as_dict=True)[0]
	return rows.limit(wanted.shown).run(as_dict=True), total


def _people(wanted: Wanted) -> QueryBuilder:
	"""One row for each seat: who, where, minutes `spent` and minutes `asked` so far.

	Asked are the minimum hours of a month for every calendar month that is over and of which the person
	took part on half of the days, and at the end the minimum hours in all, whichever is more.
	"""
	seat, program, day = _seats(wanted).as_("seat"), DocType("Mentoring Program"), today()
	months = steps([(seat.begun > seat.missed, seat.begun - seat.missed)], 0)
	monthly = months * program.minimum_hours_per_month * 60
	in_all = steps([(seat.last_day < day, program.minimum_hours * 60)], 0)
	asked = steps([(monthly > in_all, monthly)], in_all)
	return (
		frappe.qb.from_(seat)
		.join(program)
		.on(program.name == seat.program)
		.select(*(seat[name] for name in SEAT))
		.select(asked.as_("asked"))
		.as_("person")
	)


def _seats(wanted: Wanted) -> QueryBuilder:
	"""Members and mentors of the groups: minutes, the last day that is known, months begun and missed.

	A sum for each seat by index, since databases join tables that they made on the way, and fold them
	by two texts, an order of magnitude more slowly.
	"""
	group, cycle = DocType("Mentoring Group"), DocType("Mentoring Cycle")
	row, mentor = DocType("Mentoring Group Member"), DocType("Mentor")
	since, day = _since(wanted), today()

	def select(
		query: QueryBuilder, first: Term, last: Term, seat: Term, role: str, person: Table
	) -> QueryBuilder:
		query = (
			query.join(cycle)
			.on(cycle.name == group.cycle)
			.select(
				group.name.as_("mentoring_group"),
				person.profile.as_("profile"),
				seat.as_("seat"),
				ValueWrapper(role).as_("role"),
				person.full_name,
				group.cycle,
				group.program,
				last.as_("last_day"),
				months_begun(first, since, day).as_("begun"),
				months_missed(Coalesce(last, day), since, day).as_("missed"),
				_spent(group, person).as_("spent"),
			)
		)
		return wanted.of_cycles(query.where(group.status.isin(FOLLOWED)), cycle)

	members = frappe.qb.from_(group).join(row)
	members = members.on((row.parent == group.name) & (row.parenttype == "Mentoring Group"))
	mentors = frappe.qb.from_(group).join(mentor).on(mentor.name == group.mentor)
	return select(
		members.where(row.status.isin(STAYED)),
		Coalesce(row.joined_on, group.start_date),
		Coalesce(row.left_on, group.end_date),
		row.name,
		"Mentee",
		row,
	).union_all(
		select(
			mentors.where(group.mentor_status.isin(STAYED)),
			group.start_date,
			group.end_date,
			group.name,
			"Mentor",
			mentor,
		)
	)


def _spent(group: Table, person: Table) -> Term:
	"""A person's minutes in a group; no minutes noted is the whole meeting."""
	session, row = DocType("Mentoring Session"), DocType("Mentoring Session Attendance")
	minutes = (
		frappe.qb.from_(session)
		.join(row)
		.on(row.parent == session.name)
		.select(Sum(steps([(row.minutes > 0, row.minutes)], session.duration_minutes)))
		.where((session.mentoring_group == group.name) & (session.status == "Held"))
		.where((row.profile == person.profile) & (row.attended == 1))
	)
	return Coalesce(minutes, 0)


def _since(wanted: Wanted) -> date:
	"""The day on which the first of the groups started."""
	group, cycle = DocType("Mentoring Group"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(group).join(cycle).on(cycle.name == group.cycle).select(Min(group.start_date))
	first = wanted.of_cycles(query.where(group.status.isin(FOLLOWED)), cycle).run()[0][0]
	return max(first or today(), today() - timedelta(days=366 * 10))
