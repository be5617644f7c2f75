"""What needs the committee, and what comes next: numbers, topics and dates."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Min
from frappe.utils import cint, get_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.domain.months import add_months
from mentor_ispe.readings.sql import after, start_of
from mentor_ispe.reports import health, waiting
from mentor_ispe.reports.filters import ReportFilters

MONTHS_AHEAD = 3
LEFT_OPEN = ("Open", "In Mediation")
TO_ARRANGE = ("Requested", "Approaching")
DATES = (
	*("application_from", "application_until", "announcement_date"),
	*("kickoff_on", "start_date", "end_date"),
)
OVER = ("Draft", "Completed", "Cancelled")


def pending(program: str, period: Period) -> dict[str, Any]:
	"""`needs`: what waits for somebody; `coming`: the dates of the months ahead."""
	filters = ReportFilters(program=program)
	waits = without_a_match(filters)
	return {
		"needs": {
			"speakers": _speakers(program),
			"concerns": _concerns(program),
			**waits,
			"without_first_meeting": sum(cint(row.late) for row in health.by_cycle(filters, of_all=True)),
		},
		"coming": sorted([*_dates(program), *_workshops(program)], key=lambda row: row["on"]),
	}


def without_a_match(filters: ReportFilters) -> dict[str, int]:
	"""`undecided` applications, `unmatched` who are approved, and how many are past their promised day."""
	rows = waiting.by_cycle(filters)
	return {
		"undecided": sum(cint(row.applied) for row in rows),
		"unmatched": sum(cint(row.approved) for row in rows),
		"overdue": sum(cint(row.overdue) for row in rows),
	}


def _speakers(program: str) -> list[dict[str, Any]]:
	"""Speakers that groups wait for: the topic, how many, since when; in cycles that aren't over."""
	request, cycle = DocType("Guest Speaker Request"), DocType("Mentoring Cycle")
	rows = (
		frappe.qb.from_(request)
		.join(cycle)
		.on(cycle.name == request.cycle)
		.select(request.topic, Count(request.name).as_("requests"), Min(request.creation).as_("since"))
		.where((cycle.program == program) & cycle.status.notin(OVER) & request.status.isin(TO_ARRANGE))
		.groupby(request.topic)
		.run(as_dict=True)
	)
	found = [
		{"topic": row.topic or "", "requests": row.requests, "since": row.since.date().isoformat()}
		for row in rows
	]
	return sorted(found, key=lambda row: (row["since"], row["topic"]))


def _concerns(program: str) -> int:
	"""How many are open; nothing else about them is for the committee's mail."""
	concern, cycle = DocType("Mentoring Concern"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(concern).join(cycle).on(cycle.name == concern.cycle).select(Count(concern.name))
	return query.where((cycle.program == program) & concern.status.isin(LEFT_OPEN)).run()[0][0]


def _dates(program: str) -> list[dict[str, Any]]:
	"""The dates of the program's cycles in the months ahead."""
	first, last = today(), add_months(today(), MONTHS_AHEAD)
	found = []
	for cycle in frappe.get_all(
		"Mentoring Cycle", {"program": program, "status": ("not in", OVER)}, ["name", *DATES]
	):
		for what in DATES:
			if cycle[what] and first <= get_datetime(cycle[what]).date() <= last:
				on = get_datetime(cycle[what]).date().isoformat()
				found.append({"what": what, "on": on, "title": cycle.name})
	return found


def _workshops(program: str) -> list[dict[str, Any]]:
	"""Workshops of the months ahead, with the places that are left to fill."""
	rows = frappe.get_all(
		"Mentoring Workshop",
		{
			"program": program,
			"status": "Planned",
			"starts_on": ("between", [start_of(today()), after(add_months(today(), MONTHS_AHEAD))]),
		},
		["title", "starts_on", "places", "places_taken"],
	)
	return [
		{
			"what": "workshop",
			"on": row.starts_on.date().isoformat(),
			"title": row.title,
			"places": row.places,
			"places_taken": row.places_taken,
		}
		for row in rows
	]
