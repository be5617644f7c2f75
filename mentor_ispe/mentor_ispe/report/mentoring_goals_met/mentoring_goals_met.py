"""Which part of the goals that people set do they meet?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import goals
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted

ADDED_UP = ("goals", *goals.STATUSES.values(), "reviewed", "people", "without")


@report("Mentoring Goals Met")
def execute(wanted: Wanted) -> Answer:
	rows = goals.by_cycle(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["met"] = share(row["achieved"], row["goals"])
	picture = col.bars(
		[f"{row.cycle}, {_(row.role)}" for row in rows],
		{
			label: [row[name] for row in rows]
			for name, label in zip(goals.STATUSES.values(), map(_, goals.STATUSES), strict=True)
		},
		[col.GREEN, col.ORANGE, col.GRAY, col.BLUE],
	)
	for row in rows:
		row.role = _(row.role)
	return answer(
		_("Which part of the goals that people set do they meet?"),
		[
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.text("role", _("As"), 100),
			col.count("goals", _("Goals")),
			col.count("achieved", _("Achieved")),
			col.count("partly", _("Partly achieved"), 130),
			col.count("dropped", _("Dropped")),
			col.count("still_open", _("Open")),
			col.percent("met", _("Achieved, share"), 130),
			col.count("reviewed", _("Reviewed")),
			col.count("people", _("People with goals"), 140),
			col.count("without", _("Without a goal"), 130),
		],
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Goals"), total["goals"]),
			col.figure(_("Achieved"), total["met"], "Green", "Percent"),
			col.figure(_("Still open"), total["still_open"], "Blue"),
			col.figure(_("Without a goal"), total["without"], "Orange" if total["without"] else "Green"),
		],
		picture,
	)
