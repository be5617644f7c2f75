"""Groups that earn credit, and how each rule of their scheme stands today."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder

from mentor_ispe.domain.credit.findings import MET, STATES
from mentor_ispe.domain.credit.schemes import overall
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.conflict_of_interest import only_open
from mentor_ispe.readings.sql import filled
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, SHOWN, ReportFilters, choice
from mentor_ispe.reports.report import Found, report
from mentor_ispe.services.credit.record import evaluate_many, in_dates

STARTED = ("Active", "Completed", "Ended Early")


def groups(filters: ReportFilters) -> tuple[list[frappe._dict], int]:
	"""(groups of programs with a credit scheme, those that started last first; how many there are in all)

	The rules look at every meeting of a group, so only those shown are judged: `state` of the whole,
	`rules_met` of `rules`, and `because`, in words, for each rule that doesn't hold yet.
	"""
	query, (group, program) = _query(filters)
	rows = query.select(
		group.name.as_("mentoring_group"),
		group.cycle,
		group.program,
		program.credit_scheme.as_("scheme"),
		group.status,
		group.start_date,
		group.end_date,
	)
	rows = rows.orderby(group.start_date, order=frappe.qb.desc).orderby(group.name).limit(filters.shown)
	rows = rows.run(as_dict=True)
	judged = evaluate_many([row.mentoring_group for row in rows])
	for row in rows:
		found = judged.get(row.mentoring_group) or []
		row.state = overall(found) if found else None
		row.rules, row.rules_met = len(found), len([one for one in found if one.finding.state == MET])
		row.because = " ".join(in_dates(one.finding.because) for one in found if one.finding.state != MET)
	of_all = query.select(Count(group.name)).run()[0][0]
	if filters.get("state"):
		rows = [row for row in rows if row.state == filters.get("state")]
	return rows, of_all


def _query(filters: ReportFilters) -> tuple[QueryBuilder, tuple]:
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
	return only_open(filters.of_cycles(query, cycle), "Mentoring Group"), (group, program)


@report(
	"Mentoring Credit Records",
	question=N_(
		"Which pairs earn credit, and what is missing for the others? Figures include the pairs shown."
	),
	figures="the rules of the credit scheme as of today, for the groups shown",
	filters=[
		PROGRAM,
		CYCLE,
		*CYCLE_STARTS,
		choice("state", N_("Status"), STATES),
		SHOWN,
	],
	ref_doctype="Mentoring Group",
)
def mentoring_credit_records(filters: ReportFilters) -> Found:
	rows, of_all = groups(filters)
	found = {state: len([row for row in rows if row.state == state]) for state in STATES}
	for row in rows:
		row.state = _(row.state) if row.state else _("Not assessed")
		row.status = _(row.status)
		row.met = _("{0} of {1}").format(row.rules_met, row.rules)
	return Found(
		[
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("scheme", _("Credit scheme"), 120),
			col.text("status", _("Status"), 110),
			col.day("start_date", _("Started on")),
			col.day("end_date", _("Ended on")),
			col.text("state", _("Recertification credit"), 100),
			col.text("met", _("Rules met"), 100),
			col.text("because", _("Still missing"), 600),
		],
		rows,
		[
			col.figure(_("Shown"), len(rows)),
			col.figure(_("Met"), found["Met"], "Green"),
			col.figure(_("On track"), found["On Track"]),
			col.figure(_("At risk"), found["At Risk"], "Orange" if found["At Risk"] else "Green"),
			col.figure(_("Not met"), found["Not Met"], "Red" if found["Not Met"] else "Green"),
		],
		col.bars([_(state) for state in STATES], {_("Groups"): list(found.values())}, [col.BLUE])
		if rows
		else None,
		of_all if not filters.get("state") else None,
	)
