"""What people try to read and write of others' feedback, each test named after the attempt."""

from __future__ import annotations

import frappe
import frappe.client
import pytest

from mentor_ispe.api import feedback as feedback_api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.private_answers import COLUMNS, PRIVATE_ANSWER
from tests.site.permissions import entry_points, records
from tests.site.permissions.entry_points import LISTS, can_open, listed, logged_in

FEEDBACK = "Mentoring Feedback"
PRIVATE = {"going": "Not Working", "staff_rating": 0.2, "staff_comment": "what only staff may know"}


@pytest.fixture
def running(site):
	"""Ana mentors Ben and Cal, who both gave feedback; Dan is in another group; Fay has left theirs."""
	people = {name: records.make_person(name) for name in ("ana", "ben", "cal", "dan", "fay", "eve")}
	cycle = records.make_cycle()
	group = records.make_group(
		people["ana"],
		[(people["ben"], "Active"), (people["cal"], "Suspended"), (people["fay"], "Withdrawn")],
		cycle,
	)
	records.make_group(people["eve"], [(people["dan"], "Active")], cycle)
	ben = records.make_feedback(people["ben"], group)
	about = {"profile": people["ben"].profile, "cycle": cycle.name, "mentoring_group": group.name}
	said = {column: PRIVATE[name] for name, column in COLUMNS.items()}
	private = records.store(PRIVATE_ANSWER, feedback=ben.name, kind=ben.kind, **about, **said)
	program = records.store(
		FEEDBACK,
		profile=people["ben"].profile,
		kind="Program",
		cycle=cycle.name,
		mentoring_group=group.name,  # as an old record may have it
		comment="about the program",
	)
	return frappe._dict(
		**people, cycle=cycle, group=group, ben_says=ben.name, private=private.name, of_program=program.name
	)


@pytest.mark.parametrize("reader", ["ana", "cal"])
def test_people_of_the_group_read_what_was_said_to_it_and_nothing_private(running, reader):
	with logged_in(running[reader].user):
		shown = feedback_api.group_feedback(running.group.name)
	assert [(row["name"], row["comment"], row["rating"]) for row in shown] == [
		(running.ben_says, "between us", 0.4)
	]
	assert not set(shown[0]) & {*PRIVATE, "request"}


def test_writer_reads_what_they_said_in_private(running):
	with logged_in(running.ben.user):
		shown = {row["name"]: row for row in feedback_api.my_feedback()}
	assert {field: shown[running.ben_says][field] for field in PRIVATE} == PRIVATE


@pytest.mark.parametrize("intruder", ["ana", "ben", "dan", "eve", "fay"])
@pytest.mark.parametrize("entry_point", LISTS.values(), ids=LISTS)
def test_member_or_former_member_lists_or_opens_feedback(running, intruder, entry_point):
	"""The writer and the people of the group too: theirs comes by the members' API."""
	with logged_in(running[intruder].user):
		assert listed(entry_point, FEEDBACK) == listed(entry_point, PRIVATE_ANSWER) == set()
		assert not can_open(FEEDBACK, running.ben_says)
		assert not can_open(PRIVATE_ANSWER, running.private)


@pytest.mark.parametrize("intruder", ["dan", "eve", "fay"])
def test_stranger_or_former_member_asks_what_was_said_in_a_group(running, intruder):
	with logged_in(running[intruder].user), pytest.raises(frappe.PermissionError):
		feedback_api.group_feedback(running.group.name)


@pytest.mark.parametrize("reader", ["ana", "cal", "dan"])
def test_member_reads_what_another_told_the_program(running, reader):
	with logged_in(running[reader].user):
		shown = feedback_api.my_feedback()
		if reader != "dan":
			shown += feedback_api.group_feedback(running.group.name)
	assert running.of_program not in {row["name"] for row in shown}
	with logged_in(running.ben.user):
		assert running.of_program in {row["name"] for row in feedback_api.my_feedback()}


