"""Meetings as iCalendar files (RFC 5545), and the messages that invite to them (RFC 5546).

An update or a cancellation is matched to the first invitation by its UID; of two messages about one
meeting the one with the higher SEQUENCE holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from icalendar import Alarm, Calendar, vCalAddress, vText, vUri
from icalendar import Event as Component

# So many minutes before a meeting, calendars that heed alarms ring.
ALARM_MINUTES = 15
PRODUCT = "-//Mentor ISPE//Mentoring//EN"
# What the answer on the attendance list is called in a calendar.
PARTSTAT = {"Yes": "ACCEPTED", "Maybe": "TENTATIVE", "No": "DECLINED", "": "NEEDS-ACTION"}
# RFC 5545 allows no control characters in a text but tabs and line breaks.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


@dataclass(frozen=True)
class Attendee:
	"""Somebody who is invited; `answer` is "Yes", "Maybe", "No" or empty."""

	name: str
	email: str
	answer: str = ""


@dataclass(frozen=True)
class Event:
	"""A meeting. `starts_at` and `stamp` (when this was written) are aware; `minutes` is its length.

	`replies`: answers that the calendar sends to the organizer are read.
	"""

	uid: str
	sequence: int
	summary: str
	starts_at: datetime
	minutes: int
	stamp: datetime
	organizer: Attendee
	attendees: tuple[Attendee, ...] = ()
	location: str = ""
	url: str = ""
	description: str = ""
	cancelled: bool = False
	replies: bool = False


def invitation(event: Event) -> str:
	"""The message that invites to the meeting or changes it (REQUEST), or calls it off (CANCEL)."""
	return _text([event], "CANCEL" if event.cancelled else "REQUEST")


def feed(events: Iterable[Event], name: str) -> str:
	"""A calendar to subscribe to, called `name`; cancelled meetings stay in it as such."""
	return _text(events, "PUBLISH", name)


def plain(text: str) -> str:
	"""The text without the control characters that a calendar file must not have."""
	return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(events: Iterable[Event], method: str, name: str = "") -> str:
	calendar = Calendar()
	calendar.add("prodid", PRODUCT)
	calendar.add("version", "2.0")
	calendar.add("method", method)
	if name:
		calendar.add("x-wr-calname", plain(name))
	for event in events:
		calendar.add_component(_component(event, with_people=method != "PUBLISH"))
	return calendar.to_ical().decode()


def _component(event: Event, with_people: bool) -> Component:
	component = Component()
	component.add("uid", event.uid)
	component.add("sequence", event.sequence)
	component.add("dtstamp", _utc(event.stamp))
	component.add("dtstart", _utc(event.starts_at))
	component.add("dtend", _utc(event.starts_at) + timedelta(minutes=event.minutes))
	component.add("summary", plain(event.summary))
	component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
	component.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
	for field in ("location", "description"):
		if words := plain(getattr(event, field)):
			component.add(field, words)
	if event.url:
		component["url"] = vUri(plain(event.url).replace("\n", ""))
	if with_people:
		component["organizer"] = _address(event.organizer)
		for attendee in event.attendees:
			address = _address(attendee)
			address.params["role"] = vText("REQ-PARTICIPANT")
			address.params["partstat"] = vText(PARTSTAT[attendee.answer])
			# Where nobody reads them, one answers on the members' pages alone.
			address.params["rsvp"] = vText("TRUE" if event.replies and not event.cancelled else "FALSE")
			component.add("attendee", address, encode=False)
	if not event.cancelled:
		component.add_component(_alarm(event))
	return component


def _alarm(event: Event) -> Alarm:
	alarm = Alarm()
	alarm.add("action", "DISPLAY")
	alarm.add("trigger", timedelta(minutes=-ALARM_MINUTES))
	alarm.add("description", plain(event.summary))
	return alarm


def _address(person: Attendee) -> vCalAddress:
	address = vCalAddress(f"MAILTO:{person.email}")
	# A parameter can't hold a quotation mark or a line break.
	name = " ".join(plain(person.name).replace('"', "'").split())
	if name:
		address.params["cn"] = vText(name)
	return address


def _utc(moment: datetime) -> datetime:
	"""In UTC, which every calendar turns into its reader's time; a single meeting needs no rules of a zone."""
	return moment.astimezone(timezone.utc)
