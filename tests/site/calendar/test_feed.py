"""The private calendar: what is in it, for whom, and how its address is made and revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

import frappe
import pytest
import vobject
from frappe.utils import add_to_date
from frappe.utils.password import get_decrypted_password

from mentor_ispe.demo import clock
from mentor_ispe.domain.calendar import ALARM_MINUTES
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.readiness import workshops
from mentor_ispe.services.sessions import calendar_feed
from tests import factories as make
from tests.site.calendar.world import STARTS_ON, entry, make_group, make_session
from tests.site.library.test_workshops import make_workshop
from tests.site.membership.records import counted_queries


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


@pytest.fixture
def group():
	return make_group()


def token_of(profile: str) -> str:
	return calendar_feed.address(profile).partition("token=")[2]


def events(profile: str) -> dict[str, object]:
	found = calendar_feed.read(token_of(profile))
	return {event.uid.value: event for event in vobject.readOne(found.text).contents.get("vevent", [])}


def test_the_address_is_kept_as_a_hash_and_shown_again(group):
	person = group.people[0]
	token = token_of(person)
	assert len(token) == 64
	assert token_of(person) == token
	kept = frappe.db.get_value("Mentoring Profile", person, ["calendar_token", "calendar_token_hash"])
	assert kept == ("*" * 10, sha256(token.encode()).hexdigest())
	assert token_of(group.people[1]) != token


def test_a_new_address_revokes_the_old_one(group):
	person = group.people[0]
	old = token_of(person)
	new = calendar_feed.renew(person).partition("token=")[2]
	assert calendar_feed.read(old) is None
	assert calendar_feed.read(new) is not None
	assert token_of(person) == new


@pytest.mark.parametrize("token", ["", "x", "0" * 64, None, ["0" * 64], "*" * 10])
def test_any_other_token_finds_nothing(group, token):
	token_of(group.people[0])
	assert calendar_feed.read(token) is None


def test_nobody_sets_an_address_by_saving_a_profile(group):
	person = group.people[0]
	token = token_of(person)
	doc = frappe.get_doc("Mentoring Profile", person)
	doc.update({"calendar_token": "known", "calendar_token_hash": sha256(b"known").hexdigest()})
	doc.save()
	assert get_decrypted_password("Mentoring Profile", person, "calendar_token") == token
	assert token_of(person) == token
	assert make.make_profile(calendar_token_hash=sha256(b"known").hexdigest()).calendar_token_hash is None


def test_sessions_of_the_person_are_in_it_cancelled_ones_as_such(group):
	kept = make_session(group)
	cancelled = make_session(group, starts_on=add_to_date(STARTS_ON, days=20))
	cancelled.update({"status": "Cancelled", "cancel_reason": "Storm"})
	cancelled.save()
	make_session(make_group())
	found = events(group.people[0])
	kept, cancelled = (found[entry(session, group.people[0])] for session in (kept, cancelled))
	assert len(found) == 2
	assert (kept.status.value, cancelled.status.value) == ("CONFIRMED", "CANCELLED")
	assert cancelled.summary.value == f"Canceled: {kept.summary.value}"
	assert "attendee" not in kept.contents
	assert kept.valarm.trigger.value == timedelta(minutes=-ALARM_MINUTES)
	assert "valarm" not in cancelled.contents


def test_a_feed_speaks_the_language_of_whose_it_is(group):
	person = group.people[0]
	frappe.db.set_value("User", frappe.db.get_value("Mentoring Profile", person, "user"), "language", "de")
	cancelled = make_session(group)
	cancelled.update({"status": "Cancelled", "cancel_reason": "Storm"})
	cancelled.save()
	assert events(person)[entry(cancelled, person)].summary.value.startswith("Abgesagt: ")
	assert events(group.people[1])[entry(cancelled, group.people[1])].summary.value.startswith("Canceled: ")


def test_one_meeting_is_added_as_the_entry_that_its_invitation_makes(group):
	session, another = make_session(group), make_session(group, starts_on=add_to_date(STARTS_ON, days=20))
	person = group.people[0]
	(event,) = vobject.readOne(calendar_feed.meeting(session.name, person)).vevent_list
	assert event.uid.value == entry(session, person) != entry(another, person)
	assert calendar_feed.meeting(session.name, make_group().people[0]) is None
	assert calendar_feed.meeting("none", person) is None


def test_nothing_that_was_said_is_in_it(group):
	session = make_session(group)
	store = frappe.get_doc(
		{
			"doctype": "Mentoring Session Note",
			"session": session.name,
			"mentoring_group": group.name,
			"content": "A secret of the group",
		}
	)
	store.name = frappe.generate_hash(length=10)
	store.db_insert()
	assert "secret" not in calendar_feed.read(token_of(group.people[0])).text


def test_without_a_seat_there_is_nothing_of_the_group(group):
	session = make_session(group)
	leaver = group.mentees[1]
	theirs = entry(session, leaver.profile)
	assert theirs in events(leaver.profile)
	commands.withdraw("Mentee", leaver.name, "No time")
	assert not events(leaver.profile)
	assert entry(session, group.people[0]) in events(group.people[0])


def test_what_was_held_stays_for_those_who_completed(group):
	session = make_session(group)
	frappe.db.set_value("Mentoring Session", session.name, "status", "Held")
	group_commands.complete(group.name)
	assert entry(session, group.people[0]) in events(group.people[0])


@pytest.mark.parametrize("change", ["disabled", "unlinked"])
def test_the_feed_stops_with_the_login(group, change):
	person = group.people[0]
	token = token_of(person)
	if change == "disabled":
		user = frappe.db.get_value("Mentoring Profile", person, "user")
		frappe.db.set_value("User", user, "enabled", 0)
	else:
		frappe.db.set_value("Mentoring Profile", person, "user", None)
	assert calendar_feed.read(token) is None


def test_workshops_with_a_place_are_in_it():
	cycle = make.make_cycle()
	with clock.at(datetime(2031, 1, 1, 9)):
		person = make.make_mentee(cycle.name, profile=_login()).profile
		others = make.make_mentee(cycle.name).profile
		full = make_workshop(cycle, title="Full", places=1)
		workshops.sign_up(full.name, others)
		workshops.sign_up(full.name, person)
		cancelled = make_workshop(cycle, title="Off")
		workshops.sign_up(cancelled.name, person)
		workshops.call_off(cancelled.name, "Ill")
		planned = make_workshop(cycle, title="On")
		workshops.sign_up(planned.name, person)
	found = {event.summary.value: event.status.value for event in events(person).values()}
	assert found == {"Canceled: Off": "CANCELLED", "On": "CONFIRMED"}


def test_the_tag_changes_with_the_calendar_only(group):
	session = make_session(group)
	token = token_of(group.people[0])
	first = calendar_feed.read(token)
	with clock.at(datetime(2031, 2, 1, 9)):
		assert calendar_feed.read(token) == first
		frappe.get_doc("Mentoring Session", session.name).update({"focus": "Else"}).save()
		assert calendar_feed.read(token).tag != first.tag


def test_the_number_of_queries_does_not_depend_on_what_is_in_it(group):
	token = token_of(group.people[0])

	def look() -> int:
		with counted_queries() as statements:
			assert calendar_feed.read(token)
		return len(statements)

	make_session(group)
	look()
	few = look()
	for day in range(1, 6):
		make_session(group, starts_on=add_to_date(STARTS_ON, days=day * 30))
	assert look() == few <= 4


def _login() -> str:
	from tests.site.calendar.world import with_login

	return with_login("Wanda Workshop")
