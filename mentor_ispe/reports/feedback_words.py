"""What people said, in their words, as far as others may read them."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from pypika.queries import QueryBuilder

from mentor_ispe.domain.feedback.kinds import KINDS, STORY
from mentor_ispe.domain.figures import STARS, mean_stars
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.conflict_of_interest import only_open
from mentor_ispe.readings.sql import after, count_distinct, count_if, filled, stars_of, start_of
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, SHOWN, ReportFilters, check, choice, days
from mentor_ispe.reports.report import Found, report


def stories(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the latest success stories whose writers agreed that they are shown with their name, figures)"""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	query = _given(filters).where(feedback.kind == STORY.code)
	shown = query.where((feedback.may_publish == 1) & filled(feedback.comment))
	rows = shown.select(
		feedback.creation.as_("given_on"), feedback.full_name, feedback.cycle, cycle.program, feedback.comment
	)
	rows = rows.orderby(feedback.creation, order=frappe.qb.desc).orderby(feedback.name)
	total = shown.select(
		Count(feedback.name).as_("stories"), count_distinct(feedback.profile).as_("people")
	).run(as_dict=True)[0]
	return rows.limit(filters.shown).run(as_dict=True), total


def comments(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the latest answers with the words that the group sees, figures over all)"""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	query = only_open(_given(filters), "Mentoring Feedback")
	if filters.get("kind"):
		query = query.where(feedback.kind == filters.get("kind"))
	if filters.get("with_words"):
		query = query.where(filled(feedback.comment))
	stars = stars_of(feedback.rating)
	if filters.get("at_most_stars"):
		query = query.where((stars > 0) & (stars <= int(filters.get("at_most_stars"))))
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
		count_if(filled(feedback.comment)).as_("with_words"),
		count_if(stars > 0).as_("rated"),
		Sum(stars).as_("stars"),
		*(count_if(stars == number).as_(f"stars_{number}") for number in range(STARS, 0, -1)),
	).run(as_dict=True)[0]
	return rows.limit(filters.shown).run(as_dict=True), total


def _given(filters: ReportFilters) -> QueryBuilder:
	"""Feedback of the cycles asked for, given on the days asked for."""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(feedback).join(cycle).on(cycle.name == feedback.cycle)
	if filters.from_date:
		query = query.where(feedback.creation >= start_of(filters.from_date))
	if filters.to_date:
		query = query.where(feedback.creation < after(filters.to_date))
	return filters.of_programs(query, cycle)


@report(
	"Feedback Comments",
	question=N_("What do people say in the feedback their group can see?"),
	figures=(
		"ratings and comments that the group can see. Answers for coordinators only are shown on "
		"the record and in no report"
	),
	filters=[
		PROGRAM,
		CYCLE,
		*days(N_("Given from"), N_("Given until")),
		choice("kind", N_("Kind"), list(KINDS)),
		choice("at_most_stars", N_("Maximum stars"), [str(stars) for stars in range(1, STARS)]),
		check("with_words", N_("With comments"), 1),
		SHOWN,
	],
	ref_doctype="Mentoring Feedback",
)
def feedback_comments(filters: ReportFilters) -> Found:
	rows, total = comments(filters)
	for row in rows:
		row.kind = _(row.kind)
		row.stars = row.stars or None
	return Found(
		[
			col.day("given_on", _("Given on")),
			col.text("kind", _("Kind"), 120),
			col.link("feedback", _("From"), "Mentoring Feedback", 160),
			col.link("mentoring_group", _("Group"), "Mentoring Group", 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 160),
			col.count("stars", _("Stars"), 80),
			col.text("comment", _("Comment"), 600),
		],
		rows,
		[
			col.figure(_("Answers"), total.answers),
			col.figure(_("With comments"), total.with_words or 0),
			col.figure(
				_("Average rating (out of 5)"), mean_stars(total.stars, total.rated), "Green", "Float"
			),
		],
		col.bars(
			[f"{number} ★" for number in range(1, STARS + 1)],
			{_("Ratings"): [total[f"stars_{number}"] or 0 for number in range(1, STARS + 1)]},
			[col.BLUE],
		)
		if total.rated
		else None,
		total.answers,
	)


@report(
	"Mentoring Success Stories",
	question=N_("Which success stories can be published? The authors agreed to share them with their names."),
	figures="success stories whose authors agreed to publish them with their name",
	filters=[PROGRAM, CYCLE, *days(N_("Given from"), N_("Given until")), SHOWN],
	for_committee=True,
)
def mentoring_success_stories(filters: ReportFilters) -> Found:
	rows, total = stories(filters)
	by_program: dict[str, int] = {}
	for row in rows:
		by_program[row.program] = by_program.get(row.program, 0) + 1
	return Found(
		[
			col.day("given_on", _("Given on")),
			col.text("full_name", _("By"), 160),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("comment", _("Story"), 700),
		],
		rows,
		[col.figure(_("Stories"), total.stories, "Green"), col.figure(_("People"), total.people)],
		col.bars(list(by_program), {_("Stories"): list(by_program.values())}, [col.GREEN]),
		total.stories,
	)
