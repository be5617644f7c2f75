"""How far did each cycle come, from the applications to what came of them?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import overview
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import hours, mean_stars, share
from mentor_ispe.reports.wanted import Wanted

ADDED_UP = (
	"mentors_approved",
	*overview.FUNNEL,
	"groups_started",
	"groups_ended_early",
	"meetings_held",
	"meetings_minutes",
	"feedback_rated",
	"feedback_stars",
	"goals",
	"goals_achieved",
)


@report("Mentoring Overview")
def execute(wanted: Wanted) -> Answer:
	rows = overview.cycles(wanted)
	for row in rows:
		row.groups_started = sum(
			row.get(f"groups_{each}") or 0 for each in ("active", "completed", "ended_early")
		)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["hours"] = hours(row.get("meetings_minutes"))
		row["stars"] = mean_stars(row.get("feedback_stars"), row.get("feedback_rated"))
		row["goals_share"] = share(row.get("goals_achieved"), row.get("goals"))
		row.update({name: row.get(name) or 0 for name in ADDED_UP})
	for row in rows:
		row.status = _(row.status)
	return answer(
		_("How far did each cycle come, from the applications to what came of them?"),
		_columns(),
		col.with_total(rows, "cycle", total),
		[
			col.figure(_("Applications"), total["applied"]),
			col.figure(_("With a group"), total["matched"]),
			col.figure(_("Completed"), total["completed"], "Green"),
			col.figure(_("Meetings held"), total["meetings_held"]),
			col.figure(_("Mean rating, of 5"), total["stars"], "Green", "Float"),
		],
		_picture(rows),
	)


def _columns() -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.text("status", _("Status"), 100),
		col.day("start_date", _("Starts on")),
		col.count("mentors_approved", _("Mentors"), 90),
		col.count("applied", _("Applied"), 90),
		col.count("approved", _("Approved"), 100),
		col.count("matched", _("With a group")),
		col.count("active", _("Active"), 90),
		col.count("completed", _("Completed")),
		col.count("groups_started", _("Groups started")),
		col.count("groups_ended_early", _("Ended early")),
		col.count("meetings_held", _("Meetings held")),
		col.number("hours", _("Hours met")),
		col.number("stars", _("Mean rating"), 2),
		col.count("goals", _("Goals"), 90),
		col.percent("goals_share", _("Goals achieved")),
	]


def _picture(rows: list) -> dict | None:
	labels = {"applied": _("Applied"), "approved": _("Approved"), "matched": _("With a group")}
	latest = rows[: col.fitting([row.cycle for row in rows])][::-1]
	return col.bars(
		[row.cycle for row in latest],
		{
			label: [row[name] for row in latest]
			for name, label in {**labels, "completed": _("Completed")}.items()
		},
		[col.GRAY, col.BLUE, col.PURPLE, col.GREEN],
		stacked=False,
	)
