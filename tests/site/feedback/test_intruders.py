"""What people try to read and write of others' feedback, each test named after the attempt."""

from __future__ import annotations

import json
from contextlib import suppress

import frappe
import frappe.client
import frappe.desk.reportview
import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from mentor_ispe.permissions.doors import check_request
from tests.site.permissions import doors, records
from tests.site.permissions.doors import LISTS, can_open, logged_in

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
	frappe.db.set_value(FEEDBACK, ben.name, dict(PRIVATE))
	program = records.store(
		FEEDBACK,
		profile=people["ben"].profile,
		kind="Program",
		cycle=cycle.name,
		mentoring_group=group.name,  # as an old record may have it
		comment="about the program",
	)
	return frappe._dict(**people, cycle=cycle, group=group, ben_says=ben.name, of_program=program.name)


@pytest.fixture
def request_of(monkeypatch):
	def send(user: str, path: str, **arguments) -> None:
		encoded = {
			key: json.dumps(value) if isinstance(value, list | dict) else value
			for key, value in arguments.items()
		}
		monkeypatch.setattr(
			frappe.local, "request", Request(EnvironBuilder(path=path).get_environ()), raising=False
		)
		with logged_in(user):
			frappe.local.form_dict = frappe._dict(encoded)
			check_request()

	return send


@pytest.mark.parametrize("reader", ["ana", "cal"])
def test_people_of_the_group_read_what_was_said_to_it(running, reader):
	with logged_in(running[reader].user):
		assert doors.by_get_list(FEEDBACK) == {running.ben_says}
		read = frappe.client.get(FEEDBACK, running.ben_says)
		assert (read["comment"], read["rating"]) == ("between us", 0.4)


@pytest.mark.parametrize("reader", ["ana", "cal", "ben"])
def test_member_reads_the_private_answers_by_rest(running, reader):
	"""The writer too: their own come by the members' API."""
	with logged_in(running[reader].user):
		for read in (
			frappe.client.get(FEEDBACK, running.ben_says),
			*frappe.client.get_list(FEEDBACK, fields=["*"]),
			*(frappe.get_list(FEEDBACK, fields=["name", field])[0] for field in (*PRIVATE, "request")),
		):
			assert not any(read.get(field) for field in (*PRIVATE, "request"))
		value = frappe.client.get_value(FEEDBACK, ["comment", "staff_comment"], {"name": running.ben_says})
		assert not (value or {}).get("staff_comment")


def test_member_reads_the_private_answers_in_report_and_export(running):
	fields = json.dumps([f"`tab{FEEDBACK}`.`{field}`" for field in ("name", *PRIVATE)])
	asked = {"doctype": FEEDBACK, "fields": fields, "filters": "[]"}
	with logged_in(running.ana.user):
		for fetch, arguments in (
			(frappe.desk.reportview.get, {"start": 0, "page_length": 20, "view": "Report"}),
			(frappe.desk.reportview.export_query, {"file_format_type": "CSV", "title": "x"}),
		):
			frappe.local.form_dict = frappe._dict(asked, **arguments)
			frappe.local.response = frappe._dict()
			shown = ""
			with suppress(frappe.PermissionError):
				shown = fetch()
			content = str(shown) + str(frappe.local.response)
			assert PRIVATE["staff_comment"] not in content
			assert "Not Working" not in content


@pytest.mark.parametrize("field", [*PRIVATE, "request"])
@pytest.mark.parametrize("how", ["filters", "or_filters", "order_by", "group_by", "fields", "fields "])
def test_member_guesses_private_answers_by_filtering_and_sorting(running, request_of, field, how):
	value = {
		"filters": {field: ["like", "%x%"]},
		"or_filters": [[field, "like", "%x%"]],
		"order_by": f"{field} desc",
		"group_by": field,
		"fields": [f"max({field})"],
		# Frappe's own list lets every second one of several hidden fields through.
		"fields ": ["name", *PRIVATE, field],
	}[how]
	how = how.strip()
	for path in (f"/api/resource/{FEEDBACK}", f"/api/v2/document/{FEEDBACK}"):
		with pytest.raises(frappe.PermissionError):
			request_of(running.ana.user, path, **{how: value})
	request_of(records.make_staff().coordinator, f"/api/resource/{FEEDBACK}", **{how: value})


