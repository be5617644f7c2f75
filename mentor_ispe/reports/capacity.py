"""Mentors' seats in the cycles that aren't over: offered, taken, free."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from pypika.queries import QueryBuilder, Table
from pypika.terms import Term

from mentor_ispe.domain.figures import share
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import blank, count_if, is_over, or_empty
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, SHOWN, ReportFilters, by, check
from mentor_ispe.reports.report import Found, report

OF_PROFILE = {
	"Chapter": "chapter",
	"Country": "country",
	"Industry": "industry",
	"Career Stage": "career_stage",
}
OFFERING = ("Approved", "Active")
"""Mentors whose seats can be sat on."""


def capacity(filters: ReportFilters) -> list[frappe._dict]:
	"""Rows of value, mentors, offered, taken, free and full (mentors without a free seat), and waiting.

	`waiting` are the approved mentees or peers without a group, in the same cycle or of the same place.
	"""
	mentor, cycle, profile = DocType("Mentor"), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	value = _value(filters.by, cycle, profile)
	query = _people(mentor, cycle, profile).select(
		value.as_("value"),
		Count(mentor.name).as_("mentors"),
		Sum(mentor.seats_offered).as_("offered"),
		Sum(mentor.seats_taken).as_("taken"),
		count_if(mentor.seats_taken >= mentor.seats_offered).as_("full"),
	)
	query = filters.of_cycles(query.where(mentor.status.isin(OFFERING)), cycle).groupby(value)
	rows = {row.value: row for row in query.run(as_dict=True)}
	for found, waiting in _waiting(filters):
		rows.setdefault(found, frappe._dict(value=found, mentors=0, offered=0, taken=0, full=0))
		rows[found].waiting = waiting
	for row in rows.values():
		row.free = row.offered - row.taken
		row.waiting = row.waiting or 0
	return sorted(rows.values(), key=lambda row: (-row.offered, str(row.value)))


def mentors(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the mentors with most free seats, figures over all of them)"""
	mentor, cycle, profile = DocType("Mentor"), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	query = _people(mentor, cycle, profile).where(mentor.status.isin(OFFERING))
	if filters.get("free_only"):
		query = query.where(mentor.seats_taken < mentor.seats_offered)
	query = filters.of_cycles(query, cycle)
	rows = query.select(
		mentor.name.as_("mentor"),
		mentor.full_name,
		mentor.cycle,
		mentor.program,
		mentor.status,
		mentor.seats_offered.as_("offered"),
		mentor.seats_taken.as_("taken"),
		(mentor.seats_offered - mentor.seats_taken).as_("free"),
		profile.employer,
		profile.industry,
		profile.country,
	)
	rows = rows.orderby(mentor.seats_offered - mentor.seats_taken, order=frappe.qb.desc)
	rows = rows.orderby(mentor.full_name).orderby(mentor.name).limit(filters.shown).run(as_dict=True)
	total = query.select(
		Count(mentor.name).as_("mentors"),
		Sum(mentor.seats_offered).as_("offered"),
		Sum(mentor.seats_taken).as_("taken"),
	).run(as_dict=True)[0]
	return rows, total


def _waiting(filters: ReportFilters) -> list[tuple]:
	mentee, cycle, profile = DocType("Mentee"), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	value = _value(filters.by, cycle, profile)
	query = _people(mentee, cycle, profile).select(value, Count(mentee.name))
	query = query.where((mentee.status == "Approved") & blank(mentee.mentoring_group))
	query = query.where(cycle.format != "Peer Circle")  # who has no mentor to wait for
	return filters.of_cycles(query, cycle).groupby(value).run()


def _people(part: Table, cycle: Table, profile: Table) -> QueryBuilder:
	return (
		frappe.qb.from_(part)
		.join(cycle)
		.on(cycle.name == part.cycle)
		.left_join(profile)
		.on(profile.name == part.profile)
		.where(~is_over(cycle))
	)


def _value(by: str, cycle: Table, profile: Table) -> Term:
	if by in OF_PROFILE:
		return or_empty(profile[OF_PROFILE[by]])
	return cycle.name if by == "Cycle" else cycle.program


ADDED_UP = ("mentors", "full", "offered", "taken", "free", "waiting")


@report(
	"Mentor Capacity",
	question=N_("How many places do mentors offer now, and how many are used?"),
	figures=(
		"approved and active mentors in cycles that aren't over. *Places taken*: proposed, "
		"accepted, active and suspended. *Mentees waiting*: approved without a group, not "
		"counting circles"
	),
	filters=[
		by(N_("Cycle"), N_("Program"), N_("Chapter"), N_("Country"), N_("Industry"), N_("Career stage")),
		PROGRAM,
		CYCLE,
	],
	for_committee=True,
)
def mentor_capacity(filters: ReportFilters) -> Found:
	rows = capacity(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["used"] = share(row["taken"], row["offered"])
	for row in rows:
		row.value = _(row.value) if row.value else _("not given")
	return Found(
		_capacity_columns(filters.by),
		col.with_total(rows, "value", total),
		[
			col.figure(_("Mentors"), total["mentors"]),
			col.figure(_("Places offered"), total["offered"]),
			col.figure(_("Open places"), total["free"], "Green"),
			col.figure(_("Places used"), total["used"], "Blue", "Percent"),
			col.figure(_("Waiting for a mentor"), total["waiting"], "Orange"),
		],
		col.bars(
			[row.value for row in rows],
			{_("Taken"): [row.taken for row in rows], _("Open places"): [row.free for row in rows]},
			[col.BLUE, col.GREEN],
		),
	)


def _capacity_columns(by: str) -> list[col.Column]:
	return [
		col.text("value", _(by.capitalize()), 240),
		col.count("mentors", _("Mentors")),
		col.count("full", _("Without open places"), 150),
		col.count("offered", _("Places offered"), 120),
		col.count("taken", _("Places taken"), 120),
		col.count("free", _("Open places"), 120),
		col.percent("used", _("Places used")),
		col.count("waiting", _("Mentees waiting"), 140),
	]


@report(
	"Mentor Places",
	question=N_("Which mentors have open places?"),
	figures="as in Mentor Capacity, one row per mentor",
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS, check("free_only", N_("With open places"), 1), SHOWN],
	ref_doctype="Mentor",
)
def mentor_places(filters: ReportFilters) -> Found:
	rows, total = mentors(filters)
	for row in rows:
		row.status = _(row.status)
	cycles = [row for row in capacity(filters) if row.offered]
	return Found(
		[
			col.link("mentor", _("Mentor"), "Mentor", 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.link("program", _("Program"), "Mentoring Program", 150),
			col.text("status", _("Status"), 100),
			col.count("offered", _("Places offered"), 120),
			col.count("taken", _("Places taken"), 120),
			col.count("free", _("Open places")),
			col.text("industry", _("Industry")),
			col.text("country", _("Country")),
			col.text("employer", _("Employer"), 160),
		],
		rows,
		[
			col.figure(_("Mentors"), total.mentors),
			col.figure(_("Places offered"), total.offered or 0),
			col.figure(_("Open places"), (total.offered or 0) - (total.taken or 0), "Green"),
			col.figure(_("Places used"), share(total.taken, total.offered), "Blue", "Percent"),
		],
		col.bars(
			[row.value for row in cycles],
			{_("Taken"): [row.taken for row in cycles], _("Open places"): [row.free for row in cycles]},
			[col.BLUE, col.GREEN],
		),
		total.mentors,
	)
