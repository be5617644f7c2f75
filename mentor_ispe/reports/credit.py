"""Groups that earn credit, and how each rule of their scheme stands today."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder

from mentor_ispe.domain.credit.findings import MET
from mentor_ispe.domain.credit.schemes import overall
from mentor_ispe.reports.terms import filled
from mentor_ispe.reports.wanted import Wanted
from mentor_ispe.services.credit.record import evaluate_many, in_dates

STARTED = ("Active", "Completed", "Ended Early")


def groups(wanted: Wanted) -> tuple[list[frappe._dict], int]:
	"""(groups of programs with a credit scheme, those that started last first; how many there are in all)

	The rules look at every meeting of a group, so only those shown are judged: `state` of the whole,
	`rules_met` of `rules`, and `because`, in words, for each rule that doesn't hold yet.
	"""
	query, (group, program) = _query(wanted)
	rows = query.select(
		group.name.as_("mentoring_group"),
		group.cycle,
		group.program,
		program.credit_scheme.as_("scheme"),
		group.status,
		group.start_date,
		group.end_date,
	)
	rows = rows.orderby(group.start_date, order=frappe.qb.desc).orderby(group.name).limit(wanted.shown)
	rows = rows.run(as_dict=True)
	judged = evaluate_many([row.mentoring_group for row in rows])
	for row in rows:
		found = judged.get(row.mentoring_group) or []
		row.state = overall(found) if found else None
		row.rules, row.rules_met = len(found), len([one for one in found if one.finding.state == MET])
		row.because = " ".join(in_dates(one.finding.because) for one in found if one.finding.state != MET)
	of_all = query.select(Count(group.name)).run()[0][0]
	if wanted.other("state"):
		rows = [row for row in rows if row.state == wanted.other("state")]
	return rows, of_all


def _query(wanted: Wanted) -> tuple[QueryBuilder, tuple]:
	group, cycle, program = (
		DocType("Mentoring Group"),
		DocType("Mentoring Cycle"),
		DocType("Mentoring Program"),
	)
	query = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.join(program)
		.on(program.name == group.program)
		.where(filled(program.credit_scheme) & group.status.isin(STARTED))
	)
	return wanted.of_cycles(query, cycle), (group, program)
