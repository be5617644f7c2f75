"""Who stayed without a match in the latest match run of a cycle, and why."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.violations import N_
from mentor_ispe.reports.terms import blank, how_many
from mentor_ispe.reports.wanted import Wanted

RULES = {kind.code: kind.label for kind in KINDS.values()} | {"never": N_("Ruled out by name")}
SEATS = (
	"no_seats_offered",
	"seats_taken",
	"no_seats_left",
	"no_seats_for_group",
	"groups_full",
	"circles_full",
)


def by_cycle(wanted: Wanted) -> list[frappe._dict]:
	"""Rows of cycle: matched and unmatched in its latest run, how many of these wait now, and why by reason.

	Somebody may stay unmatched for several reasons, so they add up to more than the people.
	"""
	proposal, mentee, run = _tables()
	unmatched = proposal.state == "Unmatched"
	query = (
		_of_runs(wanted, proposal, mentee, run)
		.select(
			run.cycle,
			run.program,
			Count(proposal.name).as_("people"),
			how_many(unmatched).as_("unmatched"),
			how_many(unmatched & _waits(mentee)).as_("waiting"),
			how_many(unmatched & _seats(proposal)).as_("seats"),
			*(how_many(unmatched & _rule(proposal, rule)).as_(rule) for rule in RULES),
		)
		.groupby(run.cycle, run.program)
	)
	rows = query.run(as_dict=True)
	return sorted(rows, key=lambda row: (-row.unmatched, row.cycle))


def mentees(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(the unmatched with the reasons in words, figures over all of them)"""
	proposal, mentee, run = _tables()
	query = _of_runs(wanted, proposal, mentee, run).where(proposal.state == "Unmatched")
	if wanted.other("waiting_only"):
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
	rows = rows.orderby(run.cycle).orderby(proposal.mentee_name).orderby(proposal.name).limit(wanted.shown)
	total = query.select(
		Count(proposal.name).as_("unmatched"),
		how_many(_waits(mentee)).as_("waiting"),
		how_many(_seats(proposal)).as_("seats"),
		*(how_many(_rule(proposal, rule)).as_(rule) for rule in RULES),
	).run(as_dict=True)[0]
	return rows.run(as_dict=True), total


def reasons(row: dict) -> list[tuple[str, int]]:
	"""(reason in words, people) of a row or of totals, the most frequent first."""
	found = [(_("No seat left"), int(row.get("seats") or 0))]
	found += [(_(label), int(row.get(rule) or 0)) for rule, label in RULES.items()]
	return sorted((each for each in found if each[1]), key=lambda each: -each[1])


def _tables() -> tuple[Table, Table, Table]:
	return DocType("Mentoring Match Proposal"), DocType("Mentee"), DocType("Mentoring Match Run")


def _of_runs(wanted: Wanted, proposal: Table, mentee: Table, run: Table) -> QueryBuilder:
	return (
		frappe.qb.from_(proposal)
		.join(run)
		.on(run.name == proposal.match_run)
		.join(mentee)
		.on(mentee.name == proposal.mentee)
		.where(run.name.isin(_latest_runs(wanted) or [""]))
	)


def _latest_runs(wanted: Wanted) -> list[str]:
	"""Of each cycle the run published last, else the last one that is ready."""
	run, cycle = DocType("Mentoring Match Run"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(run).join(cycle).on(cycle.name == run.cycle).select(run.name, run.cycle)
	query = (
		query.where(run.status.isin(("Ready", "Published")))
		.orderby(run.status, order=frappe.qb.desc)
		.orderby(run.ended_on)
	)
	latest = {of_cycle: name for name, of_cycle in wanted.of_cycles(query, cycle).orderby(run.name).run()}
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