def test_committee_reads_any_feedback(running):
	committee = records.make_staff().committee
	with logged_in(committee):
		assert not can_open(FEEDBACK, running.ben_says)
		assert not can_open(PRIVATE_ANSWER, running.private)
		for fetch in (
			entry_points.by_get_list,
			entry_points.by_rest,
			entry_points.by_report_view,
			entry_points.by_export,
		):
			assert listed(fetch, FEEDBACK) == listed(fetch, PRIVATE_ANSWER) == set()


def test_coordinator_reads_the_private_answers(running):
	with logged_in(records.make_staff().coordinator):
		read = frappe.client.get(PRIVATE_ANSWER, running.private)
		assert PRIVATE["staff_comment"] not in str(frappe.client.get(FEEDBACK, running.ben_says))
	assert {name: read[column] for name, column in COLUMNS.items()} == PRIVATE


def test_coordinator_puts_words_into_somebodys_mouth(running):
	with logged_in(records.make_staff().coordinator):
		with pytest.raises(frappe.PermissionError):
			frappe.client.set_value(FEEDBACK, running.ben_says, "comment", "All is well")
		with pytest.raises(frappe.PermissionError):
			frappe.client.set_value(PRIVATE_ANSWER, running.private, "comment", "All is well")
		with pytest.raises(frappe.PermissionError):
			frappe.client.insert(
				{
					"doctype": FEEDBACK,
					"profile": running.ben.profile,
					"kind": "Check-in",
					"mentoring_group": running.group.name,
					"cycle": running.cycle.name,
					"comment": "All is well",
				}
			)


def test_what_was_said_in_private_goes_with_the_feedback_and_leaves_no_copy(running):
	with logged_in(records.make_staff().coordinator):
		frappe.client.delete(FEEDBACK, running.ben_says)
	assert not frappe.db.exists(PRIVATE_ANSWER, running.private)
	assert not frappe.get_all("Deleted Document", {"data": ("like", f"%{PRIVATE['staff_comment']}%")})


@pytest.mark.parametrize("writer", ["ana", "cal", "dan"])
def test_member_changes_or_deletes_the_feedback_of_another(running, writer):
	with logged_in(running[writer].user):
		with pytest.raises(frappe.PermissionError):
			feedback_api.change(running.ben_says, {"rating": 1})
		with pytest.raises(frappe.PermissionError):
			frappe.client.set_value(FEEDBACK, running.ben_says, "rating", 1)
		with pytest.raises(frappe.PermissionError):
			frappe.client.delete(FEEDBACK, running.ben_says)


def test_member_hands_their_feedback_to_another(running):
	with logged_in(running.ana.user):
		mine = feedback_api.give({"comment": "mine"}, kind="Check-in", group=running.group.name)
		with pytest.raises(RuleViolation):
			feedback_api.change(mine["name"], {"profile": running.ben.profile})


def test_member_reads_the_health_of_their_group(running):
	"""In a pair it would tell what the other one said in private."""
	values = {"health": 12, "alarm": "Someone gave one or two stars.", "health_signs": '{"signs": []}'}
	frappe.db.set_value("Mentoring Group", running.group.name, dict(values))
	with logged_in(running.ana.user):
		for field in values:
			with pytest.raises(frappe.PermissionError):
				frappe.get_list("Mentoring Group", fields=["name", field])
	with logged_in(records.make_staff().coordinator):
		read = frappe.client.get("Mentoring Group", running.group.name)
	assert (read["health"], read["alarm"]) == (12, values["alarm"])


def test_coordinator_writes_the_health_by_hand(running):
	frappe.db.set_value("Mentoring Group", running.group.name, "health", 12)
	with logged_in(records.make_staff().coordinator):
		frappe.client.set_value("Mentoring Group", running.group.name, {"health": 99, "alarm": "none"})
	assert frappe.db.get_value("Mentoring Group", running.group.name, ["health", "alarm"]) == (12, None)
