"""Who takes part: people by chapter, country, industry, career stage, program and year."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max, Min
from pypika.queries import QueryBuilder, Table
from pypika.terms import Term, ValueWrapper

from mentor_ispe.domain.figures import share
from mentor_ispe.domain.statuses import PLACED
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import count_distinct, or_empty, year_in
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, CYCLE_STARTS, PROGRAM, ReportFilters, by, choice
from mentor_ispe.reports.report import Found, report

OF_PROFILE = {
	"Chapter": "chapter",
	"Country": "country",
	"Industry": "industry",
	"Career Stage": "career_stage",
}
YEARS_AT_MOST = 20


@dataclass(frozen=True)
class Participation:
	"""`rows` have value, people, mentors, mentees; `by_year` counts the people of (value, year)."""

	rows: list[frappe._dict]
	total: frappe._dict
	by_year: dict[tuple[str, int], int]
	people_of_year: dict[int, int]


def participation(filters: ReportFilters) -> Participation:
	"""Count different people; whoever takes part in two cycles is one person, in each of two years once.

	A person's chapter, country, industry and career stage are those of today.
	"""
	years = _years(filters)
	value, year = _value(filters.by, years), year_in(DocType("Mentoring Cycle").start_date, years)
	rows = _parts(filters, value.as_("value")).groupby(value).run(as_dict=True)
	cells = _parts(filters, value.as_("value"), year.as_("year")).groupby(value, year).run(as_dict=True)
	of_years = _parts(filters, year.as_("year")).groupby(year).run(as_dict=True)
	total = _parts(filters).run(as_dict=True)[0]
	return Participation(
		rows=sorted(rows, key=lambda row: (-row.people, str(row.value))),
		total=total,
		by_year={(row.value, row.year): row.people for row in cells},
		people_of_year=dict.fromkeys(years, 0) | {row.year: row.people for row in of_years},
	)


def _parts(filters: ReportFilters, *terms: Term) -> QueryBuilder:
	"""One row for each part, as mentor or mentee, in a cycle; people counted once."""
	part, cycle, profile = _all_parts(filters), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	query = (
		frappe.qb.from_(part)
		.join(cycle)
		.on(cycle.name == part.cycle)
		.left_join(profile)
		.on(profile.name == part.profile)
		.select(
			*terms,
			count_distinct(part.profile).as_("people"),
			count_distinct(part.profile, part.side == "Mentor").as_("mentors"),
			count_distinct(part.profile, part.side == "Mentee").as_("mentees"),
		)
	)
	return filters.of_cycles(query, cycle)


def _all_parts(filters: ReportFilters) -> QueryBuilder:
	"""Those who take part, or everybody who applied, on both sides."""
	sides = []
	for side in ("Mentor", "Mentee"):
		part = DocType(side)
		query = frappe.qb.from_(part).select(part.profile, part.cycle, ValueWrapper(side).as_("side"))
		if filters.get("who") != "Applied":
			query = query.where(part.status.isin(sorted(PLACED)))
		sides.append(query)
	return sides[0].union_all(sides[1]).as_("part")


def _value(by: str, years: list[int]) -> Term:
	cycle: Table = DocType("Mentoring Cycle")
	if by == "Program":
		return cycle.program
	if by == "Year":
		return year_in(cycle.start_date, years)
	return or_empty(DocType("Mentoring Profile")[OF_PROFILE[by]])


def _years(filters: ReportFilters) -> list[int]:
	"""Every year in which a cycle of those asked for starts, and those between, the latest ones."""
	cycle = DocType("Mentoring Cycle")
	query = frappe.qb.from_(cycle).select(Min(cycle.start_date), Max(cycle.start_date))
	first, last = filters.of_cycles(query, cycle).run()[0]
	if not first:
		return []
	return list(range(max(first.year, last.year - YEARS_AT_MOST + 1), last.year + 1))


@report(
	"Mentoring Participation",
	question=N_("Who participates, and how does that change over the years? Each person is counted once."),
	figures=(
		"people, by chapter, country, industry or career stage (from their current profiles), by "
		"program, or by the year in which the cycle starts. Participants: approved, active or "
		"completed. *Applied*: everyone who applied. *Both*: people who are mentors and mentees"
	),
	filters=[
		by(N_("Chapter"), N_("Country"), N_("Industry"), N_("Career stage"), N_("Program"), N_("Year")),
		PROGRAM,
		CYCLE,
		*CYCLE_STARTS,
		choice("who", N_("All participants"), ("Applied",), N_("Role")),
	],
	for_committee=True,
)
def mentoring_participation(filters: ReportFilters) -> Found:
	found = participation(filters)
	years = sorted(found.people_of_year) if filters.by != "Year" else []
	rows = [
		{
			"value": row.value,
			"people": row.people,
			"mentors": row.mentors,
			"mentees": row.mentees,
			"share": share(row.people, found.total.people),
			**{f"year_{year}": found.by_year.get((row.value, year), 0) for year in years},
		}
		for row in found.rows
	]
	for row in rows:
		row["value"] = _shown(filters.by, row["value"])
	total = {
		**found.total,
		"share": share(found.total.people, found.total.people),
		**{f"year_{year}": found.people_of_year[year] for year in years},
	}
	return Found(
		_columns(filters.by, years),
		col.with_total(rows, "value", total),
		[
			col.figure(_("People"), found.total.people),
			col.figure(_("Mentors"), found.total.mentors),
			col.figure(_("Mentees and peers"), found.total.mentees),
			col.figure(_("Both"), found.total.mentors + found.total.mentees - found.total.people, "Gray"),
		],
		_chart(filters.by, rows, found),
	)


def _shown(by: str, value: str | int | None) -> str:
	if value in (None, ""):
		return _("not given")
	return _(value) if by in ("Country", "Industry", "Career Stage") else str(value)


def _columns(by: str, years: list[int]) -> list[col.Column]:
	return [
		col.text("value", _(by.capitalize()), 240),
		col.count("people", _("People")),
		col.percent("share", _("Share of total")),
		col.count("mentors", _("Mentors")),
		col.count("mentees", _("Mentees and peers"), 140),
		*(col.count(f"year_{year}", str(year), 90) for year in years),
	]


def _chart(by: str, rows: list[dict], found: Participation) -> dict | None:
	if by == "Year":
		rows = sorted(rows, key=lambda row: row["value"])[-col.IN_A_CHART :]
	return col.bars(
		[row["value"] for row in rows],
		{
			_("Mentors"): [row["mentors"] for row in rows],
			_("Mentees and peers"): [row["mentees"] for row in rows],
		},
		[col.BLUE, col.GREEN],
	)
