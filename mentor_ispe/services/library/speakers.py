"""Ask for a guest speaker, find one, arrange the session, or say that it can't be."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.domain import speakers as domain
from mentor_ispe.domain.sessions.events import MeetingCancelled, MeetingHeld
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.calendar_events import aware
from mentor_ispe.mentor_ispe.doctype.guest_speaker_request.transition import may_ask
from mentor_ispe.readings.seats import profiles_in
from mentor_ispe.services.sessions import planning

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.guest_speaker_request.guest_speaker_request import (
		GuestSpeakerRequest,
	)
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

REQUEST, SPEAKER = "Guest Speaker Request", "Guest Speaker"


def request(
	group: str,
	profile: str,
	topic: str,
	message: str = "",
	wished_from: date | str | None = None,
	wished_until: date | str | None = None,
) -> GuestSpeakerRequest:
	"""Ask for a speaker as the mentor or moderator of a running group; the coordinators are told.

	The caller has checked that the user is this person. Refused beyond the program's number a year.
	"""
	frappe.db.get_value("Mentoring Group", group, "name", for_update=True)
	doc = frappe.new_doc(REQUEST)
	doc.update(
		{
			"mentoring_group": group,
			"requested_by": profile,
			"topic": topic,
			"message": message,
			"wished_from": wished_from,
			"wished_until": wished_until,
		}
	)
	return doc.insert(ignore_permissions=True)


def approach(name: str, speaker: str) -> GuestSpeakerRequest:
	"""Note which speaker is being asked, and tell the group."""
	doc = _locked(name)
	doc.update({"status": "Approaching", "speaker": speaker})
	return doc.save()


def arrange(
	name: str, starts_on: datetime | str, speaker: str | None = None, **values: Any
) -> GuestSpeakerRequest:
	"""Plan the session with the speaker; group and speaker get it as a file for their calendars.

	`values` are those of a session: duration_minutes, mode, location, link, focus, agenda.
	"""
	doc = _locked(name)
	speaker = speaker or doc.speaker
	if not speaker:
		frappe.throw(_("Choose the speaker."), exc=RuleViolation)
	if doc.status == "Arranged":
		frappe.throw(_("A meeting is already arranged. Change that one instead."), exc=RuleViolation)
	session = planning.plan(
		doc.mentoring_group,
		starts_on,
		guest_speaker=speaker,
		**{"focus": doc.topic, **{field: value for field, value in values.items() if value}},
	)
	doc.update({"status": "Arranged", "speaker": speaker, "session": session.name})
	return doc.save()


def decline(name: str, answer: str) -> GuestSpeakerRequest:
	"""Say to the group that it can't be arranged, and why."""
	doc = _locked(name)
	doc.update({"status": "Declined", "answer": answer})
	return doc.save()


def cancel(name: str, profile: str | None = None) -> GuestSpeakerRequest:
	"""Take a request back: as the person in charge of the group (`profile`), or as a coordinator.

	A session that is arranged is cancelled with it.
	"""
	doc = _locked(name)
	if profile is not None and not may_ask(doc.mentoring_group, profile):
		frappe.throw(
			_("Only the group's mentor or moderator can cancel this request. Ask one of them."),
			exc=RuleViolation,
		)
	session = doc.session if doc.status == "Arranged" else None
	doc.status = "Cancelled"
	doc.save(ignore_permissions=profile is not None)
	if session:
		planning.cancel(session, _("The group canceled its request for a guest speaker."))
	return doc


def session_held(session: MentoringSession, event: MeetingHeld) -> None:
	"""The request is done with its session."""
	_move_request_of(session, "Held")


def session_cancelled(session: MentoringSession, event: MeetingCancelled) -> None:
	"""The request is open again when its session is cancelled."""
	_move_request_of(session, "Approaching")


def _move_request_of(session: MentoringSession, status: str) -> None:
	name = frappe.db.get_value(REQUEST, {"session": session.name, "status": "Arranged"})
	if name:
		doc = frappe.get_doc(REQUEST, name, for_update=True)
		doc.status = status
		doc.save(ignore_permissions=True)


def suggestions(name: str, limit: int = 20) -> list[dict]:
	"""Available speakers for a request: by topic, then by how near their clocks are to the group's.

	A constant number of queries.
	"""
	doc = frappe.get_doc(REQUEST, name)
	profiles = profiles_in(doc.mentoring_group, ("Active", "Suspended"))
	zones = frappe.get_all(
		"Mentoring Profile",
		{"name": ("in", profiles or [""]), "time_zone": ("is", "set")},
		pluck="time_zone",
	)
	related = frappe.get_all(
		"Mentoring Topic Item",
		{"parenttype": "Mentoring Profile", "parent": ("in", profiles or [""])},
		pluck="topic",
	)
	pool = {row.name: row for row in _pool()}
	found = domain.suggest(
		doc.topic,
		set(related),
		zones,
		[
			domain.Speaker(row.name, row.full_name, frozenset(row.topics), cstr(row.time_zone))
			for row in pool.values()
		],
		aware(now_datetime()),
	)
	return [
		{
			"speaker": one.speaker.name,
			"full_name": one.speaker.full_name,
			"organisation": pool[one.speaker.name].organisation,
			"country": pool[one.speaker.name].country,
			"time_zone": one.speaker.time_zone,
			"expertise": sorted(one.speaker.expertise),
			"knows_topic": one.knows_topic,
			"hours_apart": one.hours_apart,
		}
		for one in found[:limit]
	]


def requests_of(group: str) -> list[dict]:
	"""The group's requests, newest first, as its people may see them, with the start of the talk; three queries."""
	rows = frappe.get_all(
		REQUEST,
		{"mentoring_group": group},
		["name", "status", "topic", "speaker", "session", "message", "answer", "creation"],
		order_by="creation desc",
	)
	names = dict(
		frappe.get_all(
			SPEAKER,
			{"name": ("in", [row.speaker for row in rows if row.speaker] or [""])},
			["name", "full_name"],
			as_list=True,
		)
	)
	sessions = [row.session for row in rows if row.session]
	starts = dict(
		frappe.get_all(
			"Mentoring Session", {"name": ("in", sessions or [""])}, ["name", "starts_on"], as_list=True
		)
	)
	return [{**row, "speaker": names.get(row.speaker), "starts_on": starts.get(row.session)} for row in rows]


def _pool() -> list[frappe._dict]:
	topics: dict[str, list[str]] = {}
	rows = frappe.get_all(
		SPEAKER, {"active": 1}, ["name", "full_name", "organisation", "country", "time_zone"]
	)
	for item in frappe.get_all(
		"Mentoring Topic Item",
		{"parenttype": SPEAKER, "parent": ("in", [row.name for row in rows] or [""])},
		["parent", "topic"],
	):
		topics.setdefault(item.parent, []).append(item.topic)
	for row in rows:
		row.topics = topics.get(row.name, [])
	return rows


def _locked(name: str) -> GuestSpeakerRequest:
	"""The request as it is now; the group's row comes first, as everywhere."""
	group = frappe.db.get_value(REQUEST, name, "mentoring_group")
	if group:
		frappe.db.get_value("Mentoring Group", group, "name", for_update=True)
	return frappe.get_doc(REQUEST, name, for_update=True)
