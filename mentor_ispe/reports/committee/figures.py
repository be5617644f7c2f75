"""Everything that a report to the committee says, as plain figures: what is not in here is in no report.

No names but those of success stories whose writers agreed, nothing that was said in a group or to the
coordinators alone, nothing about the state of a single group. A constant number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, flt

from mentor_ispe.clock import today
from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.domain.figures import hours as in_hours
from mentor_ispe.domain.figures import mean_stars, share
from mentor_ispe.domain.months import DAY, add_months, last_day_of, month_of
from mentor_ispe.reports import feedback_ratings, feedback_words, goals, health, hours, overview
from mentor_ispe.reports.committee import pending
from mentor_ispe.reports.committee.activity import activity
from mentor_ispe.reports.filters import ReportFilters
from mentor_ispe.reports.participation import participation
from mentor_ispe.services.committee.archive import REPORT

MONTHS_SHOWN = 12
GROUPS_FOR_A_PICTURE = 3
"""With fewer groups, how they are doing would tell of a single one."""
STORIES_AT_MOST = 50
WAYS = {"career_stage": "Career Stage", "country": "Country"}
NEVER_REPORTED = ("Draft", "Cancelled")

HAPPENED = (
	*("started", "meetings", "hours", "attended_share", "feedback", "stories", "completed", "ended_early"),
	*("speakers", "applied_mentors", "applied_mentees"),
)
"""Figures of the days of the report, each with that of the days before and a year before."""
STANDS = ("groups", "people", "mentors", "mentees", "unmatched", "undecided", "goals", "goals_achieved")
"""Figures of the moment, compared with those of earlier reports."""


def figures(program: str, period: Period) -> dict[str, Any]:
	"""The figures of a program's report about these days, as plain values that JSON keeps."""
	cycles = _cycles(program)
	spans = _spans(cycles, period)
	filters = ReportFilters(program=program)
	earlier = _earlier_reports(program, period)
	running = ReportFilters(program=program, from_date=_first_running(cycles, period), to_date=period.last)
	counts = activity(program, spans, _months(period))
	now = _stands(filters, running)
	return {
		"program": program,
		"from": period.first.isoformat(),
		"to": period.last.isoformat(),
		"counted_on": today().isoformat(),
		"compared": {name: [span.first.isoformat(), span.last.isoformat()] for name, span in spans.items()},
		"happened": {name: _over_time(counts, name, spans) for name in HAPPENED},
		"stands": {
			name: {
				"now": now[name],
				**{when: found.get("stands", {}).get(name, {}).get("now") for when, found in earlier.items()},
			}
			for name in STANDS
		},
		"months": _by_month(counts, period),
		"people_by": {key: _people_by(running, way) for key, way in WAYS.items()},
		"health": _health(filters),
		"hours": _hours(filters),
		"ratings": _ratings(program, period),
		"stories": _stories(program, period),
		"cycles": [_plain(row) for row in overview.cycles(filters)],
		**pending.pending(program, period),
	}


def _cycles(program: str) -> list[frappe._dict]:
	return frappe.get_all(
		"Mentoring Cycle",
		{"program": program, "status": ("not in", NEVER_REPORTED)},
		["name", "status", "start_date", "end_date", "application_from"],
		order_by="start_date, name",
	)


def _spans(cycles: list[frappe._dict], period: Period) -> dict[str, Period]:
	"""The period, and those before it in which the program was there to be compared with."""
	spans = {"now": period, "before": period.before(), "year_ago": period.year_before()}
	began = min((min(cycle.application_from, cycle.start_date) for cycle in cycles), default=None)
	return {name: span for name, span in spans.items() if name == "now" or (began and began <= span.first)}


def _months(period: Period) -> dict[str, Period]:
	"""The calendar months up to that of the last day, by names like m2027_01."""
	last = month_of(period.last)
	firsts = [add_months(last, -back) for back in reversed(range(MONTHS_SHOWN))]
	return {f"m{first:%Y_%m}": Period(first, last_day_of(first, 1)) for first in firsts}


def _over_time(counts: Mapping[str, Mapping[str, int]], name: str, spans: Mapping[str, Period]) -> dict:
	"""{"now": …, "before": … or None, "year_ago": … or None}"""

	def at(span: str) -> float | int | None:
		if span not in spans:
			return None
		if name == "hours":
			return in_hours(counts["minutes"][span])
		if name == "attended_share":
			return share(counts["attended"][span], counts["expected"][span])
		return counts[name][span]

	return {span: at(span) for span in ("now", "before", "year_ago")}


