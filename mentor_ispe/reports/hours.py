"""Meetings, attendance, and hours against what the program asks for."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Min, Sum
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from mentor_ispe.clock import today
from mentor_ispe.domain.figures import hours, share
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.conflict_of_interest import only_open
from mentor_ispe.readings.sql import case_when, count_if, months_begun, months_missed, months_paused
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, SHOWN, ReportFilters, check
from mentor_ispe.reports.report import Found, report

STAYED = ("Active", "Suspended", "Completed")
"""Seats whose holders owe the hours in all; whoever left owes those of their months alone."""
LEFT = ("Withdrawn", "Ended")
"""Seats of people who left, or were never in: then they have no first day."""
FOLLOWED = ("Active", "Completed")
"""Groups whose people owe hours."""
SEAT = ("seat", "role", "profile", "full_name", "mentoring_group", "cycle", "program", "spent")


def people_by_cycle(filters: ReportFilters) -> dict[str, frappe._dict]:
	"""By cycle: people in groups, of whom something is asked, who are short of it, and minutes in all."""
	person = _people(filters)
	query = frappe.qb.from_(person).select(
		person.cycle,
		person.program,
		Count(person.profile).as_("people"),
		count_if(person.asked > 0).as_("asked"),
		count_if(person.spent < person.asked).as_("short"),
		Sum(person.spent).as_("spent"),
	)
	return {row.cycle: row for row in query.groupby(person.cycle, person.program).run(as_dict=True)}


def people(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(those who are most short of hours, figures over all), without the reader's own groups; minutes"""
	person = _people(filters, by_name=True)
	query = frappe.qb.from_(person)
	if filters.get("short_only"):
		query = query.where(person.spent < person.asked)
	missing = case_when([(person.spent < person.asked, person.asked - person.spent)], 0)
	rows = query.select(person.star, missing.as_("missing"))
	rows = rows.orderby(missing, order=frappe.qb.desc).orderby(person.full_name).orderby(person.seat)
	total = query.select(
		Count(person.profile).as_("people"),
		count_if(person.asked > 0).as_("asked"),
		count_if(person.spent < person.asked).as_("short"),
		Sum(person.spent).as_("spent"),
		Sum(missing).as_("missing"),
	).run(as_dict=True)[0]
	return rows.limit(filters.shown).run(as_dict=True), total


def _people(filters: ReportFilters, by_name: bool = False) -> QueryBuilder:
	"""One row for each seat: who, where, minutes `spent` and minutes `asked` so far.

	Asked are the minimum hours of a month for every calendar month that is over and of which the person
	took part on half of the days, and at the end the minimum hours in all, whichever is more.
	"""
	seat, program, day = _seats(filters, by_name).as_("seat"), DocType("Mentoring Program"), today()
	missed = seat.missed + seat.away
	months = case_when([(seat.begun > missed, seat.begun - missed)], 0)
	monthly = months * program.minimum_hours_per_month * 60
	stayed_to_the_end = (seat.last_day < day) & seat.status.isin(STAYED)
	whole, months_there = program.minimum_hours * 60, program.length_months - seat.away
	in_all = case_when(
		[
			(stayed_to_the_end & (seat.away == 0), whole),
			(stayed_to_the_end & (months_there > 0), whole * months_there / program.length_months),
		],
		0,
	)
	asked = case_when([(monthly > in_all, monthly)], in_all)
	return (
		frappe.qb.from_(seat)
		.join(program)
		.on(program.name == seat.program)
		.select(*(seat[name] for name in SEAT))
		.select(asked.as_("asked"))
		.as_("person")
	)


