"""Who stayed without a match, and why?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.unmatched import mentees, reasons
from mentor_ispe.reports.wanted import Wanted


@report("Mentees Without a Match", checks=("waiting_only",))
def execute(wanted: Wanted) -> Answer:
	rows, total = mentees(wanted)
	for row in rows:
		row.status = _(row.status)
	why = reasons(total)
	return answer(
		_("Who stayed without a match in the latest match run, and why?"),
		[
			col.link("mentee", _("Mentee or peer"), "Mentee", 140),
			col.text("mentee_name", _("Name"), 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("status", _("Status now"), 110),
			col.link("mentoring_group", _("Group now"), "Mentoring Group", 180),
			col.day("waiting_since", _("Waiting since"), 120),
			col.text("reason", _("Why"), 560),
			col.link("match_run", _("Match run"), "Mentoring Match Run", 130),
		],
		rows,
		[
			col.figure(_("Without a match"), total.unmatched, "Orange" if total.unmatched else "Green"),
			col.figure(_("Of them waiting now"), total.waiting or 0, "Orange" if total.waiting else "Green"),
		],
		col.bars([label for label, _n in why], {_("People"): [number for _l, number in why]}, [col.ORANGE]),
		total.unmatched,
	)
