"""M1: charts and number cards made by people who have no Desk."""

from __future__ import annotations

import json

import frappe
import pytest

from tests.http.rounds import look_again

TITLE = "made-by-an-attacker"
CHART = {
	"chart_name": TITLE,
	"chart_type": "Count",
	"document_type": "User",
	"based_on": "creation",
	"timeseries": 1,
	"filters_json": "[]",
	"type": "Line",
	"label": TITLE,
	"is_public": 1,
}
CARD = {"label": TITLE, "document_type": "User", "function": "Count", "filters_json": "[]", "is_public": 1}
ENTRY_POINTS = {
	"create_dashboard_chart": (
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.create_dashboard_chart",
		{"args": json.dumps(CHART)},
	),
	"create_report_chart": (
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.create_report_chart",
		{"args": json.dumps({**CHART, "chart_type": "Report", "report_name": "Prepared Report Analytics"})},
	),
	"create_number_card": (
		"frappe.desk.doctype.number_card.number_card.create_number_card",
		{"args": json.dumps(CARD)},
	),
	"create_report_number_card": (
		"frappe.desk.doctype.number_card.number_card.create_report_number_card",
		{"args": json.dumps({**CARD, "type": "Report"})},
	),
	"insert a chart": ("frappe.client.insert", {"doc": json.dumps({"doctype": "Dashboard Chart", **CHART})}),
	"insert a card": ("frappe.client.insert", {"doc": json.dumps({"doctype": "Number Card", **CARD})}),
}


@pytest.mark.parametrize("entry_point", ENTRY_POINTS)
def test_m1_no_chart_is_made_without_the_desk(member, outsider, guest, entry_point):
	method, values = ENTRY_POINTS[entry_point]
	for client in (member.client, outsider.client, guest):
		answer = client.call(method, **values)
		assert answer.status == 403, answer.text[:500]
	look_again()
	assert not frappe.db.exists("Dashboard Chart", {"chart_name": TITLE})
	assert not frappe.db.exists("Number Card", {"label": TITLE})
