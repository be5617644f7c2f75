"""How many stayed without a match, and what stood in the way?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import unmatched
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted

ADDED_UP = ("people", "unmatched", "waiting", "seats", *unmatched.RULES)


@report("Reasons for No Match")
def execute(wanted: Wanted) -> Answer:
	rows = unmatched.by_cycle(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["unmatched_share"] = share(row["unmatched"], row["people"])
	why = unmatched.reasons(total)
	return answer(
		_(
			"How many stayed without a match in the latest match run of each cycle, and what stood in the way?"
		),
		[
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.count("people", _("In the run")),
			col.count("unmatched", _("Without a match"), 130),
			col.percent("unmatched_share", _("Share of all"), 90),
			col.count("waiting", _("Of them waiting now"), 150),
			col.count("seats", _("No seat left"), 120),
			*(col.count(rule, str(label), 120) for rule, label in unmatched.RULES.items()),
		],
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("In match runs"), total["people"]),
			col.figure(_("Without a match"), total["unmatched"], "Orange" if total["unmatched"] else "Green"),
			col.figure(_("Of them waiting now"), total["waiting"], "Orange" if total["waiting"] else "Green"),
		],
		col.bars([label for label, _n in why], {_("People"): [number for _l, number in why]}, [col.ORANGE]),
	)
