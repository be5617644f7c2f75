"""The host of a meeting is told and named; hosts swap; moderation is handed over in a running group."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates.sessions import MEETING_HOST
from mentor_ispe.services.groups import moderators
from mentor_ispe.services.sessions import planning, queries
from tests import factories as make

FIRST, SECOND, THIRD = (f"2031-03-{day:02} 17:00:00" for day in (4, 11, 18))


def group_of(format: str = "Peer Circle", **program):
	made = make.make_program(format=format, group_size_min=3, **program)
	cycle = make.make_cycle(made.name, end_date="2032-01-01")
	return make.make_active_group(members=3, cycle=cycle.name, format=format)


def told(meeting: str, profile: str) -> list[bool]:
	rows = frappe.get_all(
		"Mentoring Notice",
		{"template": MEETING_HOST, "reference_name": meeting, "profile": profile},
		pluck="context",
		order_by="creation",
	)
	return [frappe.parse_json(context)["yours"] for context in rows]


def test_each_host_of_a_circle_is_told_and_named():
	group = group_of()
	meetings = [make.make_session(group.name, at) for at in (FIRST, SECOND, THIRD)]
	assert {doc.host for doc in meetings} == set(group.people)
	assert all(told(doc.name, doc.host) == [True] for doc in meetings)
	name = frappe.db.get_value("Mentoring Profile", meetings[0].host, "full_name")
	assert queries.agenda(meetings[0].name, group.people[1])["host_name"] == name
	planning.change(meetings[0].name, focus="Careers")
	assert told(meetings[0].name, meetings[0].host) == [True], "once"


def test_hosts_swap_and_both_are_told():
	group = group_of()
	one, two = (make.make_session(group.name, at) for at in (FIRST, SECOND))
	planning.swap_hosts(one.name, two.name, by=one.host)
	hosts = [frappe.db.get_value("Mentoring Session", doc.name, "host") for doc in (one, two)]
	assert hosts == [two.host, one.host]
	assert told(one.name, two.host) == [True]
	assert told(one.name, one.host) == [True, False]
	assert told(two.name, one.host) == [True]


def test_who_isnt_a_host_swaps_nobody_in_a_group():
	group = group_of("Group")
	mentor, ben, cal, dan = group.people
	one = make.make_session(group.name, FIRST, host=ben)
	two = make.make_session(group.name, SECOND, host=cal)
	with pytest.raises(frappe.PermissionError, match="Only the host"):
		planning.swap_hosts(one.name, two.name, by=dan)
	planning.swap_hosts(one.name, two.name, by=cal)
	planning.swap_hosts(one.name, two.name, by=mentor)
	assert frappe.db.get_value("Mentoring Session", one.name, "host") == ben


def test_only_planned_meetings_of_one_group_with_hosts_are_swapped():
	group, other = group_of(), group_of()
	one, foreign = make.make_session(group.name, FIRST), make.make_session(other.name, FIRST)
	with pytest.raises(RuleViolation, match="another group"):
		planning.swap_hosts(one.name, foreign.name, by=one.host)
	gone = make.make_session(group.name, SECOND)
	planning.cancel(gone.name, "Ill")
	with pytest.raises(RuleViolation, match="two upcoming meetings"):
		planning.swap_hosts(one.name, gone.name, by=one.host)


def test_the_own_room_follows_the_host():
	group = group_of(meeting_links="Own Room")
	for number, profile in enumerate(group.people):
		room = f"https://rooms.example.org/{number}"
		frappe.db.set_value("Mentoring Profile", profile, "meeting_room", room)
	one, two = (
		make.make_session(group.name, at, host=group.people[n]) for n, at in enumerate((FIRST, SECOND))
	)
	planning.swap_hosts(one.name, two.name, by=one.host)
	links = [frappe.db.get_value("Mentoring Session", doc.name, "link") for doc in (one, two)]
	assert links == ["https://rooms.example.org/1", "https://rooms.example.org/0"]


def test_somebody_offers_to_moderate_a_running_group_and_takes_over():
	group = group_of("Group", requires_moderator=0)
	mentor, ben, *_rest = group.people
	with pytest.raises(RuleViolation, match="Ask them to offer under"):
		moderators.hand_over(group.name, ben, by=mentor)
	moderators.offer(group.name, ben, True)
	assert moderators.hand_over(group.name, ben, by=mentor).seats[1].is_moderator
	with pytest.raises(RuleViolation, match="active mentee or peer"):
		moderators.offer(group.name, mentor, True)
	moderators.offer(group.name, ben, False)
	assert not moderators.is_willing(frappe.get_doc("Mentoring Group", group.name).seats[1].participant)
