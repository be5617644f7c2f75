"""Which mentors have a seat left?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.capacity import capacity, mentors
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted


@report("Mentors and Their Seats", by=("Cycle",), checks=("free_only",))
def execute(wanted: Wanted) -> Answer:
	rows, total = mentors(wanted)
	for row in rows:
		row.status = _(row.status)
	cycles = [row for row in capacity(wanted) if row.offered]
	return answer(
		_("Which mentors have a seat left?"),
		[
			col.link("mentor", _("Mentor"), "Mentor", 140),
			col.text("full_name", _("Name"), 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.link("program", _("Program"), "Mentoring Program", 150),
			col.text("status", _("Status"), 100),
			col.count("offered", _("Seats offered"), 120),
			col.count("taken", _("Seats taken"), 120),
			col.count("free", _("Free seats")),
			col.text("industry", _("Industry")),
			col.text("country", _("Country")),
			col.text("employer", _("Employer"), 160),
		],
		rows,
		[
			col.figure(_("Mentors"), total.mentors),
			col.figure(_("Seats offered"), total.offered or 0),
			col.figure(_("Free seats"), (total.offered or 0) - (total.taken or 0), "Green"),
			col.figure(_("Seats used"), share(total.taken, total.offered), "Blue", "Percent"),
		],
		col.bars(
			[row.value for row in cycles],
			{_("Taken"): [row.taken for row in cycles], _("Free"): [row.free for row in cycles]},
			[col.BLUE, col.GREEN],
		),
		total.mentors,
	)
