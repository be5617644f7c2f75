"""Who in a group still owes a signature or the training?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import owed
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.wanted import Wanted

OWES = {"Signature": owed.SIGNATURE, "Training": owed.TRAINING}


@report("Agreements and Training Owed", choices={"owes": tuple(OWES)})
def execute(wanted: Wanted) -> Answer:
	rows, people, groups = owed.owed(wanted)
	if wanted.other("owes"):
		rows = [row for row in rows if row.owes == OWES.get(wanted.other("owes"))]
	signatures = [row for row in rows if row.owes == owed.SIGNATURE]
	for row in rows:
		row.what = row.what or _("Training")
		row.owes = _("Signature") if row.owes == owed.SIGNATURE else _("Training")
	titles: dict[str, int] = {}
	for row in rows:
		titles[row.what] = titles.get(row.what, 0) + 1
	late = len({row.profile for row in rows})
	question = _("Who in a group still owes a signature or the training, and can't meet before?")
	if groups > wanted.shown:
		question += " " + _("Asked of the first {0} of {1} groups.").format(wanted.shown, groups)
	return answer(
		question,
		[
			col.link("profile", _("Person"), "Mentoring Profile", 180),
			col.text("owes", _("Owes"), 110),
			col.text("what", _("What"), 220),
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("words", _("In words"), 420),
		],
		rows[: wanted.shown],
		[
			col.figure(_("People"), late, "Orange" if late else "Green"),
			col.figure(_("Signatures"), len(signatures), "Orange" if signatures else "Green"),
			col.figure(_("Trainings"), len(rows) - len(signatures)),
			col.figure(_("Seats looked at"), people, "Gray"),
		],
		col.bars(list(titles), {_("People"): list(titles.values())}, [col.ORANGE]),
		len(rows),
	)
