"""Who takes part, by chapter, country, industry, career stage, program or year, and how does it change?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.participation import WAYS, Participation, participation
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted


@report("Mentoring Participation", by=WAYS, choices={"who": ("Applied",)})
def execute(wanted: Wanted) -> Answer:
	found = participation(wanted)
	years = sorted(found.people_of_year) if wanted.by != "Year" else []
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
		row["value"] = _shown(wanted.by, row["value"])
	total = {
		**found.total,
		"share": share(found.total.people, found.total.people),
		**{f"year_{year}": found.people_of_year[year] for year in years},
	}
	return answer(
		_("Who takes part, and how does it change over the years? Each person is counted once."),
		_columns(wanted.by, years),
		col.with_total(rows, "value", total),
		[
			col.figure(_("People"), found.total.people),
			col.figure(_("Mentors"), found.total.mentors),
			col.figure(_("Mentees or peers"), found.total.mentees),
			col.figure(_("Both"), found.total.mentors + found.total.mentees - found.total.people, "Gray"),
		],
		_picture(wanted.by, rows, found),
	)


def _shown(by: str, value: str | int | None) -> str:
	if value in (None, ""):
		return _("not given")
	return _(value) if by in ("Country", "Industry", "Career Stage") else str(value)


def _columns(by: str, years: list[int]) -> list[col.Column]:
	return [
		col.text("value", _(by.capitalize()), 240),
		col.count("people", _("People")),
		col.percent("share", _("Share of all")),
		col.count("mentors", _("Mentors")),
		col.count("mentees", _("Mentees or peers"), 140),
		*(col.count(f"year_{year}", str(year), 90) for year in years),
	]


def _picture(by: str, rows: list[dict], found: Participation) -> dict | None:
	if by == "Year":
		rows = sorted(rows, key=lambda row: row["value"])[-col.IN_A_PICTURE :]
	return col.bars(
		[row["value"] for row in rows],
		{
			_("Mentors"): [row["mentors"] for row in rows],
			_("Mentees or peers"): [row["mentees"] for row in rows],
		},
		[col.BLUE, col.GREEN],
	)
