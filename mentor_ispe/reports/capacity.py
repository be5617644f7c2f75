"""Mentors' seats in the cycles that aren't over: offered, taken, free."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from pypika.queries import QueryBuilder, Table
from pypika.terms import Term

from mentor_ispe.reports.terms import blank, how_many, is_over, words
from mentor_ispe.reports.wanted import Wanted

WAYS = ("Cycle", "Program", "Chapter", "Country", "Industry", "Career Stage")
OF_PROFILE = {
	"Chapter": "chapter",
	"Country": "country",
	"Industry": "industry",
	"Career Stage": "career_stage",
}
OFFERING = ("Approved", "Active")
"""Mentors whose seats can be sat on."""


def capacity(wanted: Wanted) -> list[frappe._dict]:
	"""Rows of value, mentors, offered, taken, free and full (mentors without a free seat), and waiting.

	`waiting` are the approved mentees or peers without a group, in the same cycle or of the same place.
	"""
	mentor, cycle, profile = DocType("Mentor"), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	value = _value(wanted.by, cycle, profile)
	query = _people(mentor, cycle, profile).select(
		value.as_("value"),
		Count(mentor.name).as_("mentors"),
		Sum(mentor.seats_offered).as_("offered"),
		Sum(mentor.seats_taken).as_("taken"),
		how_many(mentor.seats_taken >= mentor.seats_offered).as_("full"),
	)
	query = wanted.of_cycles(query.where(mentor.status.isin(OFFERING)), cycle).groupby(value)
	rows = {row.value: row for row in query.run(as_dict=True)}
	for found, waiting in _waiting(wanted):
		rows.setdefault(found, frappe._dict(value=found, mentors=0, offered=0, taken=0, full=0))
		rows[found].waiting = waiting
	for row in rows.values():
		row.free = row.offered - row.taken
		row.waiting = row.waiting or 0
	return sorted(rows.values(), key=lambda row: (-row.offered, str(row.value)))


def mentors(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the mentors with most free seats, figures over all of them)"""
	mentor, cycle, profile = DocType("Mentor"), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	query = _people(mentor, cycle, profile).where(mentor.status.isin(OFFERING))
	if wanted.other("free_only"):
		query = query.where(mentor.seats_taken < mentor.seats_offered)
	query = wanted.of_cycles(query, cycle)
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
	rows = rows.orderby(mentor.full_name).orderby(mentor.name).limit(wanted.shown).run(as_dict=True)
	total = query.select(
		Count(mentor.name).as_("mentors"),
		Sum(mentor.seats_offered).as_("offered"),
		Sum(mentor.seats_taken).as_("taken"),
	).run(as_dict=True)[0]
	return rows, total


def _waiting(wanted: Wanted) -> list[tuple]:
	mentee, cycle, profile = DocType("Mentee"), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	value = _value(wanted.by, cycle, profile)
	query = _people(mentee, cycle, profile).select(value, Count(mentee.name))
	query = query.where((mentee.status == "Approved") & blank(mentee.mentoring_group))
	query = query.where(cycle.format != "Peer Circle")  # who has no mentor to wait for
	return wanted.of_cycles(query, cycle).groupby(value).run()


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
		return words(profile[OF_PROFILE[by]])
	return cycle.name if by == "Cycle" else cycle.program
