"""Guest speakers: asked for, arranged, heard."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from mentor_ispe.reports.terms import different, how_many
from mentor_ispe.reports.wanted import Wanted, after, start_of

WAYS = ("Topic", "Program", "Cycle")
STATUSES = ("Requested", "Approaching", "Arranged", "Held", "Declined", "Cancelled")


def requests(wanted: Wanted) -> list[frappe._dict]:
	"""Rows of value: requests by status, groups that asked, different speakers; by topic those available.

	Dates are those on which a group asked.
	"""
	request, cycle = DocType("Guest Speaker Request"), DocType("Mentoring Cycle")
	value = {"Topic": request.topic, "Program": cycle.program, "Cycle": request.cycle}[wanted.by]
	query = (
		frappe.qb.from_(request)
		.join(cycle)
		.on(cycle.name == request.cycle)
		.select(
			value.as_("value"),
			Count(request.name).as_("requests"),
			different(request.mentoring_group).as_("groups"),
			different(request.speaker, request.status.isin(("Arranged", "Held"))).as_("speakers"),
			*(how_many(request.status == status).as_(status.lower()) for status in STATUSES),
		)
		.groupby(value)
	)
	if wanted.from_date:
		query = query.where(request.creation >= start_of(wanted.from_date))
	if wanted.to_date:
		query = query.where(request.creation < after(wanted.to_date))
	rows = wanted.of_programs(query, cycle).run(as_dict=True)
	if wanted.by == "Topic":
		available = _available()
		for row in rows:
			row.available = available.get(row.value, 0)
	return sorted(rows, key=lambda row: (-row.requests, str(row.value)))


def speakers_available() -> int:
	return frappe.db.count("Guest Speaker", {"active": 1})


def _available() -> dict[str, int]:
	"""Available speakers by the topics they know."""
	speaker, item = DocType("Guest Speaker"), DocType("Mentoring Topic Item")
	query = (
		frappe.qb.from_(speaker)
		.join(item)
		.on((item.parent == speaker.name) & (item.parenttype == "Guest Speaker"))
		.select(item.topic, different(speaker.name))
		.where(speaker.active == 1)
		.groupby(item.topic)
	)
	return dict(query.run())
