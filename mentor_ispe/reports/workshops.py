"""Workshops: their places, how many were taken, and how many people came."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType

from mentor_ispe.reports.terms import how_many
from mentor_ispe.reports.wanted import Wanted, after, start_of


def workshops(wanted: Wanted) -> list[frappe._dict]:
	"""Rows of workshop, the latest first: title, day, program, cycle, places, taken, attended, missed, waiting.

	Dates are those on which a workshop takes place. Places are 0 where there is no limit.
	"""
	workshop, participant = DocType("Mentoring Workshop"), DocType("Mentoring Workshop Participant")
	query = (
		frappe.qb.from_(workshop)
		.left_join(participant)
		.on((participant.parent == workshop.name) & (participant.parenttype == "Mentoring Workshop"))
		.select(
			workshop.title,
			workshop.starts_on,
			workshop.program,
			workshop.cycle,
			workshop.audience,
			workshop.status,
			workshop.places,
			workshop.places_taken.as_("taken"),
			how_many(participant.status == "Attended").as_("attended"),
			how_many(participant.status == "Missed").as_("missed"),
			how_many(participant.status == "Waiting").as_("waiting"),
		)
		.groupby(workshop.name)
		.orderby(workshop.starts_on, order=frappe.qb.desc)
		.orderby(workshop.name)
	)
	if wanted.from_date:
		query = query.where(workshop.starts_on >= start_of(wanted.from_date))
	if wanted.to_date:
		query = query.where(workshop.starts_on < after(wanted.to_date))
	return wanted.of_records(query, workshop.program, workshop.cycle).run(as_dict=True)
