"""Who waits: for a decision, for a match, for another match after the first one ended."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Min
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from mentor_ispe.clock import today
from mentor_ispe.domain.figures import share
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import blank, count_distinct, count_if, is_over
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, SHOWN, ReportFilters, check, days_ago
from mentor_ispe.reports.report import Found, report

GONE = ("Declined", "Expired", "Withdrawn", "Ended")
"""Seats that came to nothing."""
WEEKS = (2, 4, 8)
"""Ends of the steps in which waiting times are told; the last step has none."""


def by_cycle(filters: ReportFilters) -> list[frappe._dict]:
	"""Rows of cycle: applied (undecided), approved (without a group), overdue, again, longest and by weeks.

	`overdue` passed the day on which an answer was promised. `again` held or were offered a seat before.
	`longest` is the earliest moment since which somebody waits.
	"""
	mentee, cycle = DocType("Mentee"), DocType("Mentoring Cycle")
	since = waiting_since(mentee)
	query = _waiting(filters, mentee, cycle).select(
		mentee.cycle,
		cycle.program,
		Count(mentee.name).as_("waiting"),
		count_if(mentee.status == "Applied").as_("applied"),
		count_if(mentee.status == "Approved").as_("approved"),
		count_if(mentee.answer_by < today()).as_("overdue"),
		count_if(mentee.name.isin(_seated_before())).as_("again"),
		Min(since).as_("longest"),
		*(count_if(condition).as_(name) for name, condition in _steps(since).items()),
	)
	query = query.groupby(mentee.cycle, cycle.program)
	return sorted(query.run(as_dict=True), key=lambda row: (-row.waiting, row.cycle))


def rematches(filters: ReportFilters) -> list[frappe._dict]:
	"""Rows of cycle: seats that came to nothing by kind, and the people whom a later seat took up."""
	seat, group, cycle = (
		DocType("Mentoring Group Member"),
		DocType("Mentoring Group"),
		DocType("Mentoring Cycle"),
	)
	mentee = DocType("Mentee")
	query = (
		frappe.qb.from_(seat)
		.join(group)
		.on(group.name == seat.parent)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.join(mentee)
		.on(mentee.name == seat.participant)
		.select(
			group.cycle,
			cycle.program,
			*(count_if(seat.status == status).as_(status.lower()) for status in GONE),
			Count(seat.participant).distinct().as_("people"),
			count_distinct(mentee.name, _matched(mentee)).as_("rematched"),
		)
		.where((seat.parenttype == "Mentoring Group") & seat.status.isin(GONE))
		.groupby(group.cycle, cycle.program)
	)
	return filters.of_cycles(query, cycle).run(as_dict=True)


def mentees(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(those who wait longest, figures over all who wait)"""
	mentee, cycle = DocType("Mentee"), DocType("Mentoring Cycle")
	since = waiting_since(mentee)
	query = _waiting(filters, mentee, cycle)
	if filters.get("overdue"):
		query = query.where(mentee.answer_by < today())
	seat = DocType("Mentoring Group Member")
	before = (
		frappe.qb.from_(seat)
		.select(Count(seat.name))
		.where(
			(seat.participant == mentee.name)
			& (seat.parenttype == "Mentoring Group")
			& seat.status.isin(GONE)
		)
	)
	rows = query.select(
		mentee.name.as_("mentee"),
		mentee.full_name,
		mentee.cycle,
		mentee.program,
		mentee.status,
		since.as_("since"),
		mentee.answer_by,
		before.as_("seats_before"),
	)
	rows = rows.orderby(since).orderby(mentee.name).limit(filters.shown).run(as_dict=True)
	total = query.select(
		Count(mentee.name).as_("waiting"),
		count_if(mentee.status == "Applied").as_("applied"),
		count_if(mentee.answer_by < today()).as_("overdue"),
		count_if(mentee.name.isin(_seated_before())).as_("again"),
		Min(since).as_("longest"),
		*(count_if(condition).as_(name) for name, condition in _steps(since).items()),
	).run(as_dict=True)[0]
	return rows, total


def waiting_since(mentee: Table) -> Term:
	"""Since they wait again, else since they applied."""
	return Coalesce(mentee.waiting_since, mentee.applied_on, mentee.creation)


def _waiting(filters: ReportFilters, mentee: Table, cycle: Table) -> QueryBuilder:
	"""Mentees or peers without an answer, or approved and without a group, in cycles that aren't over."""
	query = frappe.qb.from_(mentee).join(cycle).on(cycle.name == mentee.cycle)
	undecided = mentee.status == "Applied"
	unmatched = (mentee.status == "Approved") & blank(mentee.mentoring_group)
	return filters.of_cycles(query.where((undecided | unmatched) & ~is_over(cycle)), cycle)


def _steps(since: Term) -> dict[str, Criterion]:
	"""Conditions that tell the waiting times apart, by the name of the column."""
	found, last = {}, None
	for weeks in (*WEEKS, None):
		until = days_ago(7 * weeks) if weeks else None
		conditions = ([since < last] if last else []) + ([since >= until] if until else [])
		found[f"weeks_{weeks or 'more'}"] = Criterion.all(conditions)
		last = until
	return found


def _seated_before() -> QueryBuilder:
	seat = DocType("Mentoring Group Member")
	return (
		frappe.qb.from_(seat)
		.select(seat.participant)
		.where((seat.parenttype == "Mentoring Group") & seat.status.isin(GONE))
	)


