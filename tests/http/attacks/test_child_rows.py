"""Rows of tables, asked for through a DocType of which one may read one's own documents."""

from __future__ import annotations

import json

import frappe
import pytest

from tests import factories as make
from tests.http.client import Answer, Client
from tests.http.people import make_member

WAYS = {
	"client_get_list": lambda client, table, parent: client.get(
		"/api/method/frappe.client.get_list",
		doctype=table,
		parent=parent,
		fields='["*"]',
		limit_page_length=0,
	),
	"client_get_value": lambda client, table, parent: client.call(
		"frappe.client.get_value",
		doctype=table,
		parent=parent,
		fieldname="parent",
		filters={"parent": ("!=", "x")},
	),
	"rest_v1": lambda client, table, parent: client.get(
		f"/api/resource/{table}", parent=parent, fields='["*"]', limit_page_length=0
	),
	"reportview": lambda client, table, parent: client.call(
		"frappe.desk.reportview.get",
		doctype=table,
		parent_doctype=parent,
		fields='["parent","owner"]',
		filters="[]",
		page_length=1000,
	),
}


def parents_in(answer: Answer) -> set[str]:
	"""The documents whose rows came out."""
	found = answer.result
	if isinstance(found, dict) and "keys" in found:
		found = [dict(zip(found["keys"], row, strict=True)) for row in found["values"]]
	rows = [found] if isinstance(found, dict) else found or ()
	return {row["parent"] for row in rows if "parent" in row}


@pytest.fixture(scope="module")
def people(site) -> str:
	"""A member with a role and a Contact, and an application with a topic."""
	profile, user = make_member()
	frappe.get_doc(
		{"doctype": "Contact", "first_name": "Priva", "email_ids": [{"email_id": user, "is_primary": 1}]}
	).insert(ignore_permissions=True)
	topic = frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
	cycle = make.make_cycle(make.make_program().name).name
	make.make_mentee(cycle, profile=profile, topics=[{"topic": topic}])
	frappe.db.commit()
	return user


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
	("table", "parent"),
	[
		("Has Role", "User"),
		("DefaultValue", "User"),
		("User Social Login", "User"),
		("Contact Email", "Contact"),
		("Dynamic Link", "Contact"),
		("Dynamic Link", "Address"),
	],
)
def test_whoever_is_signed_in_reads_the_rows_of_all_logins_and_contacts(
	people, outsider, committee, way, table, parent
):
	"""The attack: who has which role, by address, and the addresses of all Contacts."""
	answer = WAYS[way](outsider.client, table, parent)
	assert answer.status < 500, answer.text[:500]
	assert people not in answer.text
	assert parents_in(answer) <= {outsider.user}, answer.text[:500]
	assert people not in WAYS[way](committee, table, parent).text


@pytest.mark.parametrize("way", WAYS)
def test_the_committee_reads_the_topics_of_applications_through_its_resources(people, committee, way):
	answer = WAYS[way](committee, "Mentoring Topic Item", "Mentoring Resource")
	assert answer.ok, answer.text[:500]
	resources = set(frappe.get_all("Mentoring Resource", pluck="name"))
	assert parents_in(answer) <= resources, answer.text[:500]


def test_a_coordinator_reads_them_where_they_stand(people, coordinator: Client):
	answer = WAYS["client_get_list"](coordinator, "Mentoring Topic Item", "Mentee")
	assert set(frappe.get_all("Mentee", pluck="name")) & parents_in(answer)
	assert not parents_in(
		WAYS["client_get_list"](coordinator, "Mentoring Topic Item", "Mentoring Resource")
	) - set(frappe.get_all("Mentoring Resource", pluck="name"))


def test_the_committee_counts_the_topics_of_applications_through_its_resources(people, committee):
	answer = committee.call(
		"frappe.desk.reportview.get_count",
		doctype="Mentoring Topic Item",
		parent_doctype="Mentoring Resource",
		fields="[]",
		filters=json.dumps([["parenttype", "in", ["Mentee", "Mentor"]]]),
	)
	assert not answer.ok or not answer.result, answer.text[:500]
