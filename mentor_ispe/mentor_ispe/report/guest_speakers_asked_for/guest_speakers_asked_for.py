"""Which speakers do groups ask for, and do they get them?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import speakers
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted

STATUSES = tuple(status.lower() for status in speakers.STATUSES)
ADDED_UP = ("requests", *STATUSES)


@report("Guest Speakers Asked For", by=speakers.WAYS)
def execute(wanted: Wanted) -> Answer:
	rows = speakers.requests(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["granted"] = share(row["arranged"] + row["held"], row["requests"] - row["cancelled"])
	open_requests = total["requested"] + total["approaching"]
	return answer(
		_("Which speakers do groups ask for, and do they get them?"),
		_columns(wanted.by),
		col.with_total(rows, "value", total),
		[
			col.figure(_("Requests"), total["requests"]),
			col.figure(_("To arrange"), open_requests, "Orange" if open_requests else "Green"),
			col.figure(_("Arranged"), total["arranged"]),
			col.figure(_("Heard"), total["held"], "Green"),
			col.figure(_("Speakers available"), speakers.speakers_available()),
		],
		col.bars(
			[row.value for row in rows],
			{
				_("Heard"): [row.held for row in rows],
				_("Arranged"): [row.arranged for row in rows],
				_("To arrange"): [row.requested + row.approaching for row in rows],
				_("Declined or cancelled"): [row.declined + row.cancelled for row in rows],
			},
			[col.GREEN, col.BLUE, col.ORANGE, col.GRAY],
		),
	)


def _columns(by: str) -> list[col.Column]:
	doctypes = {"Topic": "Mentoring Topic", "Program": "Mentoring Program", "Cycle": "Mentoring Cycle"}
	return [
		col.link("value", _(by), doctypes[by], 240),
		col.count("requests", _("Requests")),
		col.count("groups", _("Groups")),
		*(col.count(name, _(status), 120) for name, status in zip(STATUSES, speakers.STATUSES, strict=True)),
		col.percent("granted", _("Arranged or held"), 140),
		col.count("speakers", _("Different speakers"), 150),
		*([col.count("available", _("Speakers available"), 150)] if by == "Topic" else []),
	]
