"""Each cycle in one row: from the applications to what came of them."""

from __future__ import annotations

from dataclasses import replace

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from mentor_ispe.clock import today
from mentor_ispe.domain.figures import hours, mean_stars, share
from mentor_ispe.domain.statuses import PLACED
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import count_if, filled
from mentor_ispe.reports import attendance, feedback_ratings, goals
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, ReportFilters, chosen_cycles
from mentor_ispe.reports.report import Found, report

FUNNEL = ("applied", "approved", "matched", "active", "completed")


def cycles(filters: ReportFilters) -> list[frappe._dict]:
	"""One row for each cycle past its draft, with the figures of all subjects."""
	rows = chosen_cycles(filters)
	found = {
		"": _mentees(filters),
		"mentors_": _mentors(filters),
		"groups_": _groups(filters),
		"meetings_": attendance.meetings(filters),
		"feedback_": feedback_ratings.by_cycle(_all_months(filters, rows)),
	}
	for row in rows:
		for prefix, figures in found.items():
			row.update({f"{prefix}{name}": value for name, value in (figures.get(row.cycle) or {}).items()})
		row.goals = row.goals_achieved = 0
	by_name = {row.cycle: row for row in rows}
	for goal in goals.by_cycle(filters):
		if goal.cycle in by_name:
			by_name[goal.cycle].goals += goal.goals
			by_name[goal.cycle].goals_achieved += goal.achieved
	return rows


def _all_months(filters: ReportFilters, rows: list[frappe._dict]) -> ReportFilters:
	"""Feedback of the cycles whenever it was given."""
	first = min((row.start_date for row in rows), default=today())
	return replace(filters, from_date=first, to_date=today())


def _mentees(filters: ReportFilters) -> dict[str, frappe._dict]:
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
			count_if(mentee.status.isin(sorted(PLACED))).as_("approved"),
			count_if(mentee.status.isin(sorted(PLACED)) & (filled(mentee.mentoring_group) | completed)).as_(
				"matched"
			),
			count_if(mentee.status == "Active").as_("active"),
			count_if(completed).as_("completed"),
			count_if(mentee.status == "Withdrawn").as_("withdrawn"),
		)
		.groupby(mentee.cycle)
	)
	return {row.pop("cycle"): row for row in filters.of_cycles(query, cycle).run(as_dict=True)}


def _mentors(filters: ReportFilters) -> dict[str, frappe._dict]:
	mentor, cycle = DocType("Mentor"), DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(mentor)
		.join(cycle)
		.on(cycle.name == mentor.cycle)
		.select(
			mentor.cycle,
			Count(mentor.name).as_("applied"),
			count_if(mentor.status.isin(sorted(PLACED))).as_("approved"),
		)
		.groupby(mentor.cycle)
	)
	return {row.pop("cycle"): row for row in filters.of_cycles(query, cycle).run(as_dict=True)}


def _groups(filters: ReportFilters) -> dict[str, frappe._dict]:
	"""Groups that started, by what became of them."""
	group, cycle = DocType("Mentoring Group"), DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.select(
			group.cycle,
			count_if(group.status == "Active").as_("active"),
			count_if(group.status == "Completed").as_("completed"),
			count_if(group.status == "Ended Early").as_("ended_early"),
		)
		.groupby(group.cycle)
	)
	return {row.pop("cycle"): row for row in filters.of_cycles(query, cycle).run(as_dict=True)}


ADDED_UP = (
	"mentors_approved",
	*FUNNEL,
	"groups_started",
	"groups_ended_early",
	"meetings_held",
	"meetings_minutes",
	"feedback_rated",
	"feedback_stars",
	"goals",
	"goals_achieved",
)


@report(
	"Mentoring Overview",
	question=N_("How far has each cycle come, from applications to results?"),
	figures=(
		"cycles past the draft stage. *Applied*: all mentee and peer applications. *Approved*: "
		"now approved, active or completed. *With a group*: of these, people with a place or "
		"completed. *Groups started*: active, completed, ended early. *Meeting hours*: length of "
		"the meetings held. *Average rating*: as in Feedback Ratings, without a date limit. "
		"*Goals achieved*: percentage of all goals"
	),
	filters=[PROGRAM, CYCLE, *CYCLE_STARTS],
	for_committee=True,
)
def mentoring_overview(filters: ReportFilters) -> Found:
	rows = cycles(filters)
	for row in rows:
		row.groups_started = sum(
			row.get(f"groups_{each}") or 0 for each in ("active", "completed", "ended_early")
		)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["hours"] = hours(row.get("meetings_minutes"))
		row["stars"] = mean_stars(row.get("feedback_stars"), row.get("feedback_rated"))
		row["goals_share"] = share(row.get("goals_achieved"), row.get("goals"))
		row.update({name: row.get(name) or 0 for name in ADDED_UP})
	for row in rows:
		row.status = _(row.status)
	return Found(
		_columns(),
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Applications"), total["applied"]),
			col.figure(_("With a group"), total["matched"]),
			col.figure(_("Completed"), total["completed"], "Green"),
			col.figure(_("Meetings held"), total["meetings_held"]),
			col.figure(_("Average rating (out of 5)"), total["stars"], "Green", "Float"),
		],
		_chart(rows),
	)


def _columns() -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.text("status", _("Status"), 100),
		col.day("start_date", _("Starts on")),
		col.count("mentors_approved", _("Mentors"), 90),
		col.count("applied", _("Applied"), 90),
		col.count("approved", _("Approved"), 100),
		col.count("matched", _("With a group")),
		col.count("active", _("Active"), 90),
		col.count("completed", _("Completed")),
		col.count("groups_started", _("Groups started")),
		col.count("groups_ended_early", _("Ended early")),
		col.count("meetings_held", _("Meetings held")),
		col.number("hours", _("Meeting hours")),
		col.number("stars", _("Average rating"), 2),
		col.count("goals", _("Goals"), 90),
		col.percent("goals_share", _("Goals achieved")),
	]


def _chart(rows: list) -> dict | None:
	labels = {"applied": _("Applied"), "approved": _("Approved"), "matched": _("With a group")}
	latest = rows[: col.fitting([row.cycle for row in rows])][::-1]
	return col.bars(
		[row.cycle for row in latest],
		{
			label: [row[name] for row in latest]
			for name, label in {**labels, "completed": _("Completed")}.items()
		},
		[col.GRAY, col.BLUE, col.PURPLE, col.GREEN],
		stacked=False,
	)
