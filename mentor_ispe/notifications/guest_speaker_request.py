"""What guest speakers are told of the session they speak in, and groups of their requests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cint, cstr

from mentor_ispe.domain.calendar import Attendee, invitation
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.sessions.meetings import Meeting
from mentor_ispe.domain.speakers import RequestAnswered, SpeakerNeededAgain, SpeakerRequested
from mentor_ispe.mails import calendar_events, coordinators, outbox
from mentor_ispe.mails.default_templates import speakers
from mentor_ispe.readings.seats import profiles_in

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.guest_speaker_request.guest_speaker_request import (
		GuestSpeakerRequest,
	)
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession


def speaker(name: str | None) -> frappe._dict | None:
	"""Name, address and time zone of a Guest Speaker."""
	if not name:
		return None
	fields = ["name", "full_name", "email", "time_zone"]
	return frappe.db.get_value("Guest Speaker", name, fields, as_dict=True)


def session_notices(
	doc: MentoringSession, before: Meeting | None, host: Attendee, context: dict[str, Any]
) -> Iterator[outbox.Notice]:
	"""What the speaker is told when a session changes; whoever isn't the speaker any more is told so.

	The speaker isn't of the group, so their file names nobody of it.
	"""
	came = before.guest_speaker if before else None
	comes = doc.guest_speaker if doc.status == "Planned" else None
	if comes:
		template = speakers.SPEAKER_CHANGED if came == comes else speakers.SPEAKER_INVITATION
		yield from _to_speaker(doc, comes, template, host, context, cancelled=False)
	if came and came != comes:
		yield from _to_speaker(doc, came, speakers.SPEAKER_CANCELLED, host, context, cancelled=True)


def _to_speaker(
	doc: MentoringSession,
	name: str,
	template: str,
	host: Attendee,
	context: dict[str, Any],
	cancelled: bool,
) -> Iterator[outbox.Notice]:
	person = speaker(name)
	if not (person and person.email):
		return
	attendee = Attendee(cstr(person.full_name), person.email)
	event = calendar_events.session_event(doc, host, (attendee,), cancelled)
	values = {
		"recipient_name": person.full_name,
		**calendar_events.start_values(doc.starts_on, person.time_zone),
		"reason": cstr(doc.cancel_reason) if doc.status == "Cancelled" else "",
	}
	shown = ("group", "minutes", "mode", "location", "link", "focus")
	yield outbox.Notice(
		make_key("session-speaker", doc.name, cint(doc.calendar_sequence), name),
		template,
		recipient=person.email,
		context={**{key: context[key] for key in shown}, **values},
		reference=(doc.doctype, doc.name),
		calendar=invitation(event),
	)


def speaker_requested(request: GuestSpeakerRequest, event: SpeakerRequested) -> None:
	"""A group asks for a speaker."""
	coordinators.notify(
		make_key("speaker-request", request.name, request.modified),
		speakers.SPEAKER_REQUESTED,
		{
			"group": cstr(request.group_title),
			"cycle": cstr(request.cycle),
			"topic": request.topic,
			"message": cstr(request.message),
			"wished_from": cstr(request.wished_from),
			"wished_until": cstr(request.wished_until),
		},
		(request.doctype, request.name),
	)


def speaker_needed_again(request: GuestSpeakerRequest, event: SpeakerNeededAgain) -> None:
	"""The session that had been arranged was cancelled."""
	found = speaker(request.speaker)
	coordinators.notify(
		make_key("speaker-again", request.name, request.modified),
		speakers.SPEAKER_TO_FIND_AGAIN,
		{
			"group": cstr(request.group_title),
			"topic": request.topic,
			"speaker": found.full_name if found else "",
		},
		(request.doctype, request.name),
	)


def request_answered(request: GuestSpeakerRequest, event: RequestAnswered) -> None:
	"""Tell the people of the group how their request stands."""
	profiles = profiles_in(request.mentoring_group, ("Active",))
	found = speaker(request.speaker)
	starts_on = (
		frappe.db.get_value("Mentoring Session", request.session, "starts_on")
		if request.session and request.status == "Arranged"
		else None
	)
	zones = frappe._dict(
		frappe.get_all(
			"Mentoring Profile",
			{"name": ("in", list(profiles) or [""])},
			["name", "time_zone"],
			as_list=True,
		)
	)
	context = {
		"group": cstr(request.group_title),
		"topic": request.topic,
		"status": request.status,
		"speaker": found.full_name if found else "",
		"answer": cstr(request.answer),
	}
	outbox.enqueue_all(
		outbox.Notice(
			make_key("speaker-answer", request.name, request.status, request.modified, profile),
			speakers.SPEAKER_ANSWER,
			profile,
			context={**context, **_moment(starts_on, zones.get(profile))},
			reference=(request.doctype, request.name),
		)
		for profile in profiles
	)


def _moment(starts_on, zone: str | None) -> dict[str, str]:
	if not starts_on:
		return {"starts_on": "", "zone": ""}
	return calendar_events.start_values(starts_on, zone)
