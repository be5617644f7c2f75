"""Who takes part without an active membership?"""

from __future__ import annotations

from frappe import _

from mentor_ispe.reports import columns as col
from mentor_ispe.reports.answer import Answer, answer
from mentor_ispe.reports.membership import STATES, exceptions
from mentor_ispe.reports.report import report
from mentor_ispe.reports.wanted import Wanted


@report("Membership Exceptions", choices={"state": tuple(filter(None, STATES))})
def execute(wanted: Wanted) -> Answer:
	rows, total = exceptions(wanted)
	for row in rows:
		row.update({name: _(row[name]) for name in ("side", "status")})
		row.state = _shown(row.state)
	found = {state: total[state.lower() or "not_asked"] for state in STATES}
	return answer(
		_("Who takes part without an active membership, as the membership records were last read?"),
		[
			col.link("profile", _("Person"), "Mentoring Profile", 180),
			col.text("state", _("Standing"), 110),
			col.day("active_until", _("Active until"), 120),
			col.day("grace_until", _("In grace until"), 120),
			col.day("lapsed_since", _("Lapsed since"), 120),
			col.text("side", _("As"), 90),
			col.text("status", _("Status"), 100),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.link("mentoring_group", _("Group"), "Mentoring Group", 180),
			col.text("membership_reason", _("Said by"), 260),
			col.day("membership_checked_on", _("Asked on")),
		],
		rows,
		[
			col.figure(_("People"), total.people, "Orange" if total.people else "Green"),
			col.figure(_("Lapsed"), found["Lapsed"], "Red" if found["Lapsed"] else "Green"),
			col.figure(_("In grace"), found["Grace"], "Orange" if found["Grace"] else "Green"),
			col.figure(_("Active in a group"), total.active or 0),
		],
		col.bars([_shown(state) for state in STATES], {_("People"): list(found.values())}, [col.ORANGE])
		if total.people
		else None,
		total.parts,
	)


def _shown(state: str) -> str:
	return _(state) if state else _("Not asked yet")
