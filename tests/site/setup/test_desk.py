"""What the Desk's forms, calendar and number cards ask the server for."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.api import desk
from mentor_ispe.roles import MEMBER
from tests.factories import make_cycle, make_mentor, make_profile, make_program, use_membership_roll
from tests.site.permissions import records
from tests.site.permissions.entry_points import logged_in


def found(cycle: str, txt: str = "") -> list[str]:
	return [row[1] for row in desk.mentors_with_free_seats("Mentor", txt, "name", 0, 20, {"cycle": cycle})]


def test_form_offers_only_mentors_of_the_cycle_with_a_seat_left(site):
	use_membership_roll()
	cycle, other = make_cycle(make_program(format="Group").name).name, make_cycle().name
	free, full, elsewhere, applied = (
		make_profile(full_name=name).name for name in ("Free", "Full", "Else", "New")
	)
	make_mentor(cycle, profile=free, seats_offered=2)
	make_mentor(other, profile=elsewhere)
	make_mentor(cycle, profile=applied, approved=False)
	frappe.db.set_value("Mentor", make_mentor(cycle, profile=full, seats_offered=1).name, "seats_taken", 1)
	assert found(cycle) == ["Free"]
	assert found(cycle, "ree") == ["Free"]
	assert found(cycle, "nobody") == []


def test_member_searches_for_mentors_with_free_seats(site):
	"""The search that serves the coordinators' form serves nobody else."""
	use_membership_roll()
	cycle = make_cycle().name
	make_mentor(cycle)
	with logged_in(records.make_person("member", MEMBER).user), pytest.raises(frappe.PermissionError):
		found(cycle)


def test_calendar_shows_sessions_with_their_end(site):
	group = records.make_group(records.make_person("ana"), [(records.make_person("ben"), "Active")])
	session = records.make_session(group)
	events = desk.session_events("Mentoring Session", "2031-03-30", "2031-04-05")
	event = next(event for event in events if event["name"] == session.name)
	assert str(event["starts_on"]) == "2031-04-01 10:00:00"
	assert str(event["ends_on"]) == "2031-04-01 11:00:00"
	assert event["allDay"] == 0


def test_member_asks_for_the_calendar_of_the_desk(site):
	group = records.make_group(records.make_person("ana"), [(records.make_person("ben"), "Active")])
	records.make_session(group)
	with logged_in(records.make_person("stranger").user), pytest.raises(frappe.PermissionError):
		desk.session_events("Mentoring Session", "2031-03-30", "2031-04-05")


@pytest.mark.parametrize(("seat", "counted"), [("Suspended", 1), ("Active", 1), ("Withdrawn", 0)])
def test_card_counts_lapsed_people_who_hold_a_seat(site, seat, counted):
	before = desk.lapsed_participants()["value"]
	lapsed, mentor = records.make_person("lapsed"), records.make_person("mentor")
	frappe.db.set_value("Mentoring Profile", lapsed.profile, "membership_state", "Lapsed")
	records.make_group(mentor, [(lapsed, seat)])
	card = desk.lapsed_participants()
	assert card["value"] == before + counted
	assert (lapsed.profile in card["route_options"]["name"][1]) is bool(counted)


def test_member_reads_the_card_of_lapsed_people(site):
	lapsed, mentor = records.make_person("lapsed"), records.make_person("mentor")
	frappe.db.set_value("Mentoring Profile", lapsed.profile, "membership_state", "Lapsed")
	records.make_group(mentor, [(lapsed, "Active")])
	with logged_in(mentor.user), pytest.raises(frappe.PermissionError):
		desk.lapsed_participants()
