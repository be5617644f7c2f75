"""What do people say in their feedback, in the words that their group sees?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.feedback import KINDS, comments
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import STARS, mean_stars
from mentor_ispe.reports.wanted import Wanted


@report(
	"Mentoring Feedback in Words",
	choices={"kind": KINDS, "at_most_stars": tuple(map(str, range(1, STARS)))},
	checks=("with_words",),
)
def execute(wanted: Wanted) -> Answer:
	rows, total = comments(wanted)
	for row in rows:
		row.kind = _(row.kind)
		row.stars = row.stars or None
	return answer(
		_("What do people say in their feedback, in the words that their group sees?"),
		[
			col.link("feedback", _("Feedback"), "Mentoring Feedback", 130),
			col.day("given_on", _("Given on")),
			col.text("kind", _("Kind"), 120),
			col.text("full_name", _("From"), 160),
			col.link("mentoring_group", _("Group"), "Mentoring Group", 180),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 160),
			col.count("stars", _("Stars"), 80),
			col.text("comment", _("In words"), 600),
		],
		rows,
		[
			col.figure(_("Answers"), total.answers),
			col.figure(_("With words"), total.with_words or 0),
			col.figure(_("Mean rating, of 5"), mean_stars(total.stars, total.rated), "Green", "Float"),
		],
		col.bars(
			[f"{number} ★" for number in range(1, STARS + 1)],
			{_("Ratings"): [total[f"stars_{number}"] or 0 for number in range(1, STARS + 1)]},
			[col.BLUE],
		)
		if total.rated
		else None,
		total.answers,
	)
