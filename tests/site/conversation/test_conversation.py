"""The conversation of a group on a site: who reads and writes, in which order, sealed, deleted, opened, erased."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings import identity
from mentor_ispe.services import openings
from mentor_ispe.services.conversation import opening, personal_data, reading, writing
from mentor_ispe.services.erasure import commands as erasure
from mentor_ispe.services.groups import commands, ending
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.members import own_data
from mentor_ispe.services.sessions import note_key, sealing
from tests import factories as make

WORDS = "Shall we meet on Friday?"


def texts(group: str, profile: str) -> list[str]:
	return [message["text"] for message in reading.page(group, profile)["messages"]]


def test_people_of_a_pair_write_to_each_other(pair):
	mentor, mentee = pair.people
	writing.send(pair.name, mentor, "Hello!\r\nHow are you?")
	writing.send(pair.name, mentee, WORDS)
	assert texts(pair.name, mentor) == texts(pair.name, mentee) == ["Hello!\nHow are you?", WORDS]
	messages = reading.page(pair.name, mentee)["messages"]
	assert [message["mine"] for message in messages] == [False, True]
	assert [message["number"] for message in messages] == [1, 2]


def test_a_matched_pair_writes_as_soon_as_both_have_accepted(roll):
	cycle = make.make_cycle().name
	people = [make.make_profile().name for _ in range(2)]
	mentor = make.make_mentor(cycle, profile=people[0]).name
	mentee = make.make_mentee(cycle, profile=people[1]).name
	group = propose(cycle, [mentee], mentor).name
	commands.accept(group, people[0])
	for profile in people:
		with pytest.raises(frappe.PermissionError):
			writing.send(group, profile, WORDS)
	commands.accept(group, people[1])
	writing.send(group, people[0], WORDS)
	assert texts(group, people[1]) == [WORDS]
	commands.activate(group)
	assert texts(group, people[1]) == [WORDS]


def test_nobody_else_reads_or_writes(pair):
	message = writing.send(pair.name, pair.mentor, WORDS)
	other = make.make_active_group(format="One-on-One")
	for profile in (make.make_profile().name, *other.people):
		for attempt in (
			lambda profile=profile: reading.page(pair.name, profile),
			lambda profile=profile: reading.newer(pair.name, profile, 0),
			lambda profile=profile: reading.one(message, profile),
			lambda profile=profile: reading.file_of(message, profile),
			lambda profile=profile: writing.send(pair.name, profile, WORDS),
			lambda profile=profile: writing.delete(message, profile),
		):
			with pytest.raises(frappe.PermissionError):
				attempt()
	with pytest.raises(frappe.PermissionError):
		reading.page("no such group", pair.mentor)


def test_who_lapsed_reads_but_does_not_write(pair):
	mentor, mentee = pair.people
	writing.send(pair.name, mentor, WORDS)
	frappe.db.set_value(
		"Mentoring Group Member", {"parent": pair.name, "profile": mentee}, "status", "Suspended"
	)
	assert texts(pair.name, mentee) == [WORDS]
	with pytest.raises(RuleViolation, match="Renew your membership"):
		writing.send(pair.name, mentee, "Hello")


def test_a_group_that_has_ended_is_read_by_those_who_stayed(pair):
	writing.send(pair.name, pair.mentor, WORDS)
	commands.complete(pair.name)
	assert texts(pair.name, pair.mentor) == [WORDS]
	with pytest.raises(RuleViolation, match="has ended"):
		writing.send(pair.name, pair.mentor, "One more thing")


def test_who_left_reads_nothing(roll):
	group = make.make_active_group(members=2)
	writing.send(group.name, group.mentor, WORDS)
	gone = group.people[1]
	ending.leave(group.name, gone, "No time")
	with pytest.raises(frappe.PermissionError):
		reading.page(group.name, gone)
	assert texts(group.name, group.people[2]) == [WORDS]


@pytest.mark.parametrize(
	("text", "why"),
	[("", "empty"), (" \n ", "empty"), ("x" * 5_001, "5000 characters"), ("half \ud800", "be stored")],
)
def test_what_is_no_message_is_refused(pair, text, why):
	with pytest.raises(RuleViolation, match=why):
		writing.send(pair.name, pair.mentor, text)
	assert not frappe.db.exists(writing.MESSAGE, {"mentoring_group": pair.name})


def test_the_same_form_sent_again_is_one_message(pair):
	first = writing.send(pair.name, pair.mentor, WORDS, token="form 1")
	assert writing.send(pair.name, pair.mentor, WORDS, token="form 1") == first
	assert writing.send(pair.name, pair.people[1], WORDS, token="form 1") != first
	assert writing.send(pair.name, pair.mentor, WORDS) != writing.send(pair.name, pair.mentor, WORDS)
	assert len(texts(pair.name, pair.mentor)) == 4


def test_earlier_messages_come_a_page_at_a_time(pair):
	for number in range(reading.PAGE * 2 + 5):
		writing.send(pair.name, pair.mentor, f"Number {number + 1}")
	found, before = [], 0
	while True:
		page = reading.page(pair.name, pair.mentor, before)
		found = [message["number"] for message in page["messages"]] + found
		if not (before := page["earlier"]):
			break
	assert found == list(range(1, reading.PAGE * 2 + 6))
	newer = reading.newer(pair.name, pair.mentor, 60)
	assert [message["number"] for message in newer] == [61, 62, 63, 64, 65]


def test_words_are_encrypted_for_their_own_message(pair):
	one = writing.send(pair.name, pair.mentor, WORDS)
	other = writing.send(pair.name, pair.mentor, "Another")
	content = frappe.db.get_value(writing.MESSAGE, one, "content")
	assert WORDS not in content
	frappe.db.set_value(writing.MESSAGE, other, "content", content)
	with pytest.raises(RuleViolation, match="copied here from another record"):
		reading.page(pair.name, pair.mentor)


def test_another_key_seals_messages_too(pair):
	message = writing.send(pair.name, pair.mentor, WORDS)
	before = frappe.db.get_value(writing.MESSAGE, message, "content")
	note_key.add_key()
	sealing.reseal()
	after = frappe.db.get_value(writing.MESSAGE, message, "content")
	assert after.partition(":")[0] != before.partition(":")[0]
	assert texts(pair.name, pair.mentor) == [WORDS]


def test_one_deletes_ones_own_message(pair):
	mentor, mentee = pair.people
	message = writing.send(pair.name, mentor, WORDS)
	with pytest.raises(frappe.PermissionError):
		writing.delete(message, mentee)
	writing.delete(message, mentor)
	writing.delete(message, mentor)
	(shown,) = reading.page(pair.name, mentee)["messages"]
	assert shown["deleted"]
	assert not shown["text"]
	assert not frappe.db.get_value(writing.MESSAGE, message, "content")


def test_no_record_is_written_past_the_services(pair):
	message = writing.send(pair.name, pair.mentor, WORDS)
	for doctype, name in ((writing.MESSAGE, message), ("Mentoring Read Mark", None)):
		doc = frappe.get_doc(doctype, name or {"mentoring_group": pair.name})
		with pytest.raises(RuleViolation, match="own pages"):
			doc.save()
		with pytest.raises(RuleViolation, match="own pages"):
			doc.delete()


def test_staff_open_messages_with_a_reason_that_the_group_reads(pair):
	writing.send(pair.name, pair.mentor, WORDS)
	with pytest.raises(RuleViolation, match="at least 3 words"):
		opening.open_conversation(pair.name, "Administrator", "why not")
	assert not openings.of_messages(pair.name)
	opened = opening.open_conversation(pair.name, "Administrator", "A concern was raised")
	assert [message["text"] for message in opened["messages"]] == [WORDS]
	assert [row["reason"] for row in openings.of_messages(pair.name)] == ["A concern was raised"]
	told = frappe.get_all(
		"Mentoring Notice", {"template": "Mentoring: Conversation Opened"}, ["profile", "context"]
	)
	assert {row.profile for row in told if row.profile in pair.people} == set(pair.people)
	assert not any(WORDS in row.context for row in told)


def test_only_staff_open_messages(pair):
	writing.send(pair.name, pair.mentor, WORDS)
	for user in (make.make_user().name, make.make_user(roles=["Mentoring Committee"]).name):
		with pytest.raises(frappe.PermissionError):
			opening.open_conversation(pair.name, user, "I would like to know")
	assert not openings.of_messages(pair.name)


def test_the_copy_of_ones_data_has_the_messages(pair):
	mentor, mentee = pair.people
	writing.send(pair.name, mentor, WORDS)
	writing.send(pair.name, mentee, "Yes, Friday")
	deleted = writing.send(pair.name, mentee, "Oh no")
	writing.delete(deleted, mentee)
	copied = own_data.export_personal_data(mentee)["Mentoring Message"]
	assert [row["text"] for row in copied] == [WORDS, "Yes, Friday"]
	frappe.db.set_value("Mentoring Group Member", {"parent": pair.name, "profile": mentee}, "status", "Ended")
	assert [row["text"] for row in personal_data.export(mentee, [])] == ["Yes, Friday"]


def test_an_erased_person_leaves_no_words(pair):
	mentor, mentee = pair.people
	writing.send(pair.name, mentor, WORDS)
	mine = writing.send(pair.name, mentee, "Yes, Friday")
	erasure.erase_own(identity.find_person(mentee), "erased@example.org")
	assert not frappe.db.get_value(writing.MESSAGE, mine, "content")
	assert not frappe.db.exists("Mentoring Read Mark", {"profile": mentee})
	assert frappe.db.get_value(writing.MESSAGE, {"mentoring_group": pair.name, "number": 1}, "content")
