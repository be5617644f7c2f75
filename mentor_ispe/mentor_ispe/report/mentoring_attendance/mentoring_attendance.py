"""Do people meet as often and as long as their program asks?"""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import hours as figures
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import hours, share
from mentor_ispe.reports.wanted import Wanted, chosen_cycles

ADDED_UP = (
	*("groups", "held", "planned", "cancelled", "in_person", "minutes"),
	*("expected", "attended", "people", "asked", "short", "spent"),
)


@report("Mentoring Attendance")
def execute(wanted: Wanted) -> Answer:
	rows = _rows(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["hours"] = hours(row["minutes"])
		row["attendance"] = share(row["attended"], row["expected"])
		row["each"] = hours(row["spent"] / row["people"]) if row["people"] else None
		row["enough"] = row["asked"] - row["short"]
		row["enough_share"] = share(row["enough"], row["asked"])
	return answer(
		_("Do people meet as often and as long as their program asks?"),
		_columns(),
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Meetings held"), total["held"]),
			col.figure(_("Hours met"), total["hours"], "Blue", "Float"),
			col.figure(_("Attendance"), total["attendance"], "Green", "Percent"),
			col.figure(_("Enough hours so far"), total["enough_share"], "Green", "Percent"),
			col.figure(_("Short of hours"), total["short"], "Orange" if total["short"] else "Green"),
		],
		col.bars(
			[row.cycle for row in rows],
			{
				_("Enough hours"): [row.enough for row in rows],
				_("Short of hours"): [row.short for row in rows],
			},
			[col.GREEN, col.ORANGE],
		),
	)


def _rows(wanted: Wanted) -> list[frappe._dict]:
	"""The cycles with a meeting or with people in groups."""
	parts = figures.meetings(wanted), figures.attendance(wanted), figures.people_by_cycle(wanted)
	rows = []
	for cycle in chosen_cycles(wanted):
		found = [part[cycle.cycle] for part in parts if cycle.cycle in part]
		if found:
			row = frappe._dict(dict.fromkeys(ADDED_UP, 0), cycle=cycle.cycle, program=cycle.program)
			for part in found:
				row.update({name: part[name] or 0 for name in ADDED_UP if name in part})
			rows.append(row)
	return rows


def _columns() -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.count("groups", _("Groups that met"), 130),
		col.count("held", _("Meetings held"), 120),
		col.count("in_person", _("Of them in person"), 140),
		col.count("planned", _("Planned")),
		col.count("cancelled", _("Cancelled")),
		col.number("hours", _("Hours met")),
		col.percent("attendance", _("Attendance")),
		col.count("people", _("People in groups"), 130),
		col.number("each", _("Hours of each"), 1, 120),
		col.count("asked", _("Asked for hours"), 130),
		col.count("enough", _("Have enough")),
		col.count("short", _("Are short")),
		col.percent("enough_share", _("Enough")),
	]
