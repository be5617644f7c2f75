"""What only coordinators may read, asked for as a member and as the committee; over HTTP.

Ana mentors Ben, Cal and Fay, who withdrew. What staff wrote and what was said to them lies in records, and in
the versions of records, that nobody else has a permission on.
"""

from __future__ import annotations

import json
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.private_answers import PRIVATE_ANSWER
from mentor_ispe.services.feedback import commands as feedback
from tests.http.client import Answer, Client
from tests.http.rounds import look_again
from tests.http.test_intruders import READING
from tests.http.two_groups import insert

QUIETLY = "words-for-the-coordinators"
READERS = ("ana", "ben", "cal", "fay", "dan", "guest", "committee")
GROUP = "Mentoring Group"


@pytest.fixture(scope="module")
def kept(groups) -> SimpleNamespace:
	"""`records`: DocType → a record that holds QUIETLY, in a field of its own or in its versions."""
	said = {"comment": "Fine", "going": "Not Working", "staff_comment": QUIETLY, "staff_rating": 0.2}
	given = feedback.give(groups.profiles["ben"], said, kind="Check-in", group=groups.mine.group)
	version = {"changed": [["decision_note", None, QUIETLY]], "row_changed": [], "added": [], "removed": []}
	parts = {"Mentor": groups.mine.mentor, "Mentee": groups.mine.parts["ben"].name}
	for doctype, name in (*parts.items(), (GROUP, groups.mine.group)):
		insert("Version", ref_doctype=doctype, docname=name, data=json.dumps(version))
	for doctype, name in parts.items():
		frappe.db.set_value(doctype, name, "decision_note", QUIETLY)
	frappe.db.set_value(GROUP, groups.mine.group, {"alarm": QUIETLY, "end_reason": QUIETLY})
	frappe.db.set_value(
		"Mentoring Group Member", {"parent": groups.mine.group}, "reason", QUIETLY, update_modified=False
	)
	frappe.clear_cache(doctype=GROUP)
	frappe.db.commit()
	return SimpleNamespace(
		feedback=given.name,
		records={
			**parts,
			GROUP: groups.mine.group,
			PRIVATE_ANSWER: frappe.db.get_value(PRIVATE_ANSWER, {"feedback": given.name}),
			"Mentoring Feedback": given.name,
		},
	)


def client_of(who: str, groups, guest: Client, committee: Client) -> Client:
	return {"guest": guest, "committee": committee}.get(who) or getattr(groups, who)


def refused(answer: Answer) -> bool:
	"""By a permission; a way of asking that Frappe itself doesn't take is refused as well."""
	return answer.status in (401, 403, 404, 417) and QUIETLY not in answer.text


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("entry_point", ["form", "form_info"])
def test_h3_reasons_and_words_of_a_decision_in_the_versions(kept, groups, guest, committee, who, entry_point):
	client = client_of(who, groups, guest, committee)
	for doctype, name in kept.records.items():
		answer = READING[entry_point](client, doctype, name)
		assert answer.status == 403, (doctype, answer.text[:500])
		assert QUIETLY not in answer.text


def test_h3_coordinator_finds_them_in_the_versions(kept, coordinator):
	for doctype in ("Mentor", "Mentee", GROUP):
		assert QUIETLY in READING["form_info"](coordinator, doctype, kept.records[doctype]).text


@pytest.mark.parametrize("doctype", [PRIVATE_ANSWER, "Mentoring Feedback", "Mentoring Concern"])
def test_h3_what_is_private_has_no_versions(kept, coordinator, doctype):
	look_again()
	assert not frappe.get_all("Version", {"ref_doctype": doctype})
	if doctype in kept.records:
		info = READING["form_info"](coordinator, doctype, kept.records[doctype])
		assert info.body["docinfo"]["versions"] == []


def test_the_feedback_itself_says_nothing_private_to_anybody(kept, coordinator):
	for entry_point in ("rest_v1", "form", "form_info", "rest_v1_list"):
		answer = READING[entry_point](coordinator, "Mentoring Feedback", kept.feedback)
		assert answer.ok
		assert QUIETLY not in answer.text
	assert QUIETLY in READING["rest_v1"](coordinator, PRIVATE_ANSWER, kept.records[PRIVATE_ANSWER]).text


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("entry_point", READING)
def test_c1_private_answer_by_each_entry_point(kept, groups, guest, committee, who, entry_point):
	answer = READING[entry_point](
		client_of(who, groups, guest, committee), PRIVATE_ANSWER, kept.records[PRIVATE_ANSWER]
	)
	if entry_point == "link_title":
		assert QUIETLY not in answer.text
		assert not answer.ok or answer.result == kept.records[PRIVATE_ANSWER]
	elif entry_point == "validate_link":
		assert not answer.ok or not (answer.result or {}).get("name")
	else:
		assert refused(answer), answer.text[:500]


GUESSES = {
	"number card": lambda client, field: client.call(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc=json.dumps({"document_type": PRIVATE_ANSWER, "function": "Count"}),
		filters=json.dumps([[PRIVATE_ANSWER, field, "is", "set"]]),
	),
	"number card of the feedback": lambda client, field: client.call(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc=json.dumps({"document_type": "Mentoring Feedback", "function": "Count"}),
		filters=json.dumps([["Mentoring Feedback", "rating", ">", 0]]),
	),
	"group by": lambda client, field: client.call(
		"frappe.desk.listview.get_group_by_count", doctype=PRIVATE_ANSWER, current_filters="[]", field=field
	),
	"order by": lambda client, field: client.get(
		f"/api/resource/{PRIVATE_ANSWER}", order_by=f"{field.upper()} desc"
	),
	"strcmp": lambda client, field: client.get(
		f"/api/resource/{PRIVATE_ANSWER}", order_by=f"strcmp({field}, 'w') desc"
	),
	"count": lambda client, field: client.call(
		"frappe.client.get_count", doctype=PRIVATE_ANSWER, filters=[[field, "is", "set"]]
	),
	"assigned to": lambda client, field: client.call(
		"frappe.desk.listview.get_group_by_count",
		doctype=PRIVATE_ANSWER,
		current_filters=json.dumps([[PRIVATE_ANSWER, field, "is", "set"]]),
		field="assigned_to",
	),
	"heat map": lambda client, field: client.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart=json.dumps(
			{
				"document_type": PRIVATE_ANSWER,
				"chart_type": "Count",
				"type": "Heatmap",
				"based_on": "creation",
			}
		),
		filters=json.dumps([[PRIVATE_ANSWER, field, "is", "set"]]),
	),
	"expanded link": lambda client, field: client.get(
		f"/api/resource/{PRIVATE_ANSWER}", fields=json.dumps(["feedback.comment", field])
	),
}


@pytest.mark.parametrize("guess", GUESSES)
@pytest.mark.parametrize("who", ["ana", "cal", "guest", "committee"])
def test_c1_c2_h1_private_answer_guessed_by_counting(kept, groups, guest, committee, who, guess):
	client = client_of(who, groups, guest, committee)
	for field in ("going", "rating", "comment"):
		answer = GUESSES[guess](client, field)
		assert refused(answer), (field, answer.text[:500])
