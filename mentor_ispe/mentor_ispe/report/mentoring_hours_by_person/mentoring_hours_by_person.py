"""Who has spent fewer hours in meetings than the program asks for so far?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.hours import people
from mentor_ispe.reports.report import report
from mentor_ispe.reports.terms import hours, share
from mentor_ispe.reports.wanted import Wanted


@report("Mentoring Hours by Person", checks=("short_only",))
def execute(wanted: Wanted) -> Answer:
	rows, total = people(wanted)
	for row in rows:
		row.role = _(row.role)
		row.update({name: hours(row[name]) for name in ("spent", "asked", "missing")})
	enough = (total.asked or 0) - (total.short or 0)
	return answer(
		_("Who has spent fewer hours in meetings than the program asks for so far?"),
		[
			col.link("profile", _("Person"), "Mentoring Profile", 180),
			col.text("role", _("As"), 90),
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.number("spent", _("Hours"), 1, 90),
			col.number("asked", _("Hours asked for"), 1, 120),
			col.number("missing", _("Missing"), 1, 100),
		],
		rows,
		[
			col.figure(_("People"), total.people),
			col.figure(_("Hours"), hours(total.spent), "Blue", "Float"),
			col.figure(_("Short of hours"), total.short or 0, "Orange" if total.short else "Green"),
			col.figure(_("Hours missing"), hours(total.missing), "Orange", "Float"),
			col.figure(_("Enough so far"), share(enough, total.asked), "Green", "Percent"),
		],
		col.bars(
			[_("Enough so far"), _("Short of hours")],
			{_("People"): [enough, total.short or 0]},
			[col.BLUE],
		)
		if total.people
		else None,
		total.people,
	)
