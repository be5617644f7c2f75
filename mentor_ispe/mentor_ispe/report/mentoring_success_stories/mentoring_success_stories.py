"""Which success stories may be told to others?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.feedback import stories
from mentor_ispe.reports.report import report
from mentor_ispe.reports.wanted import Wanted


@report("Mentoring Success Stories")
def execute(wanted: Wanted) -> Answer:
	rows, total = stories(wanted)
	by_program: dict[str, int] = {}
	for row in rows:
		by_program[row.program] = by_program.get(row.program, 0) + 1
	return answer(
		_("Which success stories may be told? Their writers agreed that they are shown with their names."),
		[
			col.day("given_on", _("Given on")),
			col.text("full_name", _("By"), 160),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("comment", _("Story"), 700),
		],
		rows,
		[col.figure(_("Stories"), total.stories, "Green"), col.figure(_("People"), total.people)],
		col.bars(list(by_program), {_("Stories"): list(by_program.values())}, [col.GREEN]),
		total.stories,
	)
