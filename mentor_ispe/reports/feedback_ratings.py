"""What people said, as far as others than those whom they told it may see it.

What people say to the coordinators only (Mentoring Private Answer) is in no report.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from pypika.queries import QueryBuilder

from mentor_ispe.domain.feedback.kinds import codes_of
from mentor_ispe.domain.figures import STARS, mean_stars, share
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import (
	after,
	blank,
	count_distinct,
	count_if,
	month_in,
	stars_of,
	start_of,
	sum_if,
)
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, WHOLE_MONTHS, ReportFilters, choice
from mentor_ispe.reports.report import Found, report

RATED = codes_of(rated=True)
PEOPLE_IN_A_CELL = 3
"""Ratings of one kind in one cycle and month are shown when at least so many different people gave them.

These cells are the smallest things that are counted, whatever the filters: so no two reports differ by
the rating of one person.
"""


def by_month(filters: ReportFilters) -> list[frappe._dict]:
	"""Rows of (month, kind): answers, rated, stars in all and by number of stars, withheld.

	`rated` and the stars count the cells with enough people; `withheld` are the ratings in the others.
	"""
	cell = _cells(filters)
	query = frappe.qb.from_(cell).select(cell.month, cell.kind, *_figures(cell))
	return query.groupby(cell.month, cell.kind).orderby(cell.month).orderby(cell.kind).run(as_dict=True)


def by_cycle(filters: ReportFilters) -> dict[str, frappe._dict]:
	"""The same by cycle, over all months and kinds."""
	cell = _cells(filters)
	query = frappe.qb.from_(cell).select(cell.cycle, *_figures(cell)).groupby(cell.cycle)
	return {row.cycle: row for row in query.run(as_dict=True)}


def asked_for(filters: ReportFilters) -> frappe._dict:
	"""Feedback asked for in these months: how much was given, missed, is open."""
	request, cycle, months = (
		DocType("Mentoring Feedback Request"),
		DocType("Mentoring Cycle"),
		filters.months(),
	)
	query = (
		frappe.qb.from_(request)
		.join(cycle)
		.on(cycle.name == request.cycle)
		.select(
			*(
				count_if(request.status == status).as_(status.lower())
				for status in ("Given", "Missed", "Open")
			)
		)
	)
	if months:
		query = query.where(request.due_on.between(months[0][0], months[-1][1]))
	if filters.get("kind"):
		query = query.where(request.kind == filters.get("kind"))
	return filters.of_programs(query, cycle).run(as_dict=True)[0]


def _cells(filters: ReportFilters) -> QueryBuilder:
	"""Ratings by cycle, month and kind."""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	months, stars = filters.months(), stars_of(feedback.rating)
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
			count_if(stars > 0).as_("rated"),
			count_distinct(feedback.profile, stars > 0).as_("people"),
			Sum(stars).as_("stars"),
			*(count_if(stars == number).as_(f"stars_{number}") for number in range(STARS, 0, -1)),
		)
		.where(feedback.kind.isin(RATED))
		.groupby(feedback.cycle, month, feedback.kind)
	)
	if filters.get("kind"):
		query = query.where(feedback.kind == filters.get("kind"))
	if months:
		first, last = months[0][0], months[-1][1]
		query = query.where((feedback.creation >= start_of(first)) & (feedback.creation < after(last)))
	else:
		query = query.where(blank(feedback.name))
	return filters.of_programs(query, cycle).as_("cell")


def _figures(cell: QueryBuilder) -> list:
	shown = cell.people >= PEOPLE_IN_A_CELL
	return [
		Sum(cell.answers).as_("answers"),
		sum_if(cell.rated, shown).as_("rated"),
		sum_if(cell.stars, shown).as_("stars"),
		sum_if(cell.rated, ~shown).as_("withheld"),
		*(sum_if(cell[f"stars_{number}"], shown).as_(f"stars_{number}") for number in range(STARS, 0, -1)),
	]


EACH = tuple(f"stars_{number}" for number in range(STARS, 0, -1))
ADDED_UP = ("answers", "rated", "stars", "withheld", *EACH)


@report(
	"Mentoring Feedback Ratings",
	question=N_(
		"How do people rate the program, and is it improving? Ratings are shown only if at least {0} people"
		" gave the same kind of feedback in a cycle and month."
	),
	question_values=(PEOPLE_IN_A_CELL,),
	figures=(
		"ratings that the group can see, in stars, by month and kind, for whole months. **Shown "
		"only if at least three people rated** in a cycle, month and kind. These cells are fixed,"
		" so that two reports never differ by one person's rating. *Response rate*: answered "
		"requests due in these months, compared with missed ones"
	),
	filters=[PROGRAM, CYCLE, *WHOLE_MONTHS, choice("kind", N_("Kind"), RATED)],
	for_committee=True,
)
def mentoring_feedback_ratings(filters: ReportFilters) -> Found:
	rows, asked = by_month(filters), asked_for(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["mean"] = mean_stars(row["stars"], row["rated"])
	chart = _chart(filters, rows)
	for row in rows:
		row.kind = _(row.kind)
	return Found(
		_columns(),
		col.with_total(rows, "month", total),
		[
			col.figure(_("Average rating (out of 5)"), total["mean"], "Green", "Float"),
			col.figure(_("Ratings"), total["rated"]),
			col.figure(_("Hidden ratings"), total["withheld"], "Gray"),
			col.figure(
				_("Response rate"),
				share(asked.given, (asked.given or 0) + (asked.missed or 0)),
				"Blue",
				"Percent",
			),
			col.figure(_("Still open"), asked.open or 0, "Orange"),
		],
		chart,
	)


def _columns() -> list[col.Column]:
	return [
		col.text("month", _("Month"), 110),
		col.text("kind", _("Kind"), 160),
		col.count("answers", _("Answers")),
		col.count("rated", _("Ratings")),
		col.number("mean", _("Average rating"), 2, 120),
		*(col.count(name, "★" * int(name[-1]), 40 + 18 * int(name[-1])) for name in EACH),
		col.count("withheld", _("Hidden"), 120),
	]


def _chart(filters: ReportFilters, rows: list) -> dict | None:
	"""The mean of each month, over all kinds."""
	means: dict[str, tuple[int, int]] = {}
	for row in rows:
		stars, rated = means.get(row.month, (0, 0))
		means[row.month] = (stars + row.stars, rated + row.rated)
	months = [month for month, (_stars, rated) in means.items() if rated][-col.IN_A_CHART :]
	return col.bars(
		months, {_("Average rating"): [mean_stars(*means[month]) for month in months]}, [col.BLUE]
	)
