"""Silence and contact: what a person is asked to do, how a group's health reads it, an address that is shared."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import getdate, now_datetime

from mentor_ispe.mails.rendering import render
from mentor_ispe.readings.profiles import shared_emails
from mentor_ispe.services.conversation import read_marks, reading, writing
from mentor_ispe.services.groups import commands, group_view
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.health import health_facts
from mentor_ispe.services.members import sharing
from mentor_ispe.services.members.next_steps import next_steps, steps_in
from tests import factories as make
from tests.site.portal.counting import queries


def asked(group: str, profile: str) -> list[tuple[str, str]]:
	return [(step.kind, step.words) for step in steps_in(group, profile) if step.kind in ("Hello", "Message")]


def name_of(profile: str) -> str:
	return frappe.db.get_value("Mentoring Profile", profile, "full_name")


def test_a_new_pair_is_asked_to_say_hello_and_then_to_read(pair):
	mentor, mentee = pair.people
	assert asked(pair.name, mentor) == [("Hello", f"Say hello to {name_of(mentee)}")]
	writing.send(pair.name, mentor, "Hello")
	assert asked(pair.name, mentor) == []
	assert asked(pair.name, mentee) == [("Message", f"{name_of(mentor)} wrote to you")]
	writing.send(pair.name, mentor, "Are you there?")
	assert asked(pair.name, mentee) == [("Message", "Read 2 new messages")]
	read_marks.mark_read(pair.name, mentee, 2)
	assert asked(pair.name, mentee) == []


def test_a_meeting_is_contact_too(pair):
	make.make_session(pair.name)
	assert asked(pair.name, pair.mentor) == []


def test_people_who_have_both_accepted_are_asked_before_the_start(roll):
	cycle = make.make_cycle().name
	people = [make.make_profile().name for _ in range(2)]
	mentee = make.make_mentee(cycle, profile=people[1]).name
	group = propose(cycle, [mentee], make.make_mentor(cycle, profile=people[0]).name).name
	commands.accept(group, people[0])
	assert asked(group, people[0]) == []
	commands.accept(group, people[1])
	assert [kind for kind, _words in asked(group, people[0])] == ["Hello"]
	assert group_view.look(group, people[0]).talks


def test_as_many_queries_for_one_group_as_for_many(roll):
	person = make.make_profile().name

	def add_groups() -> int:
		"""One with a message and one without; how many queries it takes then."""
		for said in ("Hello", ""):
			group = make.make_active_group(format="One-on-One", profiles=[person])
			if said:
				writing.send(group.name, group.people[1], said)
		return queries(lambda: next_steps(person))

	add_groups()
	few = queries(lambda: next_steps(person))
	assert add_groups() == few


def test_health_reads_who_wrote_and_what_is_planned(pair):
	def facts():
		return health_facts.read([pair.name], getdate())[0].facts

	assert not facts().in_touch
	writing.send(pair.name, pair.mentor, "Hello")
	assert facts().wrote == {pair.mentor: getdate()}
	assert facts().in_touch
	silent = make.make_active_group(format="One-on-One").name
	make.make_session(silent)
	assert health_facts.read([silent], getdate())[0].facts.meeting_planned


def test_sharing_ones_address_goes_on_and_off(roll):
	profile = make.make_profile().name
	assert not sharing.shares_email(profile)
	sharing.share_email(profile, True)
	assert shared_emails([profile]) == {profile: frappe.db.get_value("Mentoring Profile", profile, "email")}
	sharing.choose(profile, {"email": "My Groups and Search"})
	sharing.share_email(profile, True)
	assert frappe.db.get_value("Mentoring Profile", profile, "show_email") == "My Groups and Search"
	sharing.share_email(profile, False)
	assert shared_emails([profile]) == {}


def test_the_mail_of_the_start_has_the_addresses_that_are_shared(roll):
	cycle = make.make_cycle().name
	people = [make.make_profile().name for _ in range(2)]
	mentee = make.make_mentee(cycle, profile=people[1]).name
	group = propose(cycle, [mentee], make.make_mentor(cycle, profile=people[0]).name).name
	sharing.share_email(people[0], True)
	make.accept_all(group)
	commands.activate(group)
	address = frappe.db.get_value("Mentoring Profile", people[0], "email")
	hidden = frappe.db.get_value("Mentoring Profile", people[1], "email")
	template, found = "Mentoring: Group Started", {}
	for row in frappe.get_all(
		"Mentoring Notice",
		{"template": template, "reference_name": group},
		["profile", "context"],
	):
		found[row.profile] = render(template, row.context, row.profile).text()
	assert address in found[people[1]]
	assert address not in found[people[0]]
	assert hidden not in found[people[0]]
	assert f"/mentoring/groups/{group}/messages" in found[people[0]]


@pytest.fixture
def many(roll):
	"""A group of eight with 5,000 messages."""
	group = make.make_active_group(members=7, group_size_max=8)
	writing.send(group.name, group.mentor, "Hello")
	message = frappe.get_doc(writing.MESSAGE, {"mentoring_group": group.name})
	fields = ["name", "mentoring_group", "number", "written_by", "written_on", "content", "creation"]
	rows = [
		(
			f"{group.name}-{number}",
			group.name,
			number,
			group.people[number % 8],
			now_datetime() - timedelta(minutes=5_000 - number),
			"",
			message.creation,
		)
		for number in range(2, 5_001)
	]
	frappe.db.bulk_insert(writing.MESSAGE, fields, rows)
	return group


def test_a_page_of_five_thousand_messages_takes_as_many_queries_as_one_of_few(many, pair):
	writing.send(pair.name, pair.mentor, "Hello")
	reading.page(pair.name, pair.mentor)  # what is kept of the programs is there by now
	few = queries(lambda: reading.page(pair.name, pair.mentor))
	assert queries(lambda: reading.page(many.name, many.mentor)) == few
	assert queries(lambda: reading.page(many.name, many.mentor, before=2_500)) == few
	page = reading.page(many.name, many.mentor)
	assert [message["number"] for message in page["messages"]] == list(range(4_971, 5_001))
	assert page["earlier"] == 4_971
