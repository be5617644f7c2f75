"""How do people rate what they take part in, and does it get better?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import feedback
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import STARS, mean_stars, share
from mentor_ispe.reports.wanted import Wanted

EACH = tuple(f"stars_{number}" for number in range(STARS, 0, -1))
ADDED_UP = ("answers", "rated", "stars", "withheld", *EACH)


@report("Mentoring Feedback Ratings", choices={"kind": feedback.RATED})
def execute(wanted: Wanted) -> Answer:
	rows, asked = feedback.by_month(wanted), feedback.asked_for(wanted)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["mean"] = mean_stars(row["stars"], row["rated"])
	picture = _picture(wanted, rows)
	for row in rows:
		row.kind = _(row.kind)
	return answer(
		_(
			"How do people rate what they take part in, and does it get better? Ratings are shown where at"
			" least {0} people gave one of a kind in a cycle and month."
		).format(feedback.PEOPLE_IN_A_CELL),
		_columns(),
		col.with_total(rows, "month", total),
		[
			col.figure(_("Mean rating, of 5"), total["mean"], "Green", "Float"),
			col.figure(_("Ratings"), total["rated"]),
			col.figure(_("Ratings not shown"), total["withheld"], "Gray"),
			col.figure(
				_("Given of those asked for"),
				share(asked.given, (asked.given or 0) + (asked.missed or 0)),
				"Blue",
				"Percent",
			),
			col.figure(_("Still open"), asked.open or 0, "Orange"),
		],
		picture,
	)


def _columns() -> list[col.Column]:
	return [
		col.text("month", _("Month"), 110),
		col.text("kind", _("Kind"), 160),
		col.count("answers", _("Answers")),
		col.count("rated", _("Ratings")),
		col.number("mean", _("Mean rating"), 2, 120),
		*(col.count(name, "★" * int(name[-1]), 40 + 18 * int(name[-1])) for name in EACH),
		col.count("withheld", _("Not shown"), 120),
	]


def _picture(wanted: Wanted, rows: list) -> dict | None:
	"""The mean of each month, over all kinds."""
	means = {}
	for row in rows:
		stars, rated = means.get(row.month, (0, 0))
		means[row.month] = (stars + row.stars, rated + row.rated)
	months = [month for month, (_stars, rated) in means.items() if rated][-col.IN_A_PICTURE :]
	return col.bars(months, {_("Mean rating"): [mean_stars(*means[month]) for month in months]}, [col.BLUE])