def _by_month(counts: Mapping[str, Mapping[str, int]], period: Period) -> list[dict]:
	return [
		{
			"month": span.first.isoformat(),
			"meetings": counts["meetings"][name],
			"hours": in_hours(counts["minutes"][name]),
			"in_period": span.first <= period.last and span.last >= period.first,
		}
		for name, span in _months(period).items()
	]


def _first_running(cycles: list[frappe._dict], period: Period) -> date:
	"""The start of the earliest cycle that wasn't over when the period began."""
	return min((cycle.start_date for cycle in cycles if cycle.end_date >= period.first), default=period.first)


def _stands(filters: ReportFilters, running: ReportFilters) -> dict[str, int]:
	people = participation(replace(running, by="Program")).total
	groups = health.by_cycle(filters, of_all=True)
	waits = pending.without_a_match(filters)
	set_goals = goals.by_cycle(running)
	return {
		"groups": sum(row.groups for row in groups),
		"people": cint(people.people),
		"mentors": cint(people.mentors),
		"mentees": cint(people.mentees),
		"unmatched": waits["unmatched"],
		"undecided": waits["undecided"],
		"goals": sum(cint(row.goals) for row in set_goals),
		"goals_achieved": sum(cint(row.achieved) for row in set_goals),
	}


def _people_by(running: ReportFilters, way: str) -> list[list]:
	"""[value, people], the most first; people who didn't say are under an empty value."""
	rows = participation(replace(running, by=way)).rows
	return [[row.value or "", cint(row.people)] for row in rows]


def _health(filters: ReportFilters) -> dict[str, int] | None:
	"""How many groups are doing well, fairly, badly; None where that would tell of one of them."""
	rows = health.by_cycle(filters, of_all=True)
	found = {
		name: sum(cint(row[name]) for row in rows) for name in ("groups", "good", "fair", "low", "unknown")
	}
	return found if found["groups"] - found["unknown"] >= GROUPS_FOR_A_PICTURE else None


def _hours(filters: ReportFilters) -> dict[str, int]:
	"""People of whom hours are asked by now, and how many of them spent less."""
	rows = hours.people_by_cycle(filters).values()
	return {name: sum(cint(row[name]) for row in rows) for name in ("people", "asked", "short")}


def _ratings(program: str, period: Period) -> dict[str, Any] | None:
	"""Mean stars of the months that ended in the period, where enough people rated: whole months, each once."""
	first, last = month_of(period.first), month_of(period.last + DAY) - DAY
	if last < period.first:
		return None
	rows = feedback_ratings.by_cycle(ReportFilters(program=program, from_date=first, to_date=last)).values()
	rated = sum(cint(row.rated) for row in rows)
	if not rated:
		return None
	return {
		"mean": mean_stars(sum(flt(row.stars) for row in rows), rated),
		"rated": rated,
		"from": first.isoformat(),
		"to": last.isoformat(),
	}


def _stories(program: str, period: Period) -> list[dict[str, str]]:
	"""Success stories told in these days, of writers who agreed that they are shown with their name."""
	filters = ReportFilters(
		program=program, from_date=period.first, to_date=period.last, shown=STORIES_AT_MOST
	)
	rows, _total = feedback_words.stories(filters)
	return stories_of(rows)


def stories_of(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
	"""Stories as a report keeps them."""
	return [
		{
			"full_name": row["full_name"],
			"words": row["comment"],
			"given_on": row["given_on"].date().isoformat(),
			"cycle": row["cycle"],
		}
		for row in rows
	]


def _earlier_reports(program: str, period: Period) -> dict[str, dict]:
	"""What the reports on the days before and a year before said, where there are any."""
	reports = frappe.get_all(
		REPORT,
		{"program": program, "to_date": ("<", period.first), "cycle": ("is", "not set")},
		["to_date", "figures"],
		order_by="to_date desc",
		limit=60,
	)
	a_year_ago = add_months(period.last, -12)
	found: dict[str, dict[str, Any]] = {"before": {}, "year_ago": {}}
	if reports:
		found["before"] = frappe.parse_json(reports[0].figures) or {}
	near = [report for report in reports if abs((report.to_date - a_year_ago).days) <= 31]
	if near:
		closest = min(near, key=lambda report: abs((report.to_date - a_year_ago).days))
		found["year_ago"] = frappe.parse_json(closest.figures) or {}
	return found


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
	return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
