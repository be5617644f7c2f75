"""Groups as the rules for feedback see them, read in batches: so many queries, however many groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import frappe
from frappe.utils import cint, cstr, get_datetime, getdate

from mentor_ispe.domain.feedback.facts import Asked, GroupLife, Meeting, Rhythm
from mentor_ispe.domain.feedback.kinds import (
	CLOSING_DAYS,
	KINDS,
	SESSION,
	SESSION_DAYS,
	codes_of,
)
from mentor_ispe.readings.seats import seats_by_group

FEEDBACK, GROUP, REQUEST = "Mentoring Feedback", "Mentoring Group", "Mentoring Feedback Request"
# Meetings this old are still looked at, to know who hosted a circle last.
MEETING_DAYS = 120


@dataclass(frozen=True)
class Loaded:
	"""One group with its program, its title and what was asked in it before."""

	life: GroupLife
	program: str
	title: str
	asked: tuple[Asked, ...]


def rhythms() -> dict[str, Rhythm]:
	"""What every program says of feedback, in one query."""
	rows = frappe.get_all(
		"Mentoring Program",
		fields=["name", "feedback_every_months", "session_feedback", "closing_feedback", "feedback_days"],
	)
	return {
		row.name: Rhythm(
			cint(row.feedback_every_months),
			bool(row.session_feedback),
			bool(row.closing_feedback),
			max(1, cint(row.feedback_days)),
		)
		for row in rows
	}


def next_groups(after: str, on: date, limit: int) -> list[str]:
	"""Names of the next groups that are active or ended not long ago."""
	group = frappe.qb.DocType(GROUP)
	closed = group.status.isin(["Completed", "Ended Early"]) & (
		group.end_date > on - timedelta(days=CLOSING_DAYS)
	)
	return (
		frappe.qb.from_(group)
		.select(group.name)
		.where((group.name > after) & ((group.status == "Active") | closed))
		.orderby(group.name)
		.limit(limit)
	).run(pluck=True)


def load(names: list[str], on: date) -> list[Loaded]:
	"""These groups with all that is asked of them; seven queries."""
	seats, meetings, asked = seats_by_group(names), _meetings(names, on), _asked(names, on)
	group, cycle = frappe.qb.DocType(GROUP), frappe.qb.DocType("Mentoring Cycle")
	rows = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.select(
			group.name,
			group.title,
			group.cycle,
			group.program,
			group.format,
			group.status,
			group.start_date,
			group.end_date,
			cycle.end_date.as_("cycle_ends_on"),
		)
		.where(group.name.isin(names))
		.orderby(group.name)
	).run(as_dict=True)
	return [
		Loaded(
			GroupLife(
				name=row.name,
				cycle=row.cycle,
				format=cstr(row.format),
				status=row.status,
				started_on=_day(row.start_date),
				ended_on=_day(row.end_date),
				ends_on=_day(row.cycle_ends_on),
				seats=tuple(seats[row.name]),
				meetings=tuple(meetings[row.name]),
			),
			row.program,
			cstr(row.title) or row.name,
			tuple(asked[row.name]),
		)
		for row in rows
	]


def _day(value: object) -> date | None:
	return getdate(value) if value else None


def _meetings(names: list[str], on: date) -> dict[str, list[Meeting]]:
	session, row = (
		frappe.qb.DocType("Mentoring Session"),
		frappe.qb.DocType("Mentoring Session Attendance"),
	)
	since = on - timedelta(days=max(MEETING_DAYS, SESSION_DAYS))
	held = (session.status == "Held") & session.mentoring_group.isin(names) & (session.starts_on >= since)
	found = (
		frappe.qb.from_(session)
		.select(session.name, session.mentoring_group, session.starts_on, session.host)
		.where(held)
		.orderby(session.starts_on)
	).run()
	there: dict[str, set[str]] = defaultdict(set)
	for name, profile in (
		frappe.qb.from_(row)
		.join(session)
		.on(session.name == row.parent)
		.select(row.parent, row.profile)
		.where(held & (row.attended == 1))
	).run():
		there[name].add(profile)
	meetings: dict[str, list[Meeting]] = defaultdict(list)
	for name, group, starts_on, host in found:
		meetings[group].append(Meeting(name, getdate(starts_on), frozenset(there[name]), host))
	return meetings


def _asked(names: list[str], on: date) -> dict[str, list[Asked]]:
	request = frappe.qb.DocType(REQUEST)
	recent = request.asked_on >= on - timedelta(days=2 * SESSION_DAYS)
	rows = (
		frappe.qb.from_(request)
		.select(request.mentoring_group, request.request_key, request.profile, request.status)
		.where(request.mentoring_group.isin(names) & ((request.kind != SESSION.code) | recent))
	).run()
	asked: dict[str, list[Asked]] = defaultdict(list)
	for group, key, profile, status in rows:
		asked[group].append(Asked(slot_of(key, profile), profile, status))
	for group, slot, profile in _given_unasked(names, on):
		asked[group].append(Asked(slot, profile, "Given"))
	return asked


def _given_unasked(names: list[str], on: date) -> Iterator[tuple[str, str, str]]:
	"""(group, slot, profile) of what people said before they were asked, of the kinds that are given once."""
	feedback = frappe.qb.DocType(FEEDBACK)
	rows = (
		frappe.qb.from_(feedback)
		.select(feedback.mentoring_group, feedback.kind, feedback.session, feedback.profile)
		.where(feedback.mentoring_group.isin(names) & feedback.kind.isin(codes_of(once=True)))
		.where(feedback.request.isnull() & (feedback.creation >= on - timedelta(days=2 * CLOSING_DAYS)))
	).run()
	for group, kind, session, profile in rows:
		if slot := KINDS[kind].slot:
			yield group, slot(group, session), profile


def slot_of(key: str, profile: str) -> str:
	"""The slot in a request's key: what is asked, without the person."""
	return key.removesuffix(f":{profile}")


def meeting_days(sessions: Iterable[str | None]) -> dict[str, datetime]:
	"""When each of these meetings began; one query."""
	names = sorted({name for name in sessions if name})
	if not names:
		return {}
	rows = frappe.get_all("Mentoring Session", {"name": ("in", names)}, ["name", "starts_on"])
	return {row.name: get_datetime(row.starts_on) for row in rows}
