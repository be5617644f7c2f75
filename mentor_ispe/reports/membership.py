"""People who take part and whose membership isn't active, as the nightly sweep last found it."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count
from pypika.queries import QueryBuilder
from pypika.terms import ValueWrapper

from mentor_ispe.domain.statuses import TAKES_PART
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import case_when, count_distinct, count_if, is_over, or_empty
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, SHOWN, ReportFilters, choice
from mentor_ispe.reports.report import Found, report

STATES = ("Lapsed", "Never", "Unknown", "Grace", "")
"""Standings that aren't active, the most pressing first; empty is one that nobody has asked for yet."""


def exceptions(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(people by how pressing their standing is, figures over all of them); once for each part they take"""
	part, profile = _parts(filters).as_("part"), DocType("Mentoring Profile")
	state = or_empty(profile.membership_state)
	query = (
		frappe.qb.from_(part)
		.join(profile)
		.on(profile.name == part.profile)
		.where(state.isin([filters.get("state")] if filters.get("state") else STATES))
	)
	rows = query.select(
		part.side,
		part.part,
		part.cycle,
		part.program,
		part.status,
		part.mentoring_group,
		profile.name.as_("profile"),
		profile.full_name,
		state.as_("state"),
		profile.active_until,
		profile.grace_until,
		profile.lapsed_since,
		profile.membership_reason,
		profile.membership_checked_on,
	)
	pressing = case_when([(state == name, place) for place, name in enumerate(STATES)], len(STATES))
	rows = (
		rows.orderby(pressing).orderby(Coalesce(profile.lapsed_since, profile.grace_until)).orderby(part.part)
	)
	total = query.select(
		Count(part.part).as_("parts"),
		count_distinct(part.profile).as_("people"),
		count_if(part.status == "Active").as_("active"),
		*(count_distinct(part.profile, state == name).as_(name.lower() or "not_asked") for name in STATES),
	).run(as_dict=True)[0]
	return rows.limit(filters.shown).run(as_dict=True), total


def _parts(filters: ReportFilters) -> QueryBuilder:
	"""Mentors and mentees of cycles that aren't over."""
	sides = []
	for side in ("Mentor", "Mentee"):
		part, cycle = DocType(side), DocType("Mentoring Cycle")
		group = part.mentoring_group if side == "Mentee" else ValueWrapper("")
		query = (
			frappe.qb.from_(part)
			.join(cycle)
			.on(cycle.name == part.cycle)
			.select(
				ValueWrapper(side).as_("side"),
				part.name.as_("part"),
				part.profile,
				part.cycle,
				part.program,
				part.status,
				group.as_("mentoring_group"),
			)
			.where(part.status.isin(TAKES_PART) & ~is_over(cycle))
		)
		sides.append(filters.of_cycles(query, cycle))
	return sides[0].union_all(sides[1])


@report(
	"Membership Exceptions",
	question=N_("Who is in a program without an active membership, based on the last membership check?"),
	figures=(
		"people who applied, are approved or active in a cycle that isn't over, and whose "
		"membership is lapsed, in the grace period, missing or unknown as of the last check. One "
		"row per role; *People* counts each person once"
	),
	filters=[
		PROGRAM,
		CYCLE,
		choice("state", N_("Standing"), STATES[:-1]),
		SHOWN,
	],
	ref_doctype="Mentoring Profile",
)
def membership_exceptions(filters: ReportFilters) -> Found:
	rows, total = exceptions(filters)
	for row in rows:
		row.update({name: _(row[name]) for name in ("side", "status")})
		row.state = _shown(row.state)
	found = {state: total[state.lower() or "not_asked"] for state in STATES}
	return Found(
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
			col.text("membership_reason", _("Source record"), 260),
			col.day("membership_checked_on", _("Asked on")),
		],
		rows,
		[
			col.figure(_("People"), total.people, "Orange" if total.people else "Green"),
			col.figure(_("Lapsed"), found["Lapsed"], "Red" if found["Lapsed"] else "Green"),
			col.figure(_("In grace period"), found["Grace"], "Orange" if found["Grace"] else "Green"),
			col.figure(_("Active in a group"), total.active or 0),
		],
		col.bars([_shown(state) for state in STATES], {_("People"): list(found.values())}, [col.ORANGE])
		if total.people
		else None,
		total.parts,
	)


def _shown(state: str) -> str:
	return _(state) if state else _("Not checked yet")