def _seats(filters: ReportFilters, by_name: bool) -> QueryBuilder:
	"""Everybody in the groups, for their own days: minutes, the last day known, months begun and missed.

	A sum for each seat by index, since databases join tables that they made on the way, and fold them
	by two texts, an order of magnitude more slowly.
	"""
	group, cycle, row, later = (
		DocType("Mentoring Group"),
		DocType("Mentoring Cycle"),
		DocType("Mentoring Group Member"),
		DocType("Mentoring Group Member").as_("later"),
	)
	since, day = _since(filters), today()
	first, last = Coalesce(row.joined_on, group.start_date), Coalesce(row.left_on, group.end_date)
	query = (
		frappe.qb.from_(group)
		.join(row)
		.on((row.parent == group.name) & (row.parenttype == "Mentoring Group"))
		.join(cycle)
		.on(cycle.name == group.cycle)
		.select(
			group.name.as_("mentoring_group"),
			row.profile,
			row.name.as_("seat"),
			case_when([(row.role == "Mentor", "Mentor")], "Mentee").as_("role"),
			row.full_name,
			row.status,
			group.cycle,
			group.program,
			last.as_("last_day"),
			months_begun(first, since, day).as_("begun"),
			months_missed(Coalesce(last, day), since, day).as_("missed"),
			months_paused(row.months_away, since, day).as_("away"),
			_spent(group, row).as_("spent"),
		)
		# Whoever came back has one row: that of their present seat, with everything that they did.
		.left_join(later)
		.on(
			(later.parent == row.parent)
			& (later.parenttype == row.parenttype)
			& (later.profile == row.profile)
			& (later.idx > row.idx)
			& _took_part(later)
		)
		.where(group.status.isin(FOLLOWED) & _took_part(row) & later.name.isnull())
	)
	if by_name:
		query = only_open(query, "Mentoring Group")
	return filters.of_cycles(query, cycle)


def _took_part(row: Table) -> Criterion:
	return row.status.isin(STAYED) | (row.status.isin(LEFT) & row.joined_on.notnull())


def _spent(group: Table, person: Table) -> Term:
	"""A person's minutes in a group; no minutes noted is the whole meeting."""
	session, row = DocType("Mentoring Session"), DocType("Mentoring Session Attendance")
	minutes = (
		frappe.qb.from_(session)
		.join(row)
		.on(row.parent == session.name)
		.select(Sum(case_when([(row.minutes > 0, row.minutes)], session.duration_minutes)))
		.where((session.mentoring_group == group.name) & (session.status == "Held"))
		.where((row.profile == person.profile) & (row.attended == 1))
	)
	return Coalesce(minutes, 0)


def _since(filters: ReportFilters) -> date:
	"""The day on which the first of the groups started."""
	group, cycle = DocType("Mentoring Group"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(group).join(cycle).on(cycle.name == group.cycle).select(Min(group.start_date))
	first = filters.of_cycles(query.where(group.status.isin(FOLLOWED)), cycle).run()[0][0]
	return max(first or today(), today() - timedelta(days=366 * 10))


@report(
	"Mentoring Hours by Person",
	question=N_("Who has fewer meeting hours than the program requires so far?"),
	figures=(
		"*Hours*: minutes attended; an empty value is the whole meeting. *Required hours*: the "
		"minimum hours per month, times the completed calendar months in which the person was "
		"active on at least half of the days. After the end, for people who stayed: the minimum "
		"hours in total, if higher. People who left count for their own time; months on break "
		"don't count"
	),
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS, check("short_only", N_("Behind on hours"), 1), SHOWN],
	ref_doctype="Mentoring Session",
)
def mentoring_hours_by_person(filters: ReportFilters) -> Found:
	rows, total = people(filters)
	for row in rows:
		row.role = _(row.role)
		row.update({name: hours(row[name]) for name in ("spent", "asked", "missing")})
	enough = (total.asked or 0) - (total.short or 0)
	return Found(
		[
			col.link("profile", _("Person"), "Mentoring Profile", 180),
			col.text("role", _("As"), 90),
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.number("spent", _("Hours"), 1, 90),
			col.number("asked", _("Required hours"), 1, 120),
			col.number("missing", _("Missing"), 1, 100),
		],
		rows,
		[
			col.figure(_("People"), total.people),
			col.figure(_("Hours"), hours(total.spent), "Blue", "Float"),
			col.figure(_("Behind on hours"), total.short or 0, "Orange" if total.short else "Green"),
			col.figure(_("Hours missing"), hours(total.missing), "Orange", "Float"),
			col.figure(_("On track"), share(enough, total.asked), "Green", "Percent"),
		],
		col.bars(
			[_("On track"), _("Behind on hours")],
			{_("People"): [enough, total.short or 0]},
			[col.BLUE],
		)
		if total.people
		else None,
		total.people,
	)
