"""Who takes part: people by chapter, country, industry, career stage, program and year."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max, Min
from pypika.queries import QueryBuilder, Table
from pypika.terms import Term, ValueWrapper

from mentor_ispe.domain.statuses import PLACED
from mentor_ispe.reports.terms import different, words, year_in
from mentor_ispe.reports.wanted import Wanted

WAYS = ("Chapter", "Country", "Industry", "Career Stage", "Program", "Year")
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


def participation(wanted: Wanted) -> Participation:
	"""Count different people; whoever takes part in two cycles is one person, in each of two years once.

	A person's chapter, country, industry and career stage are those of today.
	"""
	years = _years(wanted)
	value, year = _value(wanted.by, years), year_in(DocType("Mentoring Cycle").start_date, years)
	rows = _parts(wanted, value.as_("value")).groupby(value).run(as_dict=True)
	cells = _parts(wanted, value.as_("value"), year.as_("year")).groupby(value, year).run(as_dict=True)
	of_years = _parts(wanted, year.as_("year")).groupby(year).run(as_dict=True)
	total = _parts(wanted).run(as_dict=True)[0]
	return Participation(
		rows=sorted(rows, key=lambda row: (-row.people, str(row.value))),
		total=total,
		by_year={(row.value, row.year): row.people for row in cells},
		people_of_year=dict.fromkeys(years, 0) | {row.year: row.people for row in of_years},
	)


def _parts(wanted: Wanted, *terms: Term) -> QueryBuilder:
	"""One row for each part, as mentor or mentee, in a cycle; people counted once."""
	part, cycle, profile = _all_parts(wanted), DocType("Mentoring Cycle"), DocType("Mentoring Profile")
	query = (
		frappe.qb.from_(part)
		.join(cycle)
		.on(cycle.name == part.cycle)
		.left_join(profile)
		.on(profile.name == part.profile)
		.select(
			*terms,
			different(part.profile).as_("people"),
			different(part.profile, part.side == "Mentor").as_("mentors"),
			different(part.profile, part.side == "Mentee").as_("mentees"),
		)
	)
	return wanted.of_cycles(query, cycle)


def _all_parts(wanted: Wanted) -> QueryBuilder:
	"""Those who take part, or everybody who applied, on both sides."""
	sides = []
	for side in ("Mentor", "Mentee"):
		part = DocType(side)
		query = frappe.qb.from_(part).select(part.profile, part.cycle, ValueWrapper(side).as_("side"))
		if wanted.other("who") != "Applied":
			query = query.where(part.status.isin(sorted(PLACED)))
		sides.append(query)
	return sides[0].union_all(sides[1]).as_("part")


def _value(by: str, years: list[int]) -> Term:
	cycle: Table = DocType("Mentoring Cycle")
	if by == "Program":
		return cycle.program
	if by == "Year":
		return year_in(cycle.start_date, years)
	return words(DocType("Mentoring Profile")[OF_PROFILE[by]])


def _years(wanted: Wanted) -> list[int]:
	"""Every year in which a cycle of those asked for starts, and those between, the latest ones."""
	cycle = DocType("Mentoring Cycle")
	query = frappe.qb.from_(cycle).select(Min(cycle.start_date), Max(cycle.start_date))
	first, last = wanted.of_cycles(query, cycle).run()[0]
	if not first:
		return []
	return list(range(max(first.year, last.year - YEARS_AT_MOST + 1), last.year + 1))
