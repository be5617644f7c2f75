"""How are the active groups of each cycle doing?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import health
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.wanted import Wanted

ADDED_UP = (
	*("groups", "measured", "health", "low", "fair", "good", "unknown"),
	*("alarms", "never_met", "late"),
)


@report("Mentoring Group Health")
def execute(wanted: Wanted) -> Answer:
	rows = health.by_cycle(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["mean"] = round(row["health"] / row["measured"]) if row["measured"] else None
	return answer(
		_("How are the active groups of each cycle doing?"),
		_columns(),
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Active groups"), total["groups"]),
			col.figure(_("Mean health, of 100"), total["mean"], "Green"),
			col.figure(_("Under the threshold"), total["low"], "Red" if total["low"] else "Green"),
			col.figure(_("Need a coordinator"), total["alarms"], "Red" if total["alarms"] else "Green"),
			col.figure(_("First meeting overdue"), total["late"], "Orange" if total["late"] else "Green"),
		],
		col.bars(
			[row.cycle for row in rows],
			{
				_("Good"): [row.good for row in rows],
				_("Fair"): [row.fair for row in rows],
				_("Low"): [row.low for row in rows],
				_("Not known yet"): [row.unknown for row in rows],
			},
			[col.GREEN, col.ORANGE, col.RED, col.GRAY],
		),
	)


def _columns() -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.count("groups", _("Active groups"), 120),
		col.count("mean", _("Mean health"), 120),
		col.count("good", _("Good"), 90),
		col.count("fair", _("Fair"), 90),
		col.count("low", _("Low"), 90),
		col.count("unknown", _("Not known yet"), 130),
		col.count("alarms", _("Need a coordinator"), 150),
		col.count("never_met", _("Haven't met yet"), 140),
		col.count("late", _("First meeting overdue"), 160),
	]
