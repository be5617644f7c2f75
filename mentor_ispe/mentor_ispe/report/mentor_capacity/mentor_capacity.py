"""How many seats do mentors offer, and how many of them are used?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.capacity import WAYS, capacity
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted

ADDED_UP = ("mentors", "full", "offered", "taken", "free", "waiting")


@report("Mentor Capacity", by=WAYS)
def execute(wanted: Wanted) -> Answer:
	rows = capacity(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["used"] = share(row["taken"], row["offered"])
	for row in rows:
		row.value = _(row.value) if row.value else _("not given")
	return answer(
		_("How many seats do mentors offer now, and how many of them are used?"),
		_columns(wanted.by),
		col.with_total(rows, "value", total),
		[
			col.figure(_("Mentors"), total["mentors"]),
			col.figure(_("Seats offered"), total["offered"]),
			col.figure(_("Free seats"), total["free"], "Green"),
			col.figure(_("Seats used"), total["used"], "Blue", "Percent"),
			col.figure(_("Wait for a mentor"), total["waiting"], "Orange"),
		],
		col.bars(
			[row.value for row in rows],
			{_("Taken"): [row.taken for row in rows], _("Free"): [row.free for row in rows]},
			[col.BLUE, col.GREEN],
		),
	)


def _columns(by: str) -> list[col.Column]:
	return [
		col.text("value", _(by.capitalize()), 240),
		col.count("mentors", _("Mentors")),
		col.count("full", _("Without a free seat"), 150),
		col.count("offered", _("Seats offered"), 120),
		col.count("taken", _("Seats taken"), 120),
		col.count("free", _("Free seats"), 120),
		col.percent("used", _("Seats used")),
		col.count("waiting", _("Mentees waiting"), 140),
	]
