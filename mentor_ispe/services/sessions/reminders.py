"""Before and after the meetings, day by day: agendas, reminders, what is missing, meetings that nobody recorded.

Every notice's key names its occasion, so a job that died is run again and repeats nothing. Queries are
constant for each batch of meetings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

import frappe
from frappe.utils import cint, cstr, getdate

from mentor_ispe.clock import today
from mentor_ispe.concurrency.locks import SESSION
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.mails import outbox
from mentor_ispe.mails.calendar_events import start_values
from mentor_ispe.mails.default_templates.sessions import MEETING_AGENDA, MEETING_REMINDER, MEETING_TO_RECORD
from mentor_ispe.notifications import meeting
from mentor_ispe.readings import readiness
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.sessions import action_items, attendance_lists

BATCH = 200
DAYS_BEFORE = 3
FORGOTTEN_AFTER_DAYS = 60
PROFILE = "Mentoring Profile"

Row: TypeAlias = frappe._dict
Batches = Iterator[list[Row]]


def upcoming_meetings(now: datetime, days_before: int = DAYS_BEFORE) -> Batches:
	"""Planned meetings of active groups that start later than `now`, up to `days_before` days from today."""
	last = datetime.combine(now.date() + timedelta(days=days_before), time.max)
	yield from _batches(lambda session: (session.starts_on > now) & (session.starts_on <= last))


def unrecorded_meetings(now: datetime) -> Batches:
	"""Meetings still planned that began yesterday or before; those of long ago are left in peace."""
	last = datetime.combine(now.date(), time.min)
	first = last - timedelta(days=FORGOTTEN_AFTER_DAYS)
	yield from _batches(lambda session: (session.starts_on >= first) & (session.starts_on < last))


def send_agendas(meetings: Collection[Row]) -> int:
	"""Send the agenda to everyone invited who didn't say no; once for each time that a meeting is set for."""
	names = [row.name for row in meetings]
	expected = _expected(meetings, today())
	topics = _topics(names)
	resources = _resources(names)
	open_items = action_items.count_open(row.mentoring_group for row in meetings)
	people = _people(
		{person.profile for rows in expected.values() for person in rows}
		| {row.host for row in meetings if row.host}
	)
	notices = []
	for row in meetings:
		common = {
			**_what_and_where(row),
			"host": people[row.host].full_name if row.host in people else "",
			"agenda": editor_text(row.agenda),
			"topics": topics.get(row.name, []),
			"resources": resources.get(row.name, []),
			"open_items": open_items.get(row.mentoring_group, 0),
		}
		notices += [
			outbox.Notice(
				_agenda_key(row, person.profile),
				MEETING_AGENDA,
				person.profile,
				context={**common, **_when(row, people[person.profile])},
				reference=(SESSION, row.name),
			)
			for person in expected[row.name]
		]
	return outbox.enqueue_all(notices)


def remind_the_day_before(meetings: Collection[Row], day: date) -> int:
	"""Remind everyone invited who didn't say no of a meeting on the day after `day`; once for each time of it.

	Only of what they heard of before that day: whoever gets the agenda on it needs no second mail.
	"""
	near = [row for row in meetings if getdate(row.starts_on) == day + timedelta(days=1)]
	if not near:
		return 0
	expected = _expected(near, day)
	asked = [(row, person) for row in near for person in expected[row.name]]
	known = outbox.enqueued_before(
		(_agenda_key(row, person.profile) for row, person in asked),
		datetime.combine(day, time.min),
	)
	people = _people({person.profile for _row, person in asked})
	return outbox.enqueue_all(
		outbox.Notice(
			make_key("reminder", row.name, row.starts_on, person.profile),
			MEETING_REMINDER,
			person.profile,
			context={
				**_what_and_where(row),
				"answer": cstr(person.answer),
				"meeting_url": meeting.page_of(row.mentoring_group, row.name),
				**_when(row, people[person.profile]),
			},
			reference=(SESSION, row.name),
		)
		for row, person in asked
		if _agenda_key(row, person.profile) in known
	)


def _agenda_key(row: Row, profile: str) -> str:
	return make_key("agenda", row.name, row.starts_on, profile)


def remind_of_requirements(meetings: Collection[Row]) -> int:
	"""Tell whoever can't come yet what they lack; once for each meeting. Invite whoever can by now."""
	known = readiness.load([row.mentoring_group for row in meetings])
	invited = _invited([row.name for row in meetings])
	missing, late = {}, set()
	for row in meetings:
		day, people_of = getdate(row.starts_on), known.seats[row.mentoring_group]
		lacks = known.missing(row.mentoring_group, day, ("Active",))
		here = {seat.person.profile for seat in people_of if seat.is_there(today()) and seat.is_there(day)}
		missing[row.name] = {profile: lacks[profile] for profile in lacks if profile in here}
		active = {seat.person.profile for seat in people_of if seat.is_there(day)}
		listed = {person.profile for person in invited.get(row.name, ())}
		if active - set(lacks) - listed:
			late.add(row.mentoring_group)
	people = _people({profile for lacks in missing.values() for profile in lacks})
	told = outbox.enqueue_all(
		meeting.missing_notice(
			row.mentoring_group,
			cstr(row.group_title),
			profile,
			lacks,
			_when(row, people[profile]),
			occasion=f"{row.name} {row.starts_on}",
		)
		for row in meetings
		for profile, lacks in missing[row.name].items()
	)
	for group in sorted(late):
		attendance_lists.update_planned_meetings(group)
	return told


