"""Feedback over HTTP: what the group reads, what nobody but the writer and the coordinators does."""

from __future__ import annotations

import json
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, now_datetime, nowdate

from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.private_answers import COLUMNS, PRIVATE_ANSWER
from tests.http.client import at_once
from tests.http.rounds import look_again
from tests.http.test_intruders import READING
from tests.http.two_groups import SECRET

API = "mentor_ispe.api.feedback"
FEEDBACK, REQUEST = "Mentoring Feedback", "Mentoring Feedback Request"
QUIETLY = "only-for-the-coordinators"
PRIVATE = {"going": "Not Working", "staff_rating": 0.2, "staff_comment": QUIETLY}


@pytest.fixture(scope="module")
def said(groups) -> SimpleNamespace:
	"""Ben gave a check-in with words for the group and for the coordinators."""
	values = {"comment": "for the group", "rating": 0.6, **PRIVATE}
	given = groups.ben.call(f"{API}.give", values=values, kind="Check-in", group=groups.mine.group)
	assert given.ok, given.text[:2000]
	look_again()
	name = given.result["name"]
	return SimpleNamespace(name=name, private=frappe.db.get_value(PRIVATE_ANSWER, {"feedback": name}))


@pytest.mark.parametrize("entry_point", READING)
@pytest.mark.parametrize("who", ["ana", "cal", "ben", "dan", "cleo", "fay", "guest", "committee"])
def test_anyone_but_the_coordinator_reads_what_was_said_in_private(
	said, groups, guest, committee, who, entry_point
):
	client = {"guest": guest, "committee": committee}.get(who) or getattr(groups, who)
	for doctype, name in ((FEEDBACK, said.name), (PRIVATE_ANSWER, said.private)):
		found = READING[entry_point](client, doctype, name)
		assert found.status < 500, found.text[:2000]
		assert QUIETLY not in found.text
		assert "Not Working" not in found.text


@pytest.mark.parametrize("entry_point", ["rest_v1", "rest_v2", "client_get"])
def test_people_of_the_group_read_the_words_to_the_group_by_rest(said, groups, committee, entry_point):
	for client in (
		*(groups.ana, groups.cal, groups.ben),
		*(groups.dan, groups.cleo, groups.fay, committee),
	):
		assert READING[entry_point](client, FEEDBACK, said.name).status == 403


def test_the_coordinator_reads_all_of_it(said, coordinator):
	assert "for the group" in READING["rest_v1"](coordinator, FEEDBACK, said.name).text
	assert QUIETLY in READING["rest_v1"](coordinator, PRIVATE_ANSWER, said.private).text


@pytest.mark.parametrize("argument", ["filters", "or_filters", "order_by", "group_by", "fields"])
@pytest.mark.parametrize("field", [*COLUMNS.values(), "feedback"])
def test_partner_guesses_private_answers_by_filtering(said, groups, argument, field):
	value = {
		"filters": json.dumps([[field, "is", "set"]]),
		"or_filters": json.dumps([[field, "is", "set"]]),
		"order_by": f"{field} desc",
		"group_by": field,
		"fields": json.dumps(["name", field]),
	}[argument]
	for path in (f"/api/resource/{PRIVATE_ANSWER}", f"/api/v2/document/{PRIVATE_ANSWER}"):
		assert groups.ana.get(path, **{argument: value}).status == 403


def test_partner_reads_private_answers_by_the_api(said, groups, committee, signed_in):
	shown = groups.ana.call(f"{API}.group_feedback", group=groups.mine.group)
	assert "for the group" in shown.text
	assert QUIETLY not in shown.text
	ben, ana = (signed_in(groups.users[who]) for who in ("ben", "ana"))
	assert QUIETLY in ben.call(f"{API}.my_feedback").text
	assert ana.call(f"{API}.my_feedback").result == []
	for client in (groups.dan, groups.fay):
		answered = client.call(f"{API}.group_feedback", group=groups.mine.group)
		assert answered.status == 403
	assert not committee.call(f"{API}.group_feedback", group=groups.mine.group).ok


def test_member_answers_in_the_name_of_another(said, groups):
	values = {"comment": "not mine", "profile": groups.profiles["ben"]}
	refused = groups.ana.call(f"{API}.give", values=values, kind="Check-in", group=groups.mine.group)
	assert refused.status == 417
	refused = groups.dan.call(
		f"{API}.give", values={"comment": "x"}, kind="Check-in", group=groups.mine.group
	)
	assert refused.status == 417
	assert groups.dan.call(f"{API}.change", feedback=said.name, values={"comment": "x"}).status == 403
	assert groups.ana.call(f"{API}.change", feedback=said.name, values={"comment": "x"}).status == 403


def test_member_writes_private_fields_and_requests_by_rest(said, groups):
	answered = groups.ben.put(
		f"/api/resource/{FEEDBACK}/{said.name}", {"staff_comment": SECRET, "rating": 0.8}
	)
	assert answered.status == 403
	look_again()
	assert groups.ben.put(f"/api/resource/{PRIVATE_ANSWER}/{said.private}", {"comment": SECRET}).status == 403
	look_again()
	assert frappe.db.get_value(FEEDBACK, said.name, "rating") == 0.6
	assert frappe.db.get_value(PRIVATE_ANSWER, said.private, "comment") == QUIETLY


def test_member_waives_or_refreshes_like_a_coordinator(groups):
	request = make_request(groups)
	for path, values in (
		("waive_feedback", {"request": request}),
		("refresh_health", {"group": groups.mine.group}),
	):
		refused = groups.ana.call(f"mentor_ispe.api.coordinator.{path}", **values)
		assert refused.status == 403
	put = groups.cal.put(f"/api/resource/{REQUEST}/{request}", {"status": "Waived"})
	assert put.status == 403
	look_again()
	assert frappe.db.get_value(REQUEST, request, "status") == "Open"


def test_two_answers_at_the_same_moment(groups):
	request = make_request(groups)
	answers = at_once(
		[
			lambda words=words: groups.cal.call(f"{API}.give", request=request, values={"comment": words})
			for words in ("one", "another", "a third")
		]
	)
	assert sorted(answer.status for answer in answers) == [200, 417, 417], [a.text[:500] for a in answers]
	look_again()
	assert frappe.db.count(FEEDBACK, {"request": request}) == 1
	assert frappe.db.get_value(REQUEST, request, "status") == "Given"


def make_request(groups) -> str:
	"""What the nightly job asks of Cal, committed."""
	look_again()
	request = frappe.get_doc(
		{
			"doctype": REQUEST,
			"request_key": frappe.generate_hash(length=12),
			"profile": groups.profiles["cal"],
			"kind": "Check-in",
			"cycle": groups.cycle,
			"mentoring_group": groups.mine.group,
			"due_on": add_days(nowdate(), 14),
			"asked_on": now_datetime(),
		}
	).insert(ignore_permissions=True)
	frappe.db.commit()
	return request.name
