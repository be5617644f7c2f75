"""Meetings on the planner's clock, hours that don't exist, answers to a time, one organizer for a calendar's event."""

from __future__ import annotations

from datetime import datetime

import frappe
import pytest
from frappe.utils import get_datetime

from mentor_ispe.mails import calendar_events
from mentor_ispe.mentor_ispe.doctype.mentoring_session import transition
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.sessions import finding, planning
from tests import factories as make


@pytest.fixture
def site_in(monkeypatch):
	def put(zone: str) -> None:
		for module in (calendar_events, finding, transition):
			monkeypatch.setattr(module, "get_system_timezone", lambda: zone)

	return put


def long_group(**program):
	"""An active group of a cycle that lasts beyond the dates below."""
	cycle = make.make_cycle(
		make.make_program(format="Group", group_size_min=1, **program).name, end_date="2032-01-01"
	)
	return make.make_active_group(cycle=cycle.name)


def planner(group, zone: str) -> str:
	"""The mentor's login, in this time zone, signed in."""
	user = make.make_user(roles=["Mentoring Member"]).name
	frappe.db.set_value("Mentoring Profile", group.people[0], {"user": user, "time_zone": zone})
	frappe.set_user(user)
	return user


def starts(planned) -> list[str]:
	return [str(get_datetime(doc.starts_on)) for doc in planned]


@pytest.mark.parametrize(
	("here", "zone", "start", "kept"),
	[
		# Clocks change on March 14 in New York and on March 28 in Berlin.
		("Europe/Berlin", "America/New_York", "2031-03-05 23:00:00", "17:00"),
		("Asia/Kolkata", "Europe/Berlin", "2031-03-24 21:30:00", "17:00"),
	],
)
def test_a_series_keeps_the_hour_of_whoever_plans_it(site_in, here, zone, start, kept):
	site_in(here)
	group = long_group()
	planner(group, zone)
	planned = planning.plan_series(group.name, start, times=5, every=1, unit="Week")
	clock = Clock(zone, here)
	assert [f"{clock.local(doc.starts_on):%H:%M}" for doc in planned] == [kept] * 5
	assert len(set(starts(planned))) == 5
	assert len({get_datetime(doc.starts_on).hour for doc in planned}) > 1, (
		"the site's clock doesn't change with it"
	)


def test_the_third_tuesday_is_the_planners(site_in):
	"""Six in the evening in New York is Wednesday in Berlin."""
	site_in("Europe/Berlin")
	group = long_group()
	planner(group, "America/New_York")
	planned = planning.plan_series(group.name, "2031-01-22 00:30:00", times=4, every=1, unit="Month")
	clock = Clock("America/New_York", "Europe/Berlin")
	days = [clock.local(doc.starts_on) for doc in planned]
	assert [(day.weekday(), (day.day - 1) // 7) for day in days] == [(1, 2)] * 4


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_an_hour_that_the_clock_jumps_over_is_the_next_one_everywhere(site_in, zone):
	site_in("Europe/Berlin")
	assert Clock("Europe/Berlin", "Europe/Berlin").of_site("2031-03-30 02:30") == datetime(2031, 3, 30, 3, 30)
	group = long_group()
	doc = make.make_session(group.name, "2031-03-30 02:30:00")
	assert get_datetime(doc.starts_on) == datetime(2031, 3, 30, 3, 30)


def answered(doc, said: str = "No"):
	return planning.answer(doc.name, doc.attendance[1].profile, said)


def test_a_meeting_that_is_moved_asks_everybody_anew():
	group = long_group()
	doc = answered(make.make_session(group.name, "2031-03-04 17:00:00"))
	moved = planning.change(doc.name, starts_on="2031-03-06 17:00:00")
	assert not any(row.answer for row in moved.attendance)


def test_a_meeting_that_is_planned_again_asks_everybody_anew():
	group = long_group()
	doc = answered(make.make_session(group.name, "2031-03-04 17:00:00"), "Yes")
	planning.cancel(doc.name, "Ill")
	again = planning.plan_again(doc.name, "2031-03-04 17:00:00")
	assert not any(row.answer for row in again.attendance)


def test_another_focus_leaves_the_answers():
	group = long_group()
	doc = answered(make.make_session(group.name, "2031-03-04 17:00:00"))
	assert planning.change(doc.name, focus="Goals").attendance[1].answer == "No"


def test_the_organizer_stays_as_long_as_the_event():
	group = long_group(contact_email="first@example.org")
	doc = make.make_session(group.name, "2031-03-04 17:00:00")
	program = frappe.db.get_value("Mentoring Group", group.name, "program")
	frappe.db.set_value("Mentoring Program", program, "contact_email", "second@example.org")
	frappe.clear_document_cache("Mentoring Program", program)
	moved = planning.change(doc.name, starts_on="2031-03-06 17:00:00")
	assert moved.calendar_organizer == "first@example.org"
	assert calendar_events.organizer(program, moved.calendar_organizer).email == "first@example.org"
	assert make.make_session(group.name, "2031-04-01 17:00:00").calendar_organizer == "second@example.org"
