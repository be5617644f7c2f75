"""People who take part and whose membership isn't active, as the nightly sweep last found it."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count
from pypika.queries import QueryBuilder
from pypika.terms import ValueWrapper

from mentor_ispe.reports.terms import different, how_many, is_over, steps, words
from mentor_ispe.reports.wanted import Wanted

STATES = ("Lapsed", "Never", "Unknown", "Grace", "")
"""Standings that aren't active, the most pressing first; empty is one that nobody has asked for yet."""
TAKING_PART = ("Applied", "Approved", "Active")


def exceptions(wanted: Wanted) -> tuple[list[frappe._dict], frappe._dict]:
	"""(people by how pressing their standing is, figures over all of them); once for each part they take"""
	part, profile = _parts(wanted).as_("part"), DocType("Mentoring Profile")
	state = words(profile.membership_state)
	query = (
		frappe.qb.from_(part)
		.join(profile)
		.on(profile.name == part.profile)
		.where(state.isin([wanted.other("state")] if wanted.other("state") else STATES))
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
	pressing = steps([(state == name, place) for place, name in enumerate(STATES)], len(STATES))
	rows = (
		rows.orderby(pressing).orderby(Coalesce(profile.lapsed_since, profile.grace_until)).orderby(part.part)
	)
	total = query.select(
		Count(part.part).as_("parts"),
		different(part.profile).as_("people"),
		how_many(part.status == "Active").as_("active"),
		*(different(part.profile, state == name).as_(name.lower() or "not_asked") for name in STATES),
	).run(as_dict=True)[0]
	return rows.limit(wanted.shown).run(as_dict=True), total


def _parts(wanted: Wanted) -> QueryBuilder:
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
			.where(part.status.isin(TAKING_PART) & ~is_over(cycle))
		)
		sides.append(wanted.of_cycles(query, cycle))
	return sides[0].union_all(sides[1])
