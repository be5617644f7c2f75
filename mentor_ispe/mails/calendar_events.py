"""Sessions and workshops as calendars know them, from their documents or from rows of a query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime, get_system_timezone, now_datetime

from mentor_ispe.domain.calendar import Attendee, Event
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.domain.sessions.local_times import local_times
from mentor_ispe.readings.contacts import address_of_program


def aware(moment: datetime | str) -> datetime:
	"""A moment of the database, which is in the time zone of the site."""
	return get_datetime(moment).replace(microsecond=0, tzinfo=ZoneInfo(get_system_timezone()))


def in_zone(moment: datetime | str, zone: str | None) -> tuple[datetime, str]:
	"""The moment on the clock of somebody in `zone` (None: of the site), without zone, and whose clock it is."""
	local = local_times(get_datetime(moment), get_system_timezone(), {"": zone})[0]
	return local.starts_on.replace(tzinfo=None), local.zone


def start_values(moment: datetime | str, zone: str | None) -> dict[str, str]:
	"""When something starts, as mails have it: `starts_on` on the clock of somebody in `zone`, and that `zone`."""
	starts_on, zone = in_zone(moment, zone)
	return {"starts_on": cstr(starts_on), "zone": zone}


def organizer(program: str | None, first: str | None = None) -> Attendee:
	"""Who calendars name as the organizer: the program, where answers to its mails go.

	`first` is the address that was named when the meeting was planned. It stays for as long as the meeting has
	its UID: calendars refuse an update that comes from somebody else.
	"""
	name = program or frappe.get_website_settings("app_name") or _("Mentoring")
	return Attendee(name, first or address_of_program(program))


def session_event(
	session: Any,
	host: Attendee,
	attendees: Sequence[Attendee] = (),
	cancelled: bool | None = None,
	stamp: datetime | str | None = None,
	speaker_name: str = "",
) -> Event:
	"""A Mentoring Session as an event; `cancelled` None: as its status says."""
	off = session.status == "Cancelled"
	cancelled = off if cancelled is None else cancelled
	words = [
		_("Focus: {0}").format(session.focus) if session.focus else "",
		editor_text(session.agenda),
		_("Guest speaker: {0}").format(speaker_name) if speaker_name else "",
		_reason(session) if cancelled else "",
	]
	return Event(
		uid=session.calendar_uid or f"mentoring-session-{session.name}@{frappe.local.site}",
		summary=_summary(
			": ".join(part for part in (cstr(session.group_title), cstr(session.focus)) if part)
			or _("Mentoring session"),
			off,
		),
		description="\n\n".join(part for part in words if part),
		attendees=tuple(attendees),
		cancelled=cancelled,
		**_when_and_where(session, host, stamp),
	)


def workshop_event(
	workshop: Any,
	host: Attendee,
	attendees: Sequence[Attendee] = (),
	cancelled: bool | None = None,
	stamp: datetime | str | None = None,
) -> Event:
	"""A Mentoring Workshop as an event; `cancelled` None: as its status says."""
	off = workshop.status == "Cancelled"
	cancelled = off if cancelled is None else cancelled
	words = [editor_text(workshop.description), _reason(workshop) if cancelled else ""]
	return Event(
		uid=f"mentoring-workshop-{workshop.name}@{frappe.local.site}",
		summary=_summary(cstr(workshop.title), off),
		description="\n\n".join(part for part in words if part),
		attendees=tuple(attendees),
		cancelled=cancelled,
		**_when_and_where(workshop, host, stamp),
	)


def _when_and_where(meeting: Any, host: Attendee, stamp: datetime | str | None) -> dict[str, Any]:
	online = meeting.mode == "Online"
	return {
		"sequence": cint(meeting.calendar_sequence),
		"starts_at": aware(meeting.starts_on),
		"minutes": cint(meeting.duration_minutes) or 60,
		"stamp": aware(stamp or now_datetime()),
		"organizer": host,
		# Many calendars show the place only, so the link stands there as well.
		"location": cstr(meeting.link if online else meeting.location),
		"url": cstr(meeting.link) if online else "",
	}


def _summary(title: str, off: bool) -> str:
	"""Many calendars show a cancelled meeting of a feed like any other, so its name says it."""
	return _("Canceled: {0}").format(title) if off else title


def _reason(meeting: Any) -> str:
	return _("Canceled: {0}").format(meeting.cancel_reason) if meeting.cancel_reason else ""
