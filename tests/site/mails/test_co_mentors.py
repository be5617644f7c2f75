"""Where a group has two mentors, what goes to the mentor goes to both; whoever has left hears nothing."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import get_datetime

from mentor_ispe.mails.default_templates import groups, matches, sessions
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.sessions import reminders
from tests import factories as make

STAFF = "coordinator@example.org"


@pytest.fixture
def group():
	"""A running group with two mentors and two mentees, one of them the moderator."""
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", STAFF)
	program = make.make_program(format="Group", group_size_min=1, mentors_max=2, requires_moderator=1).name
	cycle = make.make_cycle(program).name
	mentors = [make.make_mentor(cycle, seats_offered=3) for _ in range(2)]
	mentees = [make.make_mentee(cycle, willing_to_moderate=1) for _ in range(2)]
	name = propose(
		cycle, [one.name for one in mentees], [one.name for one in mentors], moderator=mentees[0].name
	).name
	make.accept_all(name)
	commands.activate(name)
	return frappe._dict(
		name=name,
		mentors=[one.profile for one in mentors],
		people=[one.profile for one in (*mentors, *mentees)],
		moderator=mentees[0].profile,
	)


def told(template: str) -> list[str]:
	return sorted(frappe.get_all("Mentoring Notice", {"template": template}, pluck="profile"))


def leave(group: str, *profiles: str) -> None:
	doc = frappe.get_doc("Mentoring Group", group)
	for row in doc.seats:
		if row.profile in profiles:
			row.update({"status": "Withdrawn", "reason": "No time"})
	doc.save()


def test_both_are_asked_and_greeted_and_named_to_all(group):
	assert told(matches.MATCH_PROPOSED) == told(matches.GROUP_STARTED) == sorted(group.people)
	names = {one: frappe.db.get_value("Mentoring Profile", one, "full_name") for one in group.mentors}
	for reader, context in frappe.get_all(
		"Mentoring Notice", {"template": matches.GROUP_STARTED}, ["profile", "context"], as_list=True
	):
		others = [name for one, name in names.items() if one != reader]
		assert frappe.parse_json(context)["mentor"] == ", ".join(others)


def test_both_can_choose_a_moderator_and_one_who_left_can_not(group):
	leave(group.name, group.mentors[0])
	assert told(groups.GROUP_WITHOUT_MENTOR) == [], "the other one is there"
	leave(group.name, group.moderator)
	assert told(groups.CHOOSE_MODERATOR) == [group.mentors[1]]


def test_both_choose_a_moderator(group):
	leave(group.name, group.moderator)
	assert told(groups.CHOOSE_MODERATOR) == sorted(group.mentors)


def test_both_are_asked_to_record_a_meeting_without_moderator_and_host(group):
	leave(group.name, group.moderator)
	session = make.make_session(group.name)
	frappe.db.set_value("Mentoring Session", session.name, "host", None)
	for meetings in reminders.unrecorded_meetings(get_datetime(session.starts_on) + timedelta(days=1)):
		reminders.remind_to_record([row for row in meetings if row.name == session.name])
	assert told(sessions.MEETING_TO_RECORD) == sorted(group.mentors)


def test_the_coordinators_hear_when_the_last_mentor_leaves(group):
	leave(group.name, *group.mentors)
	about = frappe.get_all("Mentoring Notice", {"template": groups.GROUP_WITHOUT_MENTOR}, pluck="recipient")
	assert set(about) == {STAFF}
