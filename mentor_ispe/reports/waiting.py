"""Who waits: for a decision, for a match, for another match after the first one ended."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Min
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from mentor_ispe.clock import today
from mentor_ispe.reports.terms import blank, different, how_many, is_over
from mentor_ispe.reports.wanted import Wanted, days_ago

GONE = ("Declined", "Expired", "Withdrawn", "Ended")
"""Seats that came to nothing."""
WEEKS = (2, 4, 8)
"""Ends of the steps in which waiting times are told; the last step has none."""


def by_cycle(wanted: Wanted) -> list[frappe._dict]:
	"""Rows of cycle: applied (undecided), approved (without a group), overdue, again, longest and by weeks.

	`overdue` passed the day on which an answer was promised. `again` held or were offered a seat before.
	`longest` is the earliest moment since which somebody waits.
	"""
	mentee, cycle = DocType("Mentee"), DocType("Mentoring Cycle")
	since = waiting_since(mentee)
	query = _waiting(wanted, mentee, cycle).select(
		mentee.cycle,
		cycle.program,
		Count(mentee.name).as_("waiting"),
		how_many(mentee.status == "Applied").as_("applied"),
		how_many(mentee.status == "Approved").as_("approved"),
		how_many(mentee.answer_by < today()).as_("overdue"),
		how_many(mentee.name.isin(_seated_before())).as_("again"),
		Min(since).as_("longest"),
		*(how_many(condition).as_(name) for name, condition in _steps(since).items()),
	)
	query = query.groupby(mentee.cycle, cycle.program)
	return sorted(query.run(as_dict=True), key=lambda row: (-row.waiting, row.cycle))


def rematches(wanted: Wanted) -> list[frappe._dict]:
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
		.on(mentee.name == seat.mentee)
		.select(
			group.cycle,
			cycle.program,
			*(how_many(seat.status == status).as_(status.lower()) for status in GONE),
			Count(seat.mentee).distinct().as_("people"),
			different(mentee.name, _matched(mentee)).as_("rematched"),
		)
		.where((seat.parenttype == "Mentoring Group") & seat.status.isin(GONE))
		.groupby(group.cycle, cycle.program)
	)
	return wanted.of_cycles(query, cycle).run(as_dict=True)


def mentees(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(those who wait longest, figures over all who wait)"""
	mentee, cycle = DocType("Mentee"), DocType("Mentoring Cycle")
	since = waiting_since(mentee)
	query = _waiting(wanted, mentee, cycle)
	if wanted.other("overdue"):
		query = query.where(mentee.answer_by < today())
	seat = DocType("Mentoring Group Member")
	before = (
		frappe.qb.from_(seat)
		.select(Count(seat.name))
		.where((seat.mentee == mentee.name) & (seat.parenttype == "Mentoring Group") & seat.status.isin(GONE))
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
	rows = rows.orderby(since).orderby(mentee.name).limit(wanted.shown).run(as_dict=True)
	total = query.select(
		Count(mentee.name).as_("waiting"),
		how_many(mentee.status == "Applied").as_("applied"),
		how_many(mentee.answer_by < today()).as_("overdue"),
		how_many(mentee.name.isin(_seated_before())).as_("again"),
		Min(since).as_("longest"),
		*(how_many(condition).as_(name) for name, condition in _steps(since).items()),
	).run(as_dict=True)[0]
	return rows, total


def waiting_since(mentee: Table) -> Term:
	"""Since they wait again, else since they applied."""
	return Coalesce(mentee.waiting_since, mentee.applied_on, mentee.creation)


def _waiting(wanted: Wanted, mentee: Table, cycle: Table) -> QueryBuilder:
	"""Mentees or peers without an answer, or approved and without a group, in cycles that aren't over."""
	query = frappe.qb.from_(mentee).join(cycle).on(cycle.name == mentee.cycle)
	undecided = mentee.status == "Applied"
	unmatched = (mentee.status == "Approved") & blank(mentee.mentoring_group)
	return wanted.of_cycles(query.where((undecided | unmatched) & ~is_over(cycle)), cycle)


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
		.select(seat.mentee)
		.where((seat.parenttype == "Mentoring Group") & seat.status.isin(GONE))
	)


def _matched(mentee: Table) -> Criterion:
	"""A seat is theirs now, or was to the end."""
	return ~blank(mentee.mentoring_group) | (mentee.status == "Completed")