@pytest.mark.parametrize("intruder", ["dan", "eve", "fay"])
@pytest.mark.parametrize("door", LISTS.values(), ids=LISTS)
def test_stranger_or_former_member_lists_the_feedback_of_a_group(running, intruder, door):
	with logged_in(running[intruder].user):
		assert door(FEEDBACK) == set()
		assert not can_open(FEEDBACK, running.ben_says)


@pytest.mark.parametrize("reader", ["ana", "cal", "dan"])
def test_member_reads_what_another_told_the_program(running, reader):
	with logged_in(running[reader].user):
		assert running.of_program not in doors.by_get_list(FEEDBACK)
		assert not can_open(FEEDBACK, running.of_program)
	with logged_in(running.ben.user):
		assert can_open(FEEDBACK, running.of_program)


def test_committee_reads_any_feedback(running):
	committee = records.make_staff().committee
	with logged_in(committee):
		assert not can_open(FEEDBACK, running.ben_says)
		for fetch in (doors.by_get_list, doors.by_rest, doors.by_report_view, doors.by_export):
			with suppress(frappe.PermissionError):
				assert fetch(FEEDBACK) == set()


def test_coordinator_reads_the_private_answers(running):
	with logged_in(records.make_staff().coordinator):
		read = frappe.client.get(FEEDBACK, running.ben_says)
	assert {field: read[field] for field in PRIVATE} == PRIVATE


def test_coordinator_puts_words_into_somebodys_mouth(running):
	with logged_in(records.make_staff().coordinator):
		with pytest.raises(frappe.PermissionError):
			frappe.client.set_value(FEEDBACK, running.ben_says, "comment", "All is well")
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


@pytest.mark.parametrize("writer", ["ana", "cal", "dan"])
def test_member_changes_or_deletes_the_feedback_of_another(running, writer):
	with logged_in(running[writer].user):
		with pytest.raises(frappe.PermissionError):
			frappe.client.set_value(FEEDBACK, running.ben_says, "rating", 1)
		with pytest.raises(frappe.PermissionError):
			frappe.client.delete(FEEDBACK, running.ben_says)


def test_member_hands_their_feedback_to_another(running):
	with logged_in(running.ana.user):
		mine = frappe.client.insert(
			{
				"doctype": FEEDBACK,
				"profile": running.ana.profile,
				"kind": "Check-in",
				"mentoring_group": running.group.name,
				"cycle": running.cycle.name,
				"comment": "mine",
			}
		)
		with pytest.raises(frappe.PermissionError):
			frappe.client.set_value(FEEDBACK, mine["name"], "profile", running.ben.profile)


def test_member_reads_the_health_of_their_group(running):
	"""In a pair it would tell what the other one said in private."""
	values = {"health": 12, "alarm": "Somebody gave one or two stars.", "health_signs": '{"signs": []}'}
	frappe.db.set_value("Mentoring Group", running.group.name, dict(values))
	with logged_in(running.ana.user):
		read = frappe.client.get("Mentoring Group", running.group.name)
		listed = [frappe.get_list("Mentoring Group", fields=["name", field])[0] for field in values]
		assert not any(row.get(field) for row in (read, *listed) for field in values)
	staff = records.make_staff()
	for user in (staff.coordinator, staff.committee):
		with logged_in(user):
			read = frappe.client.get("Mentoring Group", running.group.name)
			assert (read["health"], read["alarm"]) == (12, values["alarm"])


@pytest.mark.parametrize("field", ["health", "alarm", "health_signs"])
def test_member_guesses_the_health_by_filtering_on_it(running, request_of, field):
	for asked in ({"filters": {field: ["like", "%1%"]}}, {"fields": ["name", "health", "alarm", field]}):
		with pytest.raises(frappe.PermissionError):
			request_of(running.ana.user, "/api/resource/Mentoring Group", **asked)


def test_coordinator_writes_the_health_by_hand(running):
	frappe.db.set_value("Mentoring Group", running.group.name, "health", 12)
	with logged_in(records.make_staff().coordinator):
		frappe.client.set_value("Mentoring Group", running.group.name, {"health": 99, "alarm": "none"})
	assert frappe.db.get_value("Mentoring Group", running.group.name, ["health", "alarm"]) == (12, None)
