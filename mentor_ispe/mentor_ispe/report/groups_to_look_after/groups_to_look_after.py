"""Which active groups need somebody, the most pressing first?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports import health
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.report import report
from mentor_ispe.reports.wanted import Wanted


@report("Groups to Look After", checks=("needing",))
def execute(wanted: Wanted) -> Answer:
	rows, total = health.groups(wanted)
	return answer(
		_("Which active groups need somebody, the most pressing first?"),
		[
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.count("health", _("Health"), 80),
			col.count("threshold", _("Threshold"), 100),
			col.text("alarm", _("Needs a coordinator"), 320),
			col.day("start_date", _("Started on")),
			col.count("meetings", _("Meetings"), 100),
			col.day("last_met", _("Last met")),
			col.day("next_meeting", _("Next meeting"), 120),
			col.count("members", _("Members"), 100),
		],
		rows,
		[
			col.figure(_("Groups"), total.groups),
			col.figure(_("Need a coordinator"), total.alarms or 0, "Red" if total.alarms else "Green"),
			col.figure(_("Under the threshold"), total.low or 0, "Red" if total.low else "Green"),
			col.figure(_("First meeting overdue"), total.late or 0, "Orange" if total.late else "Green"),
			col.figure(
				_("Mean health, of 100"), round(total.health / total.measured) if total.measured else None
			),
		],
		col.bars(
			[_("Need a coordinator"), _("Under the threshold"), _("First meeting overdue")],
			{_("Groups"): [total.alarms or 0, total.low or 0, total.late or 0]},
			[col.ORANGE],
		)
		if total.groups
		else None,
		total.groups,
	)
