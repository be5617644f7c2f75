"""The committee has figures and no records: what Frappe hands out in general, it hands out nothing of here."""

from __future__ import annotations

import json
from collections.abc import Callable

import frappe
import pytest

from tests.http.client import Answer, Client
from tests.http.two_groups import SECRET

READS = {
	"Mentoring Agreement",
	"Mentoring Committee Report",
	"Mentoring Cycle",
	"Mentoring Industry",
	"Mentoring Program",
	"Mentoring Resource",
	"Mentoring Topic",
}
"""The DocTypes of the app that the committee may read; all others are refused."""
NO_COLUMN = "creation"


def method(path: str, **values: str) -> Callable[[Client, str, str, str], Answer]:
	"""Calls a method of Frappe's; {doctype}, {name} and {field} in its values are filled in."""

	def call(client: Client, doctype: str, name: str, field: str) -> Answer:
		places = {"{doctype}": doctype, "{name}": name, "{field}": field}
		filled = {}
		for key, value in values.items():
			for place, word in places.items():
				value = value.replace(place, word)
			filled[key] = value
		return client.call(f"frappe.{path}", **filled)

	return call


def rest(path: str, **params: str) -> Callable[[Client, str, str, str], Answer]:
	def call(client: Client, doctype: str, name: str, field: str) -> Answer:
		filled = {key: value.replace("{field}", field) for key, value in params.items()}
		return client.get(f"/api/{path}/{doctype}", **filled)

	return call


CARD = (
	'{"doctype": "Number Card", "document_type": "{doctype}", "function": "Count", "type": "Document Type"}'
)
CHART = (
	'{"chart_type": "Group By", "document_type": "{doctype}", "group_by_type": "Count",'
	' "group_by_based_on": "{field}", "filters_json": "[]", "type": "Bar"}'
)
ENTRIES = {
	"h1_get_group_by_count": method(
		"desk.listview.get_group_by_count", doctype="{doctype}", current_filters="[]", field="{field}"
	),
	"h1_group_by_count_with_filters": method(
		"desk.listview.get_group_by_count",
		doctype="{doctype}",
		current_filters='[["{doctype}", "{field}", "is", "set"]]',
		field="owner",
	),
	"h1_number_card": method(
		"desk.doctype.number_card.number_card.get_result",
		doc=CARD,
		filters='[["{doctype}", "{field}", "is", "set"]]',
	),
	"h3_getdoc": method("desk.form.load.getdoc", doctype="{doctype}", name="{name}"),
	"h3_get_docinfo": method("desk.form.load.get_docinfo", doctype="{doctype}", name="{name}"),
	"m1_dashboard_chart": method(
		"desk.doctype.dashboard_chart.dashboard_chart.get", chart=CHART, no_cache="1", refresh="1"
	),
	"rest_list": rest("resource"),
	"rest_list_v2": rest("v2/document"),
	"rest_order_by": rest("resource", order_by="{field}"),
	"rest_group_by": rest("resource", group_by="{field}"),
	"rest_order_by_function": rest("resource", order_by="strcmp({field}, 'x')"),
	"get_list": method("client.get_list", doctype="{doctype}", order_by="{field} desc"),
	"get_value": method("client.get_value", doctype="{doctype}", fieldname="{field}", filters="{name}"),
	"get_count": method(
		"client.get_count", doctype="{doctype}", filters='[["{doctype}", "{field}", "is", "set"]]'
	),
	"reportview_get": method("desk.reportview.get", doctype="{doctype}", fields='["name", "{field}"]'),
	"reportview_count": method("desk.reportview.get_count", doctype="{doctype}", filters="[]"),
	"export": method(
		"desk.reportview.export_query", doctype="{doctype}", fields='["name"]', file_format_type="CSV"
	),
}


def _kept_from_the_committee() -> list[str]:
	ours = frappe.get_all(
		"DocType",
		{"module": "Mentor ISPE", "issingle": 0, "istable": 0, "is_virtual": 0},
		pluck="name",
		order_by="name",
	)
	return [doctype for doctype in ours if doctype not in READS]


def _columns(doctype: str) -> list[str]:
	"""Some of its columns: two above the first level of permission, if there are any, and another one.

	Not `assigned_to`, which Frappe takes for the assignments of its own.
	"""
	fields = [
		field
		for field in frappe.get_meta(doctype).fields
		if field.fieldtype in frappe.model.data_fieldtypes and field.fieldname != "assigned_to"
	]
	hidden = [field.fieldname for field in fields if field.permlevel]
	return [*hidden[:2], *[field.fieldname for field in fields if not field.permlevel][:1]] or [NO_COLUMN]


