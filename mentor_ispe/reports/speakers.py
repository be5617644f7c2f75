"""Guest speakers: asked for, arranged, heard."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from mentor_ispe.domain.figures import share
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import after, count_distinct, count_if, start_of
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, ReportFilters, by, days
from mentor_ispe.reports.report import Found, report

STATUSES = ("Requested", "Approaching", "Arranged", "Held", "Declined", "Cancelled")


def requests(filters: ReportFilters) -> list[frappe._dict]:
	"""Rows of value: requests by status, groups that asked, different speakers; by topic those available.

	Dates are those on which a group asked.
	"""
	request, cycle = DocType("Guest Speaker Request"), DocType("Mentoring Cycle")
	value = {"Topic": request.topic, "Program": cycle.program, "Cycle": request.cycle}[filters.by]
	query = (
		frappe.qb.from_(request)
		.join(cycle)
		.on(cycle.name == request.cycle)
		.select(
			value.as_("value"),
			Count(request.name).as_("requests"),
			count_distinct(request.mentoring_group).as_("groups"),
			count_distinct(request.speaker, request.status.isin(("Arranged", "Held"))).as_("speakers"),
			*(count_if(request.status == status).as_(status.lower()) for status in STATUSES),
		)
		.groupby(value)
	)
	if filters.from_date:
		query = query.where(request.creation >= start_of(filters.from_date))
	if filters.to_date:
		query = query.where(request.creation < after(filters.to_date))
	rows = filters.of_programs(query, cycle).run(as_dict=True)
	if filters.by == "Topic":
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
		.select(item.topic, count_distinct(speaker.name))
		.where(speaker.active == 1)
		.groupby(item.topic)
	)
	return dict(query.run())


COLUMNS = tuple(status.lower() for status in STATUSES)
ADDED_UP = ("requests", *COLUMNS)


@report(
	"Guest Speaker Requests",
	question=N_("Which speakers do groups request, and are the requests fulfilled?"),
	figures=(
		"requests by topic, program or cycle; dates are request dates. *Scheduled or held*: share"
		" of requests that weren't cancelled"
	),
	filters=[
		by(N_("Topic"), N_("Program"), N_("Cycle")),
		PROGRAM,
		CYCLE,
		*days(N_("Requested from"), N_("Requested until")),
	],
	for_committee=True,
)
def guest_speaker_requests(filters: ReportFilters) -> Found:
	rows = requests(filters)
	total = col.sums(rows, ADDED_UP)
	for row in (*rows, total):
		row["granted"] = share(row["arranged"] + row["held"], row["requests"] - row["cancelled"])
	open_requests = total["requested"] + total["approaching"]
	return Found(
		_columns(filters.by),
		col.with_total(rows, "value", total),
		[
			col.figure(_("Requests"), total["requests"]),
			col.figure(_("To schedule"), open_requests, "Orange" if open_requests else "Green"),
			col.figure(_("Arranged"), total["arranged"]),
			col.figure(_("Talks held"), total["held"], "Green"),
			col.figure(_("Speakers available"), speakers_available()),
		],
		col.bars(
			[row.value for row in rows],
			{
				_("Talks held"): [row.held for row in rows],
				_("Arranged"): [row.arranged for row in rows],
				_("To schedule"): [row.requested + row.approaching for row in rows],
				_("Declined or canceled"): [row.declined + row.cancelled for row in rows],
			},
			[col.GREEN, col.BLUE, col.ORANGE, col.GRAY],
		),
	)


def _columns(by: str) -> list[col.Column]:
	doctypes = {"Topic": "Mentoring Topic", "Program": "Mentoring Program", "Cycle": "Mentoring Cycle"}
	return [
		col.link("value", _(by), doctypes[by], 240),
		col.count("requests", _("Requests")),
		col.count("groups", _("Groups")),
		*(col.count(name, _(status), 120) for name, status in zip(COLUMNS, STATUSES, strict=True)),
		col.percent("granted", _("Scheduled or held"), 140),
		col.count("speakers", _("Number of speakers"), 150),
		*([col.count("available", _("Speakers available"), 150)] if by == "Topic" else []),
	]