def _matched(mentee: Table) -> Criterion:
	"""A seat is theirs now, or was to the end."""
	return ~blank(mentee.mentoring_group) | (mentee.status == "Completed")


STEPS = tuple(f"weeks_{weeks}" for weeks in (*WEEKS, "more"))
WAIT = ("waiting", "applied", "approved", "overdue", "again", *STEPS)
GONE_COLUMNS = (*(status.lower() for status in GONE), "people", "rematched")


@report(
	"Mentoring Waiting Times",
	question=N_(
		"How long do people wait for an answer and a match, and are people rematched when a match ends?"
	),
	figures=(
		"people who applied and have no decision, or who are approved without a group, in cycles "
		"that aren't over. Counted from the end of their last match, otherwise from their "
		"application. *Past the promised date*: the promised answer is overdue. *Waiting again*: "
		"a match of theirs was declined, not answered, withdrawn or ended. *Rematched*: of the "
		"people who lost a match, those who have another one or completed"
	),
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS],
	for_committee=True,
)
def mentoring_waiting_times(filters: ReportFilters) -> Found:
	rows = {row.cycle: row for row in by_cycle(filters)}
	for gone in rematches(filters):
		rows.setdefault(gone.cycle, gone).update(gone)
	for row in rows.values():
		row.update({name: row.get(name) or 0 for name in (*WAIT, *GONE_COLUMNS)})
		row.days = (today() - row.longest.date()).days if row.longest else None
	total = col.sums(rows.values(), (*WAIT, *GONE_COLUMNS))
	total["days"] = max((row.days for row in rows.values() if row.days is not None), default=None)
	for row in (*rows.values(), total):
		row["rematch_share"] = share(row["rematched"], row["people"])
	labels = step_labels()
	return Found(
		_columns(labels),
		col.with_total(list(rows.values()), "cycle", total),
		[
			col.figure(_("Waiting now"), total["waiting"], "Orange"),
			col.figure(_("Past the promised date"), total["overdue"], "Red" if total["overdue"] else "Green"),
			col.figure(_("Longest wait (days)"), total["days"]),
			col.figure(_("Waiting again"), total["again"], "Orange"),
			col.figure(_("Rematched"), total["rematch_share"], "Green", "Percent"),
		],
		_chart([row for row in rows.values() if row.waiting], labels),
	)


def step_labels() -> dict[str, str]:
	"""The steps of waiting times in words, by the name of their column."""
	found, last = {}, None
	for weeks in WEEKS:
		found[f"weeks_{weeks}"] = (
			_("{0} to {1} weeks").format(last, weeks) if last else _("Up to {0} weeks").format(weeks)
		)
		last = weeks
	return {**found, "weeks_more": _("Over {0} weeks").format(last)}


def _columns(labels: dict[str, str]) -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.count("waiting", _("Waiting now")),
		col.count("applied", _("For an answer")),
		col.count("approved", _("For a match")),
		col.count("overdue", _("Past the promised date"), 160),
		col.count("again", _("Waiting again"), 120),
		col.count("days", _("Longest (days)"), 120),
		*(col.count(name, label, 120) for name, label in labels.items()),
		col.count("declined", _("Matches declined"), 140),
		col.count("expired", _("Not answered"), 120),
		col.count("withdrawn", _("Withdrawn")),
		col.count("ended", _("Places ended"), 120),
		col.count("people", _("People who lost a match"), 180),
		col.count("rematched", _("Rematched"), 160),
		col.percent("rematch_share", _("Rematched")),
	]


def _chart(rows: list, labels: dict[str, str]) -> dict | None:
	return col.bars(
		[row.cycle for row in rows],
		{label: [row[name] for row in rows] for name, label in labels.items()},
		[col.GREEN, col.BLUE, col.ORANGE, col.RED],
	)


@report(
	"Mentees Waiting",
	question=N_("Who is waiting for an answer or a match, longest first?"),
	figures="as in Waiting Times, one row per person. *Previous matches*: matches that ended",
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS, check("overdue", N_("Past the promised date")), SHOWN],
	ref_doctype="Mentee",
)
def mentees_waiting(filters: ReportFilters) -> Found:
	rows, total = mentees(filters)
	day = today()
	for row in rows:
		row.waits_for = _("Application decision") if row.status == "Applied" else _("Group match")
		row.days = (day - row.since.date()).days
		row.late = max(0, (day - row.answer_by).days) if row.answer_by else 0
	labels = step_labels()
	return Found(
		[
			col.link("mentee", _("Mentee or peer"), "Mentee", 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.link("program", _("Program"), "Mentoring Program", 150),
			col.text("waits_for", _("Waiting for"), 110),
			col.day("since", _("Since")),
			col.count("days", _("Days"), 80),
			col.day("answer_by", _("Promised by"), 120),
			col.count("late", _("Days overdue"), 100),
			col.count("seats_before", _("Previous matches"), 130),
		],
		rows,
		[
			col.figure(_("Waiting"), total.waiting, "Orange" if total.waiting else "Green"),
			col.figure(_("For an answer"), total.applied or 0),
			col.figure(_("Past the promised date"), total.overdue or 0, "Red" if total.overdue else "Green"),
			col.figure(_("Waiting again"), total.again or 0, "Orange"),
			col.figure(
				_("Longest wait (days)"), (day - total.longest.date()).days if total.longest else None
			),
		],
		col.bars(list(labels.values()), {_("People"): [total[name] or 0 for name in labels]}, [col.ORANGE]),
		total.waiting,
	)
