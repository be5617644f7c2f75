"""Which pairs earn credit, and what stands in the way of the others?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.domain.credit.findings import STATES
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.credit import groups
from mentor_ispe.reports.report import report
from mentor_ispe.reports.wanted import Wanted


@report("Mentoring Credit Records", choices={"state": STATES})
def execute(wanted: Wanted) -> Answer:
	rows, of_all = groups(wanted)
	found = {state: len([row for row in rows if row.state == state]) for state in STATES}
	for row in rows:
		row.state = _(row.state) if row.state else _("Not judged")
		row.status = _(row.status)
		row.met = _("{0} of {1}").format(row.rules_met, row.rules)
	return answer(
		_("Which pairs earn credit, and what stands in the way of the others? Counted are those shown."),
		[
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("scheme", _("Credit scheme"), 120),
			col.text("status", _("Status"), 110),
			col.day("start_date", _("Started on")),
			col.day("end_date", _("Ended on")),
			col.text("state", _("Recertification credit"), 100),
			col.text("met", _("Rules met"), 100),
			col.text("because", _("What is left"), 600),
		],
		rows,
		[
			col.figure(_("Shown"), len(rows)),
			col.figure(_("Met"), found["Met"], "Green"),
			col.figure(_("On track"), found["On Track"]),
			col.figure(_("At risk"), found["At Risk"], "Orange" if found["At Risk"] else "Green"),
			col.figure(_("Not met"), found["Not Met"], "Red" if found["Not Met"] else "Green"),
		],
		col.bars([_(state) for state in STATES], {_("Groups"): list(found.values())}, [col.BLUE])
		if rows
		else None,
		of_all if not wanted.other("state") else None,
	)
