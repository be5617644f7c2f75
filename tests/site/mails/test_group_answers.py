"""What is heard of the answers to a match: by coordinators a yes once for the group, a no at once; by those who
accepted earlier, that everyone has."""

from __future__ import annotations

import json

import frappe
import pytest

from mentor_ispe.mails.default_templates.matches import EVERYONE_ACCEPTED, MATCH_ACCEPTED, MATCH_DECLINED
from mentor_ispe.mails.rendering import render
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make


@pytest.fixture(autouse=True)
def coordinator():
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "coordinator@example.org")


@pytest.fixture
def group():
	"""A mentor and three mentees who were asked."""
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name).name
	mentor = make.make_mentor(cycle, seats_offered=4)
	mentees = [make.make_mentee(cycle) for _ in range(3)]
	name = propose(cycle, [mentee.name for mentee in mentees], mentor.name).name
	return frappe._dict(name=name, cycle=cycle, people=[mentor.profile, *(each.profile for each in mentees)])


def told(group, template: str) -> list[list[str]]:
	"""Whom each notice to the coordinators names."""
	rows = frappe.get_all(
		"Mentoring Notice",
		{"template": template, "reference_name": group.name},
		["context", "recipient"],
		order_by="creation",
	)
	assert {row.recipient for row in rows} <= {"coordinator@example.org"}
	found = [json.loads(row.context) for row in rows]
	return [context.get("people") or [context["person"]] for context in found]


def names(*profiles: str) -> list[str]:
	return [frappe.db.get_value("Mentoring Profile", profile, "full_name") for profile in profiles]


def test_once_when_the_last_answer_is_in(group):
	for profile in group.people[:-1]:
		commands.accept(group.name, profile)
	assert told(group, MATCH_ACCEPTED) == []
	commands.accept(group.name, group.people[-1])
	assert told(group, MATCH_ACCEPTED) == [names(*group.people)]
	commands.activate(group.name)
	assert len(told(group, MATCH_ACCEPTED)) == 1


def test_a_no_at_once_and_the_others_when_all_have_answered(group):
	commands.decline(group.name, group.people[1], "No time")
	assert told(group, MATCH_DECLINED) == [names(group.people[1])]
	for profile in (group.people[0], *group.people[2:]):
		commands.accept(group.name, profile)
	assert told(group, MATCH_ACCEPTED) == [names(group.people[0], *group.people[2:])]


def test_also_when_the_last_answer_is_a_no(group):
	for profile in group.people[:-1]:
		commands.accept(group.name, profile)
	commands.decline(group.name, group.people[-1], "No time")
	assert told(group, MATCH_ACCEPTED) == [names(*group.people[:-1])]


def test_nothing_when_nobody_has_accepted(group):
	for profile in group.people[1:]:
		commands.decline(group.name, profile, "No time")
	assert told(group, MATCH_ACCEPTED) == []


def test_a_latecomer_of_a_running_group_is_told_alone(group):
	for profile in group.people:
		commands.accept(group.name, profile)
	commands.activate(group.name)
	late = make.make_mentee(group.cycle)
	doc = frappe.get_doc("Mentoring Group", group.name)
	doc.append("seats", {"participant": late.name})
	doc.save()
	commands.accept(group.name, late.profile)
	assert told(group, MATCH_ACCEPTED)[1:] == [names(late.profile)]


def told_everyone(group) -> dict[str, str]:
	"""What the mail says to each person that it went to, by profile."""
	filters = {"template": EVERYONE_ACCEPTED, "reference_name": group.name}
	rows = frappe.get_all("Mentoring Notice", filters, ["profile", "context"])
	return {row.profile: render(EVERYONE_ACCEPTED, row.context, row.profile).text() for row in rows}


def test_those_who_accepted_before_hear_that_everyone_has(group):
	for profile in group.people[:-1]:
		commands.accept(group.name, profile)
	assert told_everyone(group) == {}
	commands.accept(group.name, group.people[-1])
	found = told_everyone(group)
	assert set(found) == set(group.people[:-1])
	first = found[group.people[0]]
	assert all(name in first for name in names(*group.people[1:]))
	assert f"/mentoring/groups/{group.name}/messages" in first
	assert "Send a message:" in first
	commands.activate(group.name)
	assert len(told_everyone(group)) == len(group.people) - 1


def test_in_a_pair_the_mail_names_the_other(group):
	for profile in group.people[1:3]:
		commands.decline(group.name, profile, "No time")
	mentor, mentee = group.people[0], group.people[3]
	commands.accept(group.name, mentor)
	commands.accept(group.name, mentee)
	found = told_everyone(group)
	assert set(found) == {mentor}
	assert names(mentee)[0] in found[mentor]


def test_who_is_left_alone_hears_nothing_of_the_kind(group):
	commands.accept(group.name, group.people[0])
	for profile in group.people[1:]:
		commands.decline(group.name, profile, "No time")
	assert told_everyone(group) == {}