@pytest.mark.parametrize("entry", ENTRIES)
def test_h1_h3_committee_reads_a_record_through(committee, groups, entry):
	"""H1, H3, M1 and their neighbours: every DocType of people, by columns that were hidden from it."""
	kept = _kept_from_the_committee()
	assert {"Mentee", "Mentoring Group", "Mentoring Feedback", "Mentoring Workshop", "Guest Speaker"} <= set(
		kept
	)
	for doctype in kept:
		name = groups.records.get(doctype) or (frappe.get_all(doctype, pluck="name", limit=1) or ["x"])[0]
		for field in _columns(doctype):
			answered = ENTRIES[entry](committee, doctype, name, field)
			assert answered.status == 403 or (name == "x" and answered.status == 404), (
				doctype,
				field,
				answered.text[:500],
			)
			assert SECRET not in answered.text


@pytest.mark.parametrize("doctype", sorted(READS))
def test_committee_reads_what_is_its_own(committee, groups, doctype):
	"""Else the refusals above would say little."""
	assert committee.get(f"/api/resource/{doctype}").status == 200


def test_m1_committee_makes_a_chart_and_a_card_on_peoples_records(committee, groups):
	"""Frappe lets anybody make one; what it shows is asked for with the permissions of who looks."""
	made = committee.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.create_dashboard_chart",
		args=json.dumps(
			{
				"chart_name": "Mine",
				"chart_type": "Group By",
				"document_type": "Mentoring Feedback",
				"group_by_type": "Count",
				"group_by_based_on": "going",
				"filters_json": "[]",
				"type": "Bar",
			}
		),
	)
	try:
		shown = committee.call(
			"frappe.desk.doctype.dashboard_chart.dashboard_chart.get", chart_name="Mine", refresh="1"
		)
		assert 403 in (made.status, shown.status)
	finally:
		frappe.db.rollback()
		frappe.db.delete("Dashboard Chart", {"name": ("like", "Mine%")})
		frappe.db.commit()


def test_l2_committee_asks_for_the_address_of_a_guest_speaker(committee, site):
	speaker = frappe.get_doc(
		{
			"doctype": "Guest Speaker",
			"full_name": "Sam Speaker",
			"email": "sam.speaker@example.org",
			"active": 1,
		}
	).insert()
	frappe.db.commit()
	for answered in (
		committee.get(f"/api/resource/Guest Speaker/{speaker.name}"),
		committee.get("/api/resource/Guest Speaker", fields='["email"]'),
		committee.call("frappe.desk.search.search_link", doctype="Guest Speaker", txt="Sam"),
		committee.call("frappe.desk.query_report.run", report_name="Guest Speaker Requests", filters="{}"),
	):
		assert "sam.speaker" not in answered.text
		assert "Sam Speaker" not in answered.text


@pytest.mark.parametrize(
	"doctype", ["Mentoring Profile", "Mentoring Group", "Mentee", "Mentor", "Guest Speaker"]
)
def test_committee_looks_people_up_in_a_link_field(committee, groups, doctype):
	name = groups.records.get(doctype) or "x"
	for answered in (
		committee.call("frappe.desk.search.search_link", doctype=doctype, txt=""),
		committee.call(
			"frappe.desk.search.search_link", doctype=doctype, txt="", ignore_user_permissions="1"
		),
		committee.call("frappe.desk.search.search_widget", doctype=doctype, txt="", searchfield="name"),
		committee.call("frappe.client.validate_link", doctype=doctype, docname=name, fields='["name"]'),
	):
		assert answered.status == 403 or not answered.result, answered.text[:500]


def test_committee_reads_a_cycles_lists_of_people(committee, groups):
	"""What the coordinators' workspace and forms ask for names people's records."""
	for path, values in {
		"desk.cycle_overview": {"cycle": groups.cycle},
		"desk.needs_you": {},
		"desk.group_history": {"group": groups.mine.group},
		"desk.person_history": {"profile": groups.profiles["ben"]},
		"desk.mentees_waiting": {},
		"desk.lapsed_participants": {},
	}.items():
		assert committee.call(f"mentor_ispe.api.{path}", **values).status == 403
	assert committee.call("mentor_ispe.api.coordinator.funnel", cycle=groups.cycle).ok
