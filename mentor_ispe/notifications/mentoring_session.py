"""Who is told what when a session is planned, changed or cancelled; recording it as held tells nobody.

An occasion is a session, its calendar sequence and a person: whoever plans has raised the sequence when
something changed that people must know, and the same sequence is never announced to somebody twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cint, cstr

from mentor_ispe.domain import sharing
from mentor_ispe.domain.calendar import Attendee, Event, invitation
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.domain.sessions.events import InvitationsChanged
from mentor_ispe.domain.sessions.managing import is_moved
from mentor_ispe.domain.sessions.meetings import Meeting
from mentor_ispe.mails import calendar_events, outbox
from mentor_ispe.mails.default_templates.sessions import (
	SESSION_CANCELLED,
	SESSION_CHANGED,
	SESSION_INVITATION,
)
from mentor_ispe.notifications import guest_speaker_request
from mentor_ispe.notifications.meeting import page_of
from mentor_ispe.readings.contacts import replies_are_read
from mentor_ispe.readings.profiles import names_of_users

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession


@dataclass(frozen=True)
class Person:
	"""Somebody on the attendance list."""

	profile: str
	email: str
	full_name: str
	time_zone: str | None
	answer: str
	shows_address: bool = False
	calendar_uid: str = ""


def invitations_changed(doc: MentoringSession, event: InvitationsChanged) -> None:
	"""Bring the calendars of everyone concerned up to date."""
	outbox.enqueue_all(_notices(doc, event.before, event.after))


def _notices(doc: MentoringSession, before: Meeting | None, after: Meeting) -> Iterator[outbox.Notice]:
	invited = before.profiles if before else frozenset()
	people = _people({*after.profiles, *invited}, doc, before)
	speaker = guest_speaker_request.speaker(doc.guest_speaker)
	speaker_name = cstr(speaker.full_name) if speaker else ""
	host = calendar_events.organizer(doc.program, doc.calendar_organizer)
	read = replies_are_read(host.email)
	on_list = [person for name, person in people.items() if name in after.profiles]
	cancelled = doc.status == "Cancelled"
	event = calendar_events.session_event(doc, host, (), cancelled, speaker_name=speaker_name)
	event = replace(event, replies=read)
	context = _context(doc, speaker_name)
	moved = before is not None and is_moved(before, after)
	changed_by = names_of_users([doc.changed_by]).get(cstr(doc.changed_by), "") if moved else ""
	if cancelled:
		for name in invited:
			if person := people.get(name):
				values = {"removed": False, "reason": cstr(doc.cancel_reason), "changed_by": changed_by}
				yield _notice(
					doc,
					person,
					SESSION_CANCELLED,
					{**context, **values},
					_file(event, person, on_list),
				)
	else:
		# Who else comes is no reason for a mail to everybody: in a group of six, each late signature would bring
		# five of them.
		changed = before is not None and _told(before) != _told(after)
		for person in on_list:
			if person.profile not in invited:
				yield _notice(
					doc,
					person,
					SESSION_INVITATION,
					_asking(context, person, read),
					_file(event, person, on_list),
				)
			elif changed:
				yield _notice(
					doc,
					person,
					SESSION_CHANGED,
					{**_asking(context, person, read), "changed_by": changed_by},
					_file(event, person, on_list),
				)
		for name in invited - after.profiles:
			if person := people.get(name):
				values = {"removed": True, "reason": "", "changed_by": ""}
				yield _notice(
					doc, person, SESSION_CANCELLED, {**context, **values}, _without(doc, host, person)
				)
	yield from guest_speaker_request.session_notices(doc, before, host, context)


def _file(event: Event, person: Person, on_list: list[Person]) -> str:
	"""The file for one person: it names them, and those on the list who show their address to their groups.

	Who was taken off the list in the same step gets one that names nobody else.
	"""
	named = [one for one in on_list if one == person or one.shows_address] if person in on_list else [person]
	return invitation(_addressed(event, person, *named))


def _without(doc: MentoringSession, host: Attendee, person: Person) -> str:
	"""The file that takes the session out of one person's calendar."""
	return invitation(_addressed(calendar_events.session_event(doc, host, cancelled=True), person, person))


def _addressed(event: Event, reader: Person, *people: Person) -> Event:
	"""The event as it is called in the reader's calendar."""
	return replace(
		event,
		uid=reader.calendar_uid or event.uid,
		attendees=tuple(Attendee(one.full_name, one.email, one.answer) for one in people),
	)


def _asking(context: dict[str, Any], person: Person, read: bool) -> dict[str, Any]:
	"""With whether the person may answer in their calendar; one who has the meeting's own UID can't."""
	return {**context, "replies_read": read and bool(person.calendar_uid)}


def _notice(
	doc: MentoringSession, person: Person, template: str, context: dict[str, Any], file: str
) -> outbox.Notice:
	values: dict[str, Any] = calendar_events.start_values(doc.starts_on, person.time_zone)
	if template != SESSION_CANCELLED:
		values["meeting_url"] = page_of(cstr(doc.mentoring_group), cstr(doc.name))
	if template == SESSION_INVITATION:
		values["comes"] = person.answer == "Yes"
	return outbox.Notice(
		make_key("session", doc.name, cint(doc.calendar_sequence), person.profile),
		template,
		person.profile,
		context={**context, **values},
		reference=(doc.doctype, doc.name),
		calendar=file,
	)


def _context(doc: MentoringSession, speaker: str) -> dict[str, Any]:
	online = doc.mode == "Online"
	return {
		"group": cstr(doc.group_title),
		"minutes": cint(doc.duration_minutes),
		"mode": doc.mode,
		"location": "" if online else cstr(doc.location),
		"link": cstr(doc.link) if online else "",
		"focus": cstr(doc.focus),
		"agenda": editor_text(doc.agenda),
		"guest_speaker": speaker,
		"resources": _resources([row.resource for row in doc.get("resources") or ()]),
	}


def _resources(names: list[str]) -> list[dict[str, str]]:
	if not names:
		return []
	rows = frappe.get_all("Mentoring Resource", {"name": ("in", names)}, ["title", "url"], order_by="title")
	return [{"title": row.title, "url": cstr(row.url)} for row in rows]


def _people(profiles: set[str], doc: MentoringSession, before: Meeting | None) -> dict[str, Person]:
	answers = {row.profile: cstr(row.answer) for row in doc.attendance}
	uids = {guest.profile: guest.calendar_uid for guest in (before.people if before else ())}
	uids |= {row.profile: cstr(row.calendar_uid) for row in doc.attendance}
	rows = frappe.get_all(
		"Mentoring Profile",
		{"name": ("in", sorted(profiles) or [""])},
		["name", "email", "full_name", "time_zone", "show_email"],
		order_by="full_name, name",
	)
	return {
		row.name: Person(
			row.name,
			row.email,
			cstr(row.full_name),
			row.time_zone,
			answers.get(row.name, ""),
			sharing.is_shown("email", row.show_email, sharing.GROUP),
			uids.get(row.name, ""),
		)
		for row in rows
	}


def _told(meeting: Meeting) -> tuple:
	"""What whoever stays on the list is told of when it changes."""
	return (*meeting.appointment, meeting.focus, meeting.agenda)
