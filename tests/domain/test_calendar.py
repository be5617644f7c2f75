"""Calendar files as other programs read them: opened with vobject, which shares no code with icalendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.calendar import ALARM_MINUTES, Attendee, Event, feed, invitation, plain

EVENT = Event(
	uid="abc@example.org",
	sequence=0,
	summary="Ana – Ben",
	starts_at=datetime(2031, 3, 30, 9, 30, tzinfo=ZoneInfo("Europe/Berlin")),
	minutes=90,
	stamp=datetime(2031, 3, 1, 8, tzinfo=timezone.utc),
	organizer=Attendee("Mentoring", "office@example.org"),
	attendees=(
		Attendee("Ana Lindqvist", "ana@example.org", "Yes"),
		Attendee('Ben "the pen"; Okafor, jr.', "ben@example.org"),
	),
	location="Room 5, 2nd floor; left door",
	url="https://example.org/meet?a=1;b=2,3",
	description="Focus: goals\n\nBring: a plan; a pen, paper \\ ink",
)


def read(text: str):
	return vobject.readOne(text)


def test_an_invitation_says_when_where_and_who():
	calendar = read(invitation(EVENT))
	event = calendar.vevent
	assert calendar.method.value == "REQUEST"
	assert (event.uid.value, event.sequence.value) == ("abc@example.org", "0")
	# Germany has changed its clocks that very night: half past nine is 7:30 UTC.
	assert event.dtstart.value == datetime(2031, 3, 30, 7, 30, tzinfo=timezone.utc)
	assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
	assert event.dtstamp.value == EVENT.stamp
	assert event.summary.value == "Ana – Ben"
	assert event.location.value == EVENT.location
	assert event.url.value == EVENT.url
	assert event.description.value == EVENT.description
	assert event.organizer.value.lower() == "mailto:office@example.org"
	ana, ben = event.attendee_list
	assert ana.value.lower() == "mailto:ana@example.org"
	assert ana.params["PARTSTAT"] == ["ACCEPTED"]
	assert ben.params["PARTSTAT"] == ["NEEDS-ACTION"]
	assert ben.params["CN"] == ["Ben 'the pen'; Okafor, jr."]


def test_an_alarm_rings_before_what_takes_place():
	rings = timedelta(minutes=-ALARM_MINUTES)
	assert read(invitation(EVENT)).vevent.valarm.trigger.value == rings
	assert read(feed([EVENT], "Mentoring")).vevent.valarm.trigger.value == rings
	assert "valarm" not in read(invitation(replace(EVENT, cancelled=True))).vevent.contents


@pytest.mark.parametrize(
	("replies", "cancelled", "rsvp"), [(True, False, "TRUE"), (True, True, "FALSE"), (False, False, "FALSE")]
)
def test_an_answer_is_asked_for_where_it_is_read(replies, cancelled, rsvp):
	event = read(invitation(replace(EVENT, replies=replies, cancelled=cancelled))).vevent
	assert {each.params["RSVP"][0] for each in event.attendee_list} == {rsvp}


def test_an_update_is_matched_to_the_first_invitation_and_comes_after_it():
	first = read(invitation(EVENT)).vevent
	later = read(invitation(replace(EVENT, sequence=1, minutes=60))).vevent
	assert later.uid.value == first.uid.value
	assert int(later.sequence.value) > int(first.sequence.value)


def test_a_cancellation_is_one_for_calendars():
	calendar = read(invitation(replace(EVENT, sequence=2, cancelled=True)))
	assert calendar.method.value == "CANCEL"
	assert calendar.vevent.status.value == "CANCELLED"
	assert calendar.vevent.uid.value == EVENT.uid
	assert calendar.vevent.sequence.value == "2"


def test_a_feed_names_nobody_and_keeps_what_was_cancelled():
	calendar = read(feed([EVENT, replace(EVENT, uid="b", cancelled=True)], "Mentoring"))
	assert calendar.method.value == "PUBLISH"
	assert [event.status.value for event in calendar.vevent_list] == ["CONFIRMED", "CANCELLED"]
	assert "example.org" not in "".join(
		str(event.contents.get(name)) for event in calendar.vevent_list for name in ("attendee", "organizer")
	)


def test_an_empty_feed_is_a_calendar():
	assert read(feed([], "Mentoring")).version.value == "2.0"


@given(
	st.text(min_size=1, max_size=200),
	st.text(max_size=400),
	st.text(max_size=60),
	st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),
	st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham", "Europe/London"]),
)
def test_whatever_people_write_arrives_as_it_was(summary, description, name, moment, zone):
	event = replace(
		EVENT,
		summary=summary,
		description=description,
		starts_at=moment.replace(microsecond=0, tzinfo=ZoneInfo(zone)),
		attendees=(Attendee(name, "ana@example.org"),),
	)
	text = invitation(event)
	assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
	found = read(text).vevent
	assert found.summary.value == plain(summary)
	if plain(description):
		assert found.description.value == plain(description)
	assert found.dtstart.value == event.starts_at.astimezone(timezone.utc)
	assert len(found.attendee_list) == 1
