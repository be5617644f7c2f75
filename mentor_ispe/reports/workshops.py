"""Workshops: their places, how many were taken, and how many people came."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType

from mentor_ispe.domain.figures import share
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import after, count_if, start_of
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, ReportFilters, days
from mentor_ispe.reports.report import Found, report


def workshops(filters: ReportFilters) -> list[frappe._dict]:
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
			count_if(participant.status == "Attended").as_("attended"),
			count_if(participant.status == "Missed").as_("missed"),
			count_if(participant.status == "Waiting").as_("waiting"),
		)
		.groupby(workshop.name)
		.orderby(workshop.starts_on, order=frappe.qb.desc)
		.orderby(workshop.name)
	)
	if filters.from_date:
		query = query.where(workshop.starts_on >= start_of(filters.from_date))
	if filters.to_date:
		query = query.where(workshop.starts_on < after(filters.to_date))
	return filters.of_records(query, workshop.program, workshop.cycle).run(as_dict=True)


ADDED_UP = ("places", "taken", "attended", "missed", "waiting")


@report(
	"Mentoring Workshops",
	question=N_("Which workshops are offered, and how many people attend?"),
	figures=(
		"one row per workshop, by workshop date. *Attendance*: share of people recorded as "
		"attended or missed who attended"
	),
	filters=[PROGRAM, CYCLE, *days(N_("From date"), N_("To date"))],
	for_committee=True,
)
def mentoring_workshops(filters: ReportFilters) -> Found:
	rows = workshops(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["attended_share"] = share(row["attended"], row["attended"] + row["missed"])
	held = [row for row in rows if row.status == "Held"]
	latest = held[: col.fitting([row.title for row in held])][::-1]
	chart = col.bars(
		[row.title for row in latest],
		{
			_("Attended"): [row.attended for row in latest],
			_("Missed"): [row.missed for row in latest],
		},
		[col.GREEN, col.ORANGE],
	)
	planned = len([row for row in rows if row.status == "Planned"])
	for row in rows:
		row.status, row.audience = _(row.status), _(row.audience)
	return Found(
		[
			col.text("title", _("Workshop"), 260),
			col.day("starts_on", _("Date"), 120),
			col.link("program", _("Program"), "Mentoring Program", 160),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("audience", _("Audience"), 130),
			col.text("status", _("Status"), 100),
			col.count("places", _("Places"), 90),
			col.count("taken", _("Places taken"), 120),
			col.count("waiting", _("On the waiting list"), 150),
			col.count("attended", _("Attended")),
			col.count("missed", _("Missed")),
			col.percent("attended_share", _("Attendance")),
		],
		col.with_total(rows, "title", total),
		[
			col.figure(_("Workshops"), len(rows)),
			col.figure(_("Planned"), planned),
			col.figure(_("Held"), len(held), "Green"),
			col.figure(_("Attended"), total["attended"], "Green"),
			col.figure(_("Attendance"), total["attended_share"], "Green", "Percent"),
		],
		chart,
	)
