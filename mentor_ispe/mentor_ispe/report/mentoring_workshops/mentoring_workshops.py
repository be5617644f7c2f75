"""Which workshops are there, and how many people come?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted
from mentor_ispe.reports.workshops import workshops

ADDED_UP = ("places", "taken", "attended", "missed", "waiting")


@report("Mentoring Workshops")
def execute(wanted: Wanted) -> Answer:
	rows = workshops(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["attended_share"] = share(row["attended"], row["attended"] + row["missed"])
	held = [row for row in rows if row.status == "Held"]
	latest = held[: col.fitting([row.title for row in held])][::-1]
	picture = col.bars(
		[row.title for row in latest],
		{
			_("Attended"): [row.attended for row in latest],
			_("Missed"): [row.missed for row in latest],
		},
		[col.GREEN, col.ORANGE],
	)
	planned = len([row for row in rows if row.status == "Planned"])
	for row in rows:
		row.status, row.audience = _(row.status), _(row.audience)
	return answer(
		_("Which workshops are there, and how many people come?"),
		[
			col.text("title", _("Workshop"), 260),
			col.day("starts_on", _("Takes place on"), 120),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("audience", _("Who can attend"), 130),
			col.text("status", _("Status"), 100),
			col.count("places", _("Places"), 90),
			col.count("taken", _("Places taken"), 120),
			col.count("waiting", _("On the waiting list"), 150),
			col.count("attended", _("Attended")),
			col.count("missed", _("Missed")),
			col.percent("attended_share", _("Attendance")),
		],
		col.with_total(rows, "title", total),
		[
			col.figure(_("Workshops"), len(rows)),
			col.figure(_("Planned"), planned),
			col.figure(_("Held"), len(held), "Green"),
			col.figure(_("Attended"), total["attended"], "Green"),
			col.figure(_("Attendance"), total["attended_share"], "Green", "Percent"),
		],
		picture,
	)
