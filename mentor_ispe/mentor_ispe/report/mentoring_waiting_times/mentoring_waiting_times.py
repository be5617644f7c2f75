"""How long do applicants wait for an answer and for a match, and do those whose match ended get another?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.clock import today
from mentor_ispe.reports import columns as col
from mentor_ispe.reports import waiting
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import share
from mentor_ispe.reports.wanted import Wanted

STEPS = tuple(f"weeks_{weeks}" for weeks in (*waiting.WEEKS, "more"))
WAIT = ("waiting", "applied", "approved", "overdue", "again", *STEPS)
GONE = (*(status.lower() for status in waiting.GONE), "people", "rematched")


@report("Mentoring Waiting Times")
def execute(wanted: Wanted) -> Answer:
	rows = {row.cycle: row for row in waiting.by_cycle(wanted)}
	for gone in waiting.rematches(wanted):
		rows.setdefault(gone.cycle, gone).update(gone)
	for row in rows.values():
		row.update({name: row.get(name) or 0 for name in (*WAIT, *GONE)})
		row.days = (today() - row.longest.date()).days if row.longest else None
	total = col.sums(rows.values(), (*WAIT, *GONE))
	total["days"] = max((row.days for row in rows.values() if row.days is not None), default=None)
	for row in (*rows.values(), total):
		row["rematch_share"] = share(row["rematched"], row["people"])
	labels = step_labels()
	return answer(
		_(
			"How long do people wait for an answer and for a match, and do those whose match ended get another?"
		),
		_columns(labels),
		col.with_total(list(rows.values()), "cycle", total),
		[
			col.figure(_("Waiting now"), total["waiting"], "Orange"),
			col.figure(_("Past the promised day"), total["overdue"], "Red" if total["overdue"] else "Green"),
			col.figure(_("Longest wait, days"), total["days"]),
			col.figure(_("Wait again"), total["again"], "Orange"),
			col.figure(_("Rematched"), total["rematch_share"], "Green", "Percent"),
		],
		_picture([row for row in rows.values() if row.waiting], labels),
	)


def step_labels() -> dict[str, str]:
	"""The steps of waiting times in words, by the name of their column."""
	found, last = {}, None
	for weeks in waiting.WEEKS:
		found[f"weeks_{weeks}"] = (
			_("{0} to {1} weeks").format(last, weeks) if last else _("Up to {0} weeks").format(weeks)
		)
		last = weeks
	return {**found, "weeks_more": _("Over {0} weeks").format(last)}


def _columns(labels: dict[str, str]) -> list[col.Column]:
	return [
		col.link("cycle", _("Cycle"), "Mentoring Cycle", 220),
		col.link("program", _("Program"), "Mentoring Program", 160),
		col.count("waiting", _("Waiting now")),
		col.count("applied", _("For an answer")),
		col.count("approved", _("For a match")),
		col.count("overdue", _("Past the promised day"), 160),
		col.count("again", _("Waiting again"), 120),
		col.count("days", _("Longest, days"), 120),
		*(col.count(name, label, 120) for name, label in labels.items()),
		col.count("declined", _("Matches declined"), 140),
		col.count("expired", _("Not answered"), 120),
		col.count("withdrawn", _("Withdrawn")),
		col.count("ended", _("Seats ended"), 120),
		col.count("people", _("People without that match"), 180),
		col.count("rematched", _("Of them with another"), 160),
		col.percent("rematch_share", _("Rematched")),
	]


def _picture(rows: list, labels: dict[str, str]) -> dict | None:
	return col.bars(
		[row.cycle for row in rows],
		{label: [row[name] for row in rows] for name, label in labels.items()},
		[col.GREEN, col.BLUE, col.ORANGE, col.RED],
	)
