"""Everybody who takes part, as one list: in what, as what, whether they have a group, and when they last met."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Max
from pypika.queries import QueryBuilder, Table
from pypika.terms import Term, ValueWrapper

from mentor_ispe.domain.statuses import LIVE_SEATS, PARTICIPANT
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.conflict_of_interest import only_open
from mentor_ispe.readings.seats import GROUP, SEAT
from mentor_ispe.readings.sql import case_when, count_distinct, count_if, is_over, or_empty
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, SHOWN, ReportFilters, check, choice
from mentor_ispe.reports.report import Found, report

PROFILE, SESSION, NOTICE = "Mentoring Profile", "Mentoring Session", "Mentoring Notice"
ROLES = (N_("Mentor"), N_("Mentee"), N_("Peer"))
STANDINGS = ("Active", "Grace", "Lapsed", "Never", "Unknown")
IN_A_GROUP, WITHOUT, NOT_MET = N_("In a group"), N_("Without a group"), N_("Not met yet")


def people(filters: ReportFilters) -> tuple[list[frappe._dict], frappe._dict]:
	"""(people by name, once for each part they take; figures over all of them); three statements more for
	the groups and days of those who are shown. Groups that are closed to whoever asks are left out."""
	part = _parts(filters).as_("part")
	query = frappe.qb.from_(part)
	rows = query.select(part.star).orderby(part.full_name).orderby(part.part)
	rows = rows.limit(filters.shown).run(as_dict=True)
	total = query.select(
		Count(part.part).as_("parts"),
		count_distinct(part.profile).as_("people"),
		count_if(part.role == "Mentor").as_("mentors"),
		count_if(part.membership != "Active").as_("not_members"),
	).run(as_dict=True)[0]
	total.without = _without_a_group(filters, total.parts)
	_add_groups(rows)
	_add_mails(rows)
	return rows, total


def _without_a_group(filters: ReportFilters, parts: int) -> int:
	if filters.get("group"):
		return parts if filters.get("group") == WITHOUT else 0
	((seated,),) = frappe.qb.from_(_parts(filters, IN_A_GROUP).as_("part")).select(Count("*")).run()
	return parts - seated


def _parts(filters: ReportFilters, also: str | None = None) -> QueryBuilder:
	"""Mentors and mentees of the cycles asked for, those of whom `also` is true as well.

	Everything is joined in each half by index: databases join what they made on the way much more slowly.
	"""
	halves = [_half(filters, side, also) for side in ("Mentor", "Mentee")]
	return halves[0].union_all(halves[1])


def _half(filters: ReportFilters, side: str, also: str | None) -> QueryBuilder:
	part, cycle, profile, program = (
		DocType(side),
		DocType("Mentoring Cycle"),
		DocType(PROFILE),
		DocType("Mentoring Program"),
	)
	role: Term = ValueWrapper(side)
	if side == "Mentee":
		role = case_when([(program.format == "Peer Circle", "Peer")], side)
	query = (
		frappe.qb.from_(part)
		.join(cycle)
		.on(cycle.name == part.cycle)
		.join(program)
		.on(program.name == part.program)
		.join(profile)
		.on(profile.name == part.profile)
		.select(
			part.name.as_("part"),
			part.profile,
			part.status,
			part.cycle,
			part.program,
			role.as_("role"),
			profile.full_name,
			profile.email,
			or_empty(profile.membership_state).as_("membership"),
		)
	)
	if filters.get("current"):
		query = query.where(~is_over(cycle))
	for column, name in ((part.status, "status"), (role, "role"), (profile.membership_state, "membership")):
		if filters.get(name):
			query = query.where(column == filters.get(name))
	for group in {filters.get("group"), also}:
		query = _narrow_by_group(query, part, group)
	if side == "Mentee":
		query = only_open(query, side)
	return filters.of_cycles(query, cycle)


def _narrow_by_group(query: QueryBuilder, part: Table, group: str | None) -> QueryBuilder:
	if group == IN_A_GROUP:
		return query.where(part.name.isin(_in_groups()))
	if group == WITHOUT:
		return query.where(part.name.notin(_in_groups()))
	if group == NOT_MET:
		return query.where(part.name.isin(_in_groups_without_a_meeting()))
	return query


def _in_groups() -> QueryBuilder:
	"""The participants who have a place in a group."""
	return _seated(LIVE_SEATS)


def _seated(statuses: Collection[str]) -> QueryBuilder:
	"""The participants whose seat has one of the statuses, in groups that are open to whoever asks."""
	seat, group = DocType(SEAT), DocType(GROUP)
	query = (
		frappe.qb.from_(seat)
		.join(group)
		.on(group.name == seat.parent)
		.select(seat.participant)
		.where((seat.parenttype == GROUP) & seat.status.isin(sorted(statuses)) & seat.participant.notnull())
	)
	return only_open(query, GROUP)


def _in_groups_without_a_meeting() -> QueryBuilder:
	session, group = DocType(SESSION), DocType(GROUP)
	met = frappe.qb.from_(session).select(session.mentoring_group)
	met = met.where((session.status == "Held") & session.mentoring_group.notnull())
	return _in_groups().where((group.status == "Active") & group.name.notin(met))


def _add_groups(rows: Sequence[frappe._dict]) -> None:
	"""The groups in which each has a place, and the day on which one of them last met."""
	found: dict[str, dict[str, str]] = {}
	for participant, group, title in _groups_of([row.part for row in rows]):
		found.setdefault(participant, {})[group] = title
	last_met = _last_met({group for groups in found.values() for group in groups})
	for row in rows:
		groups = found.get(row.part, {})
		row.groups = ", ".join(groups.values())
		row.mentoring_group = next(iter(groups)) if len(groups) == 1 else None
		row.last_met = max((last_met[name] for name in groups if name in last_met), default=None)


def _groups_of(participants: Sequence[str]) -> list[tuple[str, str, str]]:
	if not participants:
		return []
	seat, group = DocType(SEAT), DocType(GROUP)
	query = _seated((*LIVE_SEATS, "Completed")).select(group.name, group.title).orderby(group.title)
	return query.where(seat.participant.isin(participants)).run()


def _last_met(groups: Collection[str]) -> dict[str, datetime]:
	if not groups:
		return {}
	session = DocType(SESSION)
	query = frappe.qb.from_(session).select(session.mentoring_group, Max(session.starts_on))
	query = query.where((session.status == "Held") & session.mentoring_group.isin(sorted(groups)))
	return dict(query.groupby(session.mentoring_group).run())


def _add_mails(rows: Sequence[frappe._dict]) -> None:
	"""The day on which the app last wrote to each; emails about groups that are closed to whoever asks are left out."""
	if not rows:
		return
	notice = DocType(NOTICE)
	query = frappe.qb.from_(notice).select(notice.profile, Max(notice.queued_on))
	query = query.where(
		(notice.status == "Queued") & notice.profile.isin(sorted({row.profile for row in rows}))
	)
	last = dict(only_open(query, NOTICE).groupby(notice.profile).run())
	for row in rows:
		row.last_mail = last.get(row.profile)


@report(
	"Mentoring Participants",
	question=N_("Who is in the programs, and how do you reach them?"),
	figures=(
		"everyone who applied or takes part, with one row per role and cycle. *People* counts each person "
		"once. *Last met*: the last meeting held in one of their groups. *Last email*: the last email that "
		"the app sent to them. Groups that a coordinator is in themselves are left out"
	),
	filters=[
		PROGRAM,
		CYCLE,
		choice("role", N_("Role"), ROLES),
		choice("status", N_("Status"), tuple(PARTICIPANT)),
		choice("membership", N_("Membership"), STANDINGS),
		choice("group", N_("Group"), (IN_A_GROUP, WITHOUT, NOT_MET)),
		check("current", N_("Current cycles only"), 1),
		SHOWN,
	],
	ref_doctype=PROFILE,
	script="participants",
)
def mentoring_participants(filters: ReportFilters) -> Found:
	rows, total = people(filters)
	for row in rows:
		row.update({name: _(row[name]) for name in ("role", "status")})
		row.membership = _(row.membership) if row.membership else _("Not checked yet")
	return Found(
		[
			col.link("profile", _("Person"), PROFILE, 170),
			col.text("email", _("Email"), 210),
			col.text("role", _("Role"), 80),
			col.text("status", _("Status"), 100),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 170),
			col.text("membership", _("Membership"), 110),
			{**col.text("groups", _("Group"), 190), "opens": [GROUP, "mentoring_group"]},
			col.day("last_met", _("Last met")),
			col.day("last_mail", _("Last email")),
			col.link("program", _("Program"), "Mentoring Program", 160),
		],
		rows,
		[
			col.figure(_("People"), total.people),
			col.figure(_("Mentors"), total.mentors or 0),
			col.figure(_("Mentees and peers"), total.parts - (total.mentors or 0)),
			col.figure(_("Without a group"), total.without or 0, "Orange" if total.without else "Green"),
			col.figure(
				_("Membership not active"), total.not_members or 0, "Orange" if total.not_members else "Green"
			),
		],
		of_all=total.parts,
	)