def remind_to_record(meetings: Collection[Row]) -> int:
	"""Ask the moderator, else the host, else the mentor, else everyone, to say who was there; once."""
	known = readiness.load([row.mentoring_group for row in meetings])
	asked = {row.name: _recorders(known.seats[row.mentoring_group], row.host) for row in meetings}
	people = _people({profile for profiles in asked.values() for profile in profiles})
	return outbox.enqueue_all(
		outbox.Notice(
			make_key("meeting-to-record", row.name, row.starts_on, profile),
			MEETING_TO_RECORD,
			profile,
			context={"group": cstr(row.group_title), **_when(row, people[profile])},
			reference=(SESSION, row.name),
		)
		for row in meetings
		for profile in asked[row.name]
	)


def _expected(meetings: Collection[Row], day: date) -> dict[str, list[Row]]:
	"""By meeting those invited who didn't say no, without whoever is away on that day and gets no mail."""
	invited = _invited([row.name for row in meetings])
	groups = {row.mentoring_group for row in meetings}
	away = {(seat.group, seat.profile) for seat in seats(groups, statuses=["Active"]) if seat.is_away(day)}
	return {
		row.name: [
			person
			for person in invited.get(row.name, ())
			if person.answer != "No" and (row.mentoring_group, person.profile) not in away
		]
		for row in meetings
	}


def _what_and_where(row: Row) -> dict[str, Any]:
	return {
		"group": cstr(row.group_title),
		"minutes": cint(row.duration_minutes),
		"place": cstr(row.link if row.mode == "Online" else row.location),
		"focus": cstr(row.focus),
	}


def _batches(wanted: Callable[[Any], Any]) -> Batches:
	session, group = frappe.qb.DocType(SESSION), frappe.qb.DocType("Mentoring Group")
	after = ""
	while True:
		rows = (
			frappe.qb.from_(session)
			.join(group)
			.on(group.name == session.mentoring_group)
			.select(
				session.name,
				session.mentoring_group,
				session.group_title,
				session.starts_on,
				session.duration_minutes,
				session.mode,
				session.location,
				session.link,
				session.host,
				session.focus,
				session.agenda,
			)
			.where((session.status == "Planned") & (group.status == "Active") & (session.name > after))
			.where(wanted(session))
			.orderby(session.name)
			.limit(BATCH)
		).run(as_dict=True)
		if not rows:
			return
		yield rows
		after = rows[-1].name


def _invited(sessions: list[str]) -> dict[str, list[Row]]:
	rows = frappe.get_all(
		"Mentoring Session Attendance",
		{"parent": ("in", sessions or [""]), "parenttype": SESSION},
		["parent", "profile", "answer"],
		order_by="parent, idx",
	)
	return _grouped(rows)


def _topics(sessions: list[str]) -> dict[str, list[str]]:
	rows = frappe.get_all(
		"Mentoring Topic Item",
		{"parent": ("in", sessions or [""]), "parenttype": SESSION},
		["parent", "topic"],
		order_by="parent, idx",
	)
	return {session: [row.topic for row in found] for session, found in _grouped(rows).items()}


def _resources(sessions: list[str]) -> dict[str, list[dict[str, str]]]:
	item, resource = frappe.qb.DocType("Mentoring Resource Item"), frappe.qb.DocType("Mentoring Resource")
	rows = (
		frappe.qb.from_(item)
		.join(resource)
		.on(resource.name == item.resource)
		.select(item.parent, resource.title, resource.url)
		.where((item.parenttype == SESSION) & item.parent.isin(sessions or [""]))
		.orderby(item.parent)
		.orderby(item.idx)
	).run(as_dict=True)
	return {
		session: [{"title": row.title, "url": cstr(row.url)} for row in found]
		for session, found in _grouped(rows).items()
	}


def _grouped(rows: Collection[Row]) -> dict[str, list[Row]]:
	found: dict[str, list[Row]] = defaultdict(list)
	for row in rows:
		found[row.parent].append(row)
	return found


def _people(profiles: Collection[str]) -> dict[str, Row]:
	rows = frappe.get_all(
		PROFILE, {"name": ("in", sorted(profiles) or [""])}, ["name", "full_name", "time_zone"]
	)
	return {row.name: row for row in rows}


def _when(row: Row, person: Row) -> dict[str, str]:
	return start_values(row.starts_on, person.time_zone)


def _recorders(everyone: Collection[readiness.ParticipantSeat], host: str | None) -> list[str]:
	active = [seat.person for seat in everyone if seat.is_there(today())]
	for chosen in (
		[person for person in active if "Moderator" in person.parts],
		[person for person in active if person.profile == host],
		[person for person in active if "Mentor" in person.parts],
		active,
	):
		if chosen:
			return [person.profile for person in chosen]
	return []
