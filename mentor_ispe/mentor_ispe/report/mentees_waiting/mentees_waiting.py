"""Who waits for an answer or for a match, the longest first?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.clock import today
from mentor_ispe.mentor_ispe.report.mentoring_waiting_times.mentoring_waiting_times import step_labels
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.waiting import mentees
from mentor_ispe.reports.wanted import Wanted


@report("Mentees Waiting", checks=("overdue",))
def execute(wanted: Wanted) -> Answer:
	rows, total = mentees(wanted)
	day = today()
	for row in rows:
		row.waits_for = _("An answer") if row.status == "Applied" else _("A match")
		row.days = (day - row.since.date()).days
		row.late = max(0, (day - row.answer_by).days) if row.answer_by else 0
	labels = step_labels()
	return answer(
		_("Who waits for an answer or for a match, the longest first?"),
		[
			col.link("mentee", _("Mentee or peer"), "Mentee", 140),
			col.text("full_name", _("Name"), 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.link("program", _("Program"), "Mentoring Program", 150),
			col.text("waits_for", _("Waits for"), 110),
			col.day("since", _("Since")),
			col.count("days", _("Days"), 80),
			col.day("answer_by", _("Promised by"), 120),
			col.count("late", _("Days late"), 100),
			col.count("seats_before", _("Matches before"), 130),
		],
		rows,
		[
			col.figure(_("Waiting"), total.waiting, "Orange" if total.waiting else "Green"),
			col.figure(_("For an answer"), total.applied or 0),
			col.figure(_("Past the promised day"), total.overdue or 0, "Red" if total.overdue else "Green"),
			col.figure(_("Wait again"), total.again or 0, "Orange"),
			col.figure(_("Longest wait, days"), (day - total.longest.date()).days if total.longest else None),
		],
		col.bars(list(labels.values()), {_("People"): [total[name] or 0 for name in labels]}, [col.ORANGE]),
		total.waiting,
	)
