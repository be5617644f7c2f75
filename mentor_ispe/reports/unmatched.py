"""Who stayed without a match in the latest match run of a cycle, and why."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from mentor_ispe.domain.figures import share
from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import blank, count_if
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, SHOWN, ReportFilters, check
from mentor_ispe.reports.report import Found, report

RULES = {kind.code: kind.label for kind in KINDS.values()} | {
	"least_score": N_("Minimum score"),
	"never": N_("Ruled out by name"),
}
SEATS = (
	"no_seats_offered",
	"seats_taken",
	"no_seats_left",
	"no_seats_for_group",
	"groups_full",
	"circles_full",
)


def by_cycle(filters: ReportFilters) -> list[frappe._dict]:
	"""Rows of cycle: matched and unmatched in its latest run, how many of these wait now, and why by reason.

	Somebody may stay unmatched for several reasons, so they add up to more than the people.
	"""
	proposal, mentee, run = _tables()
	unmatched = proposal.state == "Unmatched"
	query = (
		_of_runs(filters, proposal, mentee, run)
		.select(
			run.cycle,
			run.program,
			Count(proposal.name).as_("people"),
			count_if(unmatched).as_("unmatched"),
			count_if(unmatched & _waits(mentee)).as_("waiting"),
			count_if(unmatched & _seats(proposal)).as_("seats"),
			*(count_if(unmatched & _rule(proposal, rule)).as_(rule) for rule in RULES),
		)
		.groupby(run.cycle, run.program)
	)
	rows = query.run(as_dict=True)
	return sorted(rows, key=lambda row: (-row.unmatched, row.cycle))


def mentees(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the unmatched with the reasons in words, figures over all of them)"""
	proposal, mentee, run = _tables()
	query = _of_runs(filters, proposal, mentee, run).where(proposal.state == "Unmatched")
	if filters.get("waiting_only"):
		query = query.where(_waits(mentee))
	rows = query.select(
		proposal.mentee,
		proposal.mentee_name,
		run.cycle,
		run.program,
		mentee.status,
		mentee.mentoring_group,
		mentee.waiting_since,
		proposal.reason,
		proposal.match_run,
	)
	rows = rows.orderby(run.cycle).orderby(proposal.mentee_name).orderby(proposal.name).limit(filters.shown)
	total = query.select(
		Count(proposal.name).as_("unmatched"),
		count_if(_waits(mentee)).as_("waiting"),
		count_if(_seats(proposal)).as_("seats"),
		*(count_if(_rule(proposal, rule)).as_(rule) for rule in RULES),
	).run(as_dict=True)[0]
	return rows.run(as_dict=True), total


def reasons(row: dict) -> list[tuple[str, int]]:
	"""(reason in words, people) of a row or of totals, the most frequent first."""
	found = [(_("No open place"), int(row.get("seats") or 0))]
	found += [(_(label), int(row.get(rule) or 0)) for rule, label in RULES.items()]
	return sorted((each for each in found if each[1]), key=lambda each: -each[1])


def _tables() -> tuple[Table, Table, Table]:
	return DocType("Mentoring Match Proposal"), DocType("Mentee"), DocType("Mentoring Match Run")


def _of_runs(filters: ReportFilters, proposal: Table, mentee: Table, run: Table) -> QueryBuilder:
	return (
		frappe.qb.from_(proposal)
		.join(run)
		.on(run.name == proposal.match_run)
		.join(mentee)
		.on(mentee.name == proposal.mentee)
		.where(run.name.isin(_latest_runs(filters) or [""]))
	)


def _latest_runs(filters: ReportFilters) -> list[str]:
	"""Of each cycle the run published last, else the last one that is ready."""
	run, cycle = DocType("Mentoring Match Run"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(run).join(cycle).on(cycle.name == run.cycle).select(run.name, run.cycle)
	query = (
		query.where(run.status.isin(("Ready", "Published")))
		.orderby(run.status, order=frappe.qb.desc)
		.orderby(run.ended_on)
	)
	latest = {of_cycle: name for name, of_cycle in filters.of_cycles(query, cycle).orderby(run.name).run()}
	return sorted(latest.values())


def _waits(mentee: Table) -> Criterion:
	return (mentee.status == "Approved") & blank(mentee.mentoring_group)


def _seats(proposal: Table) -> Criterion:
	return Criterion.any(_says(proposal, code) for code in SEATS)


def _rule(proposal: Table, rule: str) -> Criterion:
	return Criterion.any(_says(proposal, f"{how}_{rule}") for how in ("no", "all", "some"))


def _says(proposal: Table, code: str) -> Criterion:
	"""The reasons are kept as JSON; each names its code."""
	return proposal.reasons.like(f'%"code": "{code}"%')


ADDED_UP = ("people", "unmatched", "waiting", "seats", *RULES)


@report(
	"Unmatched Reasons",
	question=N_("How many people were left unmatched in each cycle's latest match run, and why?"),
	figures=(
		"the latest published run, otherwise the latest finished one. A person can have several reasons"
	),
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS],
	for_committee=True,
)
def unmatched_reasons(filters: ReportFilters) -> Found:
	rows = by_cycle(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["unmatched_share"] = share(row["unmatched"], row["people"])
	why = reasons(total)
	return Found(
		[
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.count("people", _("In the run")),
			col.count("unmatched", _("Unmatched"), 130),
			col.percent("unmatched_share", _("Share of total"), 90),
			col.count("waiting", _("Still waiting"), 150),
			col.count("seats", _("No open place"), 120),
			*(col.count(rule, _(label), 120) for rule, label in RULES.items()),
		],
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("In match runs"), total["people"]),
			col.figure(_("Unmatched"), total["unmatched"], "Orange" if total["unmatched"] else "Green"),
			col.figure(_("Still waiting"), total["waiting"], "Orange" if total["waiting"] else "Green"),
		],
		col.bars([label for label, _n in why], {_("People"): [number for _l, number in why]}, [col.ORANGE]),
	)


@report(
	"Mentees Without a Match",
	question=N_("Who was left unmatched in the latest match run, and why?"),
	figures="as in Unmatched Reasons, with an explanation for each person",
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS, check("waiting_only", N_("Still waiting"), 1), SHOWN],
	ref_doctype="Mentoring Match Proposal",
)
def mentees_without_a_match(filters: ReportFilters) -> Found:
	rows, total = mentees(filters)
	for row in rows:
		row.status = _(row.status)
	why = reasons(total)
	return Found(
		[
			col.link("mentee", _("Mentee or peer"), "Mentee", 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("status", _("Current status"), 110),
			col.link("mentoring_group", _("Current group"), "Mentoring Group", 180),
			col.day("waiting_since", _("Waiting since"), 120),
			col.text("reason", _("Reason"), 560),
			col.link("match_run", _("Match run"), "Mentoring Match Run", 130),
		],
		rows,
		[
			col.figure(_("Unmatched"), total.unmatched, "Orange" if total.unmatched else "Green"),
			col.figure(_("Still waiting"), total.waiting or 0, "Orange" if total.waiting else "Green"),
		],
		col.bars([label for label, _n in why], {_("People"): [number for _l, number in why]}, [col.ORANGE]),
		total.unmatched,
	)
