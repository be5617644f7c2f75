"""Recording meetings: who was there, action items that carry on, notes that stay in the group."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, getdate, now_datetime, nowdate

from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates.sessions import NOTES_OPENED
from mentor_ispe.permissions import group_records
from mentor_ispe.services import openings
from mentor_ispe.services.applications.commands import withdraw
from mentor_ispe.services.membership.commands import suspend_person
from mentor_ispe.services.sessions import action_items, notes, planning, queries, recording
from tests import factories as make

SECRET = "Ben wants to leave Northwind"


def held(group, days_ago: int = 1, **values):
	return recording.record_unplanned(
		group.name, now_datetime() - timedelta(hours=days_ago * 2), group.people[0], **values
	)


@pytest.fixture
def group():
	return make.make_active_group()


def test_a_recorded_meeting_says_who_was_there_and_for_how_long(group):
	doc = make.make_session(group.name, duration_minutes=60)
	ana, ben, cal = group.people
	with clock.at(doc.starts_on + timedelta(hours=2)):
		recording.record(doc.name, ana, {ana: 60, ben: 45})
		recorded = frappe.get_doc("Mentoring Session", doc.name)
		assert recorded.recorded_on >= doc.starts_on
	rows = {row.profile: (row.attended, row.minutes) for row in recorded.attendance}
	assert rows == {ana: (1, 60), ben: (1, 45), cal: (0, 0)}
	assert recorded.recorded_by == "Administrator"


def test_without_a_list_everyone_was_there_who_didnt_say_no(group):
	doc = make.make_session(group.name, duration_minutes=90)
	planning.answer(doc.name, group.people[2], "No")
	with clock.at(doc.starts_on + timedelta(hours=2)):
		recording.record(doc.name)
	rows = {row.profile: row.minutes for row in frappe.get_doc("Mentoring Session", doc.name).attendance}
	assert rows == {group.people[0]: 90, group.people[1]: 90, group.people[2]: 0}


def test_a_meeting_is_recorded_once(group):
	doc = held(group)
	with pytest.raises(RuleViolation, match="already recorded this meeting"):
		recording.record(doc.name)


def test_who_was_there_is_corrected_afterwards(group):
	doc = held(group)
	recording.correct(doc.name, {group.people[0]: 30, group.people[1]: 60})
	rows = {row.profile: row.minutes for row in frappe.get_doc("Mentoring Session", doc.name).attendance}
	assert rows == {group.people[0]: 30, group.people[1]: 60, group.people[2]: 0}
	with pytest.raises(RuleViolation) as refused:
		recording.correct(doc.name, {group.people[0]: 30})
	assert refused.value.codes == ["nobody_met"]


def test_somebody_of_another_group_is_recorded_as_there(group):
	with pytest.raises(RuleViolation) as refused:
		held(group, attendance={group.people[0]: 60, make.make_profile().name: 60})
	assert "stranger" in refused.value.codes


def test_somebody_who_joined_later_is_recorded_as_there(group):
	frappe.db.set_value(
		"Mentoring Group Member",
		{"parent": group.name, "profile": group.people[2]},
		"joined_on",
		add_days(nowdate(), 1),
	)
	with pytest.raises(RuleViolation) as refused:
		held(group, attendance=dict.fromkeys(group.people, 60))
	assert refused.value.codes == ["stranger"]
	frappe.local.message_log = []
	assert len(held(group).attendance) == 2


def test_notes_are_written_and_read_by_the_group(group):
	doc = held(group, summary=SECRET, next_focus="A new job")
	read = notes.read(doc.name, group.people[2])
	assert (read["summary"], read["next_focus"], read["openings"]) == (SECRET, "A new job", [])
	notes.write(doc.name, group.people[1], next_focus="Interviews")
	read = notes.read(doc.name, group.people[0])
	assert (read["summary"], read["next_focus"]) == (SECRET, "Interviews")
	later = make.make_session(group.name)
	assert queries.agenda(later.name, group.people[0])["suggested_focus"] == "Interviews"


@pytest.mark.parametrize("who", ["stranger", "withdrawn", "suspended"])
def test_notes_of_a_group_one_isnt_active_in(group, who):
	doc = held(group, summary=SECRET)
	reader = group.people[1]
	if who == "stranger":
		reader = make.make_profile().name
	elif who == "withdrawn":
		withdraw("Mentee", group.parts[0], "No time")
	else:
		suspend_person(reader, "Lapsed")
	with pytest.raises(frappe.PermissionError):
		notes.write(doc.name, reader, summary="Mine now")
	if who == "suspended":
		assert notes.read(doc.name, reader)["summary"] == SECRET
	else:
		with pytest.raises(frappe.PermissionError):
			notes.read(doc.name, reader)
		with pytest.raises(frappe.PermissionError):
			action_items.of_group(group.name, reader)


def test_what_was_said_is_stored_unreadable(group):
	doc = held(group, summary=SECRET, new_items=[{"words": SECRET}])
	for doctype in (notes.NOTE, action_items.ITEM):
		content = frappe.get_all(doctype, {"session": doc.name}, pluck="content")[0]
		assert content
		assert "Northwind" not in content


def test_notes_copied_into_another_groups_record_open_to_nobody(group):
	mine, theirs = held(group, summary="Mine"), held(make.make_active_group(), summary=SECRET)
	stolen = frappe.db.get_value(notes.NOTE, {"session": theirs.name}, "content")
	frappe.db.set_value(notes.NOTE, {"session": mine.name}, "content", stolen)
	with pytest.raises(RuleViolation, match="copied here"):
		notes.read(mine.name, group.people[0])


@pytest.mark.parametrize("doctype", [notes.NOTE, action_items.ITEM, openings.OPENING])
def test_nobody_writes_these_records_around_the_group(group, doctype):
	doc = held(group, summary=SECRET, new_items=[{"words": "Read"}])
	notes.open_notes(doc.name, "Administrator", "The group asked me to")
	name = frappe.get_all(doctype, {"session": doc.name}, pluck="name")[0]
	stored = frappe.get_doc(doctype, name)
	with pytest.raises(RuleViolation, match="the group's own pages"):
		stored.save()
	with pytest.raises(RuleViolation, match="the group's own pages"):
		frappe.copy_doc(stored).insert()
	with pytest.raises(RuleViolation, match="the group's own pages"):
		frappe.delete_doc(doctype, name)


def test_open_action_items_come_into_the_next_meetings_until_done(group):
	ana, ben, _cal = group.people
	first = held(
		group,
		5,
		new_items=[
			{"words": "Read the guideline", "assigned_to": ben, "due_on": add_days(nowdate(), 7)},
			{"words": "Call Cleo"},
		],
	)
	read, call = (item["name"] for item in action_items.agreed_in(first.name))
	second = held(group, 3)
	third = make.make_session(group.name)
	assert [item["name"] for item in action_items.carried_into(second.name)] == [read, call]
	assert {item["name"] for item in queries.agenda(third.name, ana)["carried_items"]} == {read, call}
	with clock.at(third.starts_on + timedelta(hours=1)):
		recording.record(third.name, ben, closed_items={read: "Done"}, new_items=[{"words": "Write it up"}])
		fourth = make.make_session(group.name, third.starts_on + timedelta(days=7))
	assert {item["words"] for item in action_items.carried_into(fourth.name)} == {"Call Cleo", "Write it up"}
	assert {item["name"] for item in action_items.carried_into(third.name)} == {read, call}
	shown = {item["name"]: item for item in action_items.of_group(group.name, ana)}
	assert (shown[read]["status"], shown[read]["assigned_to"]) == ("Done", ben)
	assert shown[read]["due_on"] == getdate(add_days(nowdate(), 7))
	assert shown[call]["status"] == "Open"


@pytest.mark.parametrize(
	"item",
	[
		{"words": " "},
		{"words": "x" * 2001},
		{"words": "Go\ud800"},
		{"words": "Go", "due_on": "soon"},
		{"words": "Go", "assigned_to": "?"},
	],
)
def test_a_senseless_action_item_is_refused(group, item):
	with pytest.raises(RuleViolation):
		held(group, new_items=[item])


def test_an_action_item_is_given_to_somebody_outside(group):
	with pytest.raises(RuleViolation, match="someone in the group"):
		held(group, new_items=[{"words": "Go", "assigned_to": make.make_profile().name}])


def test_an_action_item_is_closed_by_another_group(group):
	doc = held(group, new_items=[{"words": "Read"}])
	name = action_items.agreed_in(doc.name)[0]["name"]
	with pytest.raises(frappe.PermissionError):
		action_items.close(name, make.make_active_group().people[0])
	with pytest.raises(RuleViolation, match="another group"):
		action_items.close(name, group.people[0], "Done", held(make.make_active_group()).name)
	assert action_items.close(name, group.people[0]) == "Done"
	assert action_items.close(name, group.people[0]) == "Done"
	with pytest.raises(RuleViolation):
		action_items.close(name, group.people[0], "Dropped")


def test_a_coordinator_opens_notes_with_a_reason_that_the_group_sees(group):
	doc = held(group, summary=SECRET, new_items=[{"words": "Read"}])
	for reason in ("", "because", ". . .", "A concern was raised\ud800", "why " * 500 + "me or you"):
		with pytest.raises(RuleViolation):
			notes.open_notes(doc.name, "Administrator", reason)
	assert not frappe.db.exists(openings.OPENING, {"session": doc.name})
	opened = notes.open_notes(doc.name, "Administrator", "A concern was raised")
	assert opened["summary"] == SECRET
	assert opened["action_items"][0]["words"] == "Read"
	shown = notes.read(doc.name, group.people[1])["openings"]
	assert [row["reason"] for row in shown] == ["A concern was raised"]
	told = frappe.get_all(
		"Mentoring Notice",
		{"template": NOTES_OPENED, "profile": ("in", group.people)},
		["profile", "context"],
	)
	assert {row.profile for row in told} == set(group.people)
	assert all("A concern was raised" in row.context and SECRET not in row.context for row in told)
	notes.open_notes(doc.name, "Administrator", "A concern was raised again")
	assert len(notes.read(doc.name, group.people[1])["openings"]) == 2


def test_only_staff_open_notes(group):
	doc = held(group, summary=SECRET)
	user = make.make_user(roles=["Mentoring Member"]).name
	with pytest.raises(frappe.PermissionError):
		notes.open_notes(doc.name, user, "I would like to know")


def test_notes_go_with_their_meeting(group):
	doc = held(group, summary=SECRET, new_items=[{"words": "Read"}])
	notes.open_notes(doc.name, "Administrator", "A concern was raised")
	frappe.delete_doc("Mentoring Session", doc.name)
	for doctype in (notes.NOTE, action_items.ITEM, openings.OPENING):
		assert not frappe.db.exists(doctype, {"mentoring_group": group.name})


def test_a_coordinator_deletes_what_took_place(group):
	doc = held(group, summary=SECRET)
	user = make.make_user(user_type="System User", roles=["Mentoring Coordinator"]).name
	frappe.set_user(user)
	with pytest.raises(RuleViolation) as refused:
		frappe.delete_doc("Mentoring Session", doc.name)
	assert refused.value.codes == ["history"]


def test_only_services_write_what_was_said():
	doc = frappe.new_doc("Mentoring Action Item")
	doc.flags.update(group_records.BY_SERVICE)
	group_records.refuse_others(doc)
	# Whatever a request says of a record, its flags are not among it.
	from_request = frappe.get_doc({"doctype": doc.doctype, "flags": group_records.BY_SERVICE})
	for other in (frappe.new_doc(doc.doctype), from_request):
		with pytest.raises(RuleViolation):
			group_records.refuse_others(other)
