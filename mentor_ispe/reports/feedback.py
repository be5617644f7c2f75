"""What people said, as far as others than those whom they told it may see it.

What people say to the coordinators only (Mentoring Private Answer) is in no report.
"""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from pypika.queries import QueryBuilder

from mentor_ispe.permissions.conflict_of_interest import only_open
from mentor_ispe.reports.terms import STARS, blank, different, filled, how_many, month_in, stars_of, total_of
from mentor_ispe.reports.wanted import Wanted, after, start_of

RATED = ("Session", "Check-in", "Group Update", "Closing", "Program")
KINDS = (*RATED, "Success Story")
PEOPLE_IN_A_CELL = 3
"""Ratings of one kind in one cycle and month are shown when at least so many different people gave them.

These cells are the smallest things that are counted, whatever the filters: so no two reports differ by
the rating of one person.
"""


def by_month(wanted: Wanted) -> list[frappe._dict]:
	"""Rows of (month, kind): answers, rated, stars in all and by number of stars, withheld.

	`rated` and the stars count the cells with enough people; `withheld` are the ratings in the others.
	"""
	cell = _cells(wanted)
	query = frappe.qb.from_(cell).select(cell.month, cell.kind, *_figures(cell))
	return query.groupby(cell.month, cell.kind).orderby(cell.month).orderby(cell.kind).run(as_dict=True)


def by_cycle(wanted: Wanted) -> dict[str, frappe._dict]:
	"""The same by cycle, over all months and kinds."""
	cell = _cells(wanted)
	query = frappe.qb.from_(cell).select(cell.cycle, *_figures(cell)).groupby(cell.cycle)
	return {row.cycle: row for row in query.run(as_dict=True)}


def asked_for(wanted: Wanted) -> frappe._dict:
	"""Feedback asked for in these months: how much was given, missed, is open."""
	request, cycle, months = (
		DocType("Mentoring Feedback Request"),
		DocType("Mentoring Cycle"),
		wanted.months(),
	)
	query = (
		frappe.qb.from_(request)
		.join(cycle)
		.on(cycle.name == request.cycle)
		.select(
			*(
				how_many(request.status == status).as_(status.lower())
				for status in ("Given", "Missed", "Open")
			)
		)
	)
	if months:
		query = query.where(request.due_on[months[0][0] : months[-1][1]])
	if wanted.other("kind"):
		query = query.where(request.kind == wanted.other("kind"))
	return wanted.of_programs(query, cycle).run(as_dict=True)[0]


def stories(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the latest success stories whose writers agreed that they are shown with their name, figures)"""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	query = _given(wanted).where(feedback.kind == "Success Story")
	shown = query.where((feedback.may_publish == 1) & filled(feedback.comment))
	rows = shown.select(
		feedback.creation.as_("given_on"), feedback.full_name, feedback.cycle, cycle.program, feedback.comment
	)
	rows = rows.orderby(feedback.creation, order=frappe.qb.desc).orderby(feedback.name)
	total = shown.select(Count(feedback.name).as_("stories"), different(feedback.profile).as_("people")).run(
		as_dict=True
	)[0]
	return rows.limit(wanted.shown).run(as_dict=True), total


def comments(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the latest answers with the words that the group sees, figures over all)"""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	query = only_open(_given(wanted), "Mentoring Feedback")
	if wanted.other("kind"):
		query = query.where(feedback.kind == wanted.other("kind"))
	if wanted.other("with_words"):
		query = query.where(filled(feedback.comment))
	stars = stars_of(feedback.rating)
	if wanted.other("at_most_stars"):
		query = query.where((stars > 0) & (stars <= int(wanted.other("at_most_stars"))))
	rows = query.select(
		feedback.name.as_("feedback"),
		feedback.creation.as_("given_on"),
		feedback.kind,
		feedback.full_name,
		feedback.mentoring_group,
		feedback.cycle,
		cycle.program,
		stars.as_("stars"),
		feedback.comment,
	)
	rows = rows.orderby(feedback.creation, order=frappe.qb.desc).orderby(feedback.name)
	total = query.select(
		Count(feedback.name).as_("answers"),
		how_many(filled(feedback.comment)).as_("with_words"),
		how_many(stars > 0).as_("rated"),
		Sum(stars).as_("stars"),
		*(how_many(stars == number).as_(f"stars_{number}") for number in range(STARS, 0, -1)),
	).run(as_dict=True)[0]
	return rows.limit(wanted.shown).run(as_dict=True), total


def _given(wanted: Wanted) -> QueryBuilder:
	"""Feedback of the cycles asked for, given on the days asked for."""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(feedback).join(cycle).on(cycle.name == feedback.cycle)
	if wanted.from_date:
		query = query.where(feedback.creation >= start_of(wanted.from_date))
	if wanted.to_date:
		query = query.where(feedback.creation < after(wanted.to_date))
	return wanted.of_programs(query, cycle)


def _cells(wanted: Wanted) -> QueryBuilder:
	"""Ratings by cycle, month and kind."""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	months, stars = wanted.months(), stars_of(feedback.rating)
	month = month_in(feedback.creation, months)
	query = (
		frappe.qb.from_(feedback)
		.join(cycle)
		.on(cycle.name == feedback.cycle)
		.select(
			feedback.cycle,
			month.as_("month"),
			feedback.kind,
			Count(feedback.name).as_("answers"),
			how_many(stars > 0).as_("rated"),
			different(feedback.profile, stars > 0).as_("people"),
			Sum(stars).as_("stars"),
			*(how_many(stars == number).as_(f"stars_{number}") for number in range(STARS, 0, -1)),
		)
		.where(feedback.kind.isin(RATED))
		.groupby(feedback.cycle, month, feedback.kind)
	)
	if wanted.other("kind"):
		query = query.where(feedback.kind == wanted.other("kind"))
	if months:
		first, last = months[0][0], months[-1][1]
		query = query.where((feedback.creation >= start_of(first)) & (feedback.creation < after(last)))
	else:
		query = query.where(blank(feedback.name))
	return wanted.of_programs(query, cycle).as_("cell")


def _figures(cell: QueryBuilder) -> list:
	shown = cell.people >= PEOPLE_IN_A_CELL
	return [
		Sum(cell.answers).as_("answers"),
		total_of(cell.rated, shown).as_("rated"),
		total_of(cell.stars, shown).as_("stars"),
		total_of(cell.rated, ~shown).as_("withheld"),
		*(total_of(cell[f"stars_{number}"], shown).as_(f"stars_{number}") for number in range(STARS, 0, -1)),
	]
