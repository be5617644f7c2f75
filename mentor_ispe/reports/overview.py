"""Each cycle in one row: from the applications to what came of them."""

from __future__ import annotations

from dataclasses import replace

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from mentor_ispe.clock import today
from mentor_ispe.domain.statuses import PLACED
from mentor_ispe.reports import feedback, goals, hours
from mentor_ispe.reports.terms import filled, how_many
from mentor_ispe.reports.wanted import Wanted, chosen_cycles

FUNNEL = ("applied", "approved", "matched", "active", "completed")


def cycles(wanted: Wanted) -> list[frappe._dict]:
	"""One row for each cycle past its draft, with the figures of all subjects."""
	rows = chosen_cycles(wanted)
	found = {
		"": _mentees(wanted),
		"mentors_": _mentors(wanted),
		"groups_": _groups(wanted),
		"meetings_": hours.meetings(wanted),
		"feedback_": feedback.by_cycle(_all_months(wanted, rows)),
	}
	for row in rows:
		for prefix, figures in found.items():
			row.update({f"{prefix}{name}": value for name, value in (figures.get(row.cycle) or {}).items()})
		row.goals = row.goals_achieved = 0
	by_name = {row.cycle: row for row in rows}
	for goal in goals.by_cycle(wanted):
		if goal.cycle in by_name:
			by_name[goal.cycle].goals += goal.goals
			by_name[goal.cycle].goals_achieved += goal.achieved
	return rows


def _all_months(wanted: Wanted, rows: list[frappe._dict]) -> Wanted:
	"""Feedback of the cycles whenever it was given."""
	first = min((row.start_date for row in rows), default=today())
	return replace(wanted, from_date=first, to_date=today())


def _mentees(wanted: Wanted) -> dict[str, frappe._dict]:
	"""The funnel of mentees or peers; a part that was withdrawn or rejected counts as applied only."""
	mentee, cycle = DocType("Mentee"), DocType("Mentoring Cycle")
	completed = mentee.status == "Completed"
	query = (
		frappe.qb.from_(mentee)
		.join(cycle)
		.on(cycle.name == mentee.cycle)
		.select(
			mentee.cycle,
			Count(mentee.name).as_("applied"),
			how_many(mentee.status.isin(sorted(PLACED))).as_("approved"),
			how_many(mentee.status.isin(sorted(PLACED)) & (filled(mentee.mentoring_group) | completed)).as_(
				"matched"
			),
			how_many(mentee.status == "Active").as_("active"),
			how_many(completed).as_("completed"),
			how_many(mentee.status == "Withdrawn").as_("withdrawn"),
		)
		.groupby(mentee.cycle)
	)
	return {row.pop("cycle"): row for row in wanted.of_cycles(query, cycle).run(as_dict=True)}


def _mentors(wanted: Wanted) -> dict[str, frappe._dict]:
	mentor, cycle = DocType("Mentor"), DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(mentor)
		.join(cycle)
		.on(cycle.name == mentor.cycle)
		.select(
			mentor.cycle,
			Count(mentor.name).as_("applied"),
			how_many(mentor.status.isin(sorted(PLACED))).as_("approved"),
		)
		.groupby(mentor.cycle)
	)
	return {row.pop("cycle"): row for row in wanted.of_cycles(query, cycle).run(as_dict=True)}


def _groups(wanted: Wanted) -> dict[str, frappe._dict]:
	"""Groups that started, by what became of them."""
	group, cycle = DocType("Mentoring Group"), DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.select(
			group.cycle,
			how_many(group.status == "Active").as_("active"),
			how_many(group.status == "Completed").as_("completed"),
			how_many(group.status == "Ended Early").as_("ended_early"),
		)
		.groupby(group.cycle)
	)
	return {row.pop("cycle"): row for row in wanted.of_cycles(query, cycle).run(as_dict=True)}
