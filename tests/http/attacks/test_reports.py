"""Reports over HTTP: who gets one in which way, and what somebody may send as a filter."""

from __future__ import annotations

import json
from time import monotonic

import frappe
import pytest

from mentor_ispe.roles import COMMITTEE
from tests import factories as make
from tests.http.client import Client
from tests.http.people import make_member
from tests.site.reports.all_reports import all_reports

REPORTS = all_reports()
NAMES = [each.name for each in REPORTS]
PREPARED = "frappe.core.doctype.prepared_report.prepared_report"
WAITED_SECONDS = 120


@pytest.fixture(scope="module")
def clients(site, keyed, committee, coordinator) -> dict[str, Client]:
	outsider = make.make_user().name
	frappe.db.commit()
	return {
		"member": keyed(make_member()[1]),
		"outsider": keyed(outsider),
		"committee": committee,
		"coordinator": coordinator,
	}


def _not_for(kind: str) -> list[str]:
	return [each.name for each in REPORTS if kind != "committee" or COMMITTEE not in each.roles]


def _job_is_over(name: str) -> frappe._dict:
	"""The prepared report when its job has ended; fails when no worker takes it up."""
	until = monotonic() + WAITED_SECONDS
	while monotonic() < until:
		frappe.db.rollback()
		found = frappe.db.get_value("Prepared Report", name, ["status", "error_message"], as_dict=True)
		if found.status in ("Error", "Completed"):
			return found
	raise AssertionError(f"no worker made {name}")


@pytest.mark.parametrize("kind", ["member", "outsider", "committee"])
def test_c7_prepared_report_is_made_for_nobody_whom_the_report_is_not_for(clients, kind):
	"""The attack: make_prepared_report asks for nothing, and its job gives the file to whoever asked."""
	client, made = clients[kind], {}
	# The job asks for the roles of the report and for nothing else of it: one of each set of them.
	for report in {
		frozenset(each.roles): each.name for each in REPORTS if each.name in _not_for(kind)
	}.values():
		answered = client.call(f"{PREPARED}.make_prepared_report", report_name=report, filters="{}")
		if answered.ok:
			made[report] = answered.result["name"]
	for report, name in made.items():
		assert _job_is_over(name).status == "Error", report
		assert "access to the report" in _job_is_over(name).error_message
	assert not frappe.get_all(
		"File", {"attached_to_doctype": "Prepared Report", "attached_to_name": ("in", [*made.values(), ""])}
	)
	for name in made.values():
		assert client.get(f"/api/resource/Prepared Report/{name}").status == 403
		assert client.get(f"/api/method/{PREPARED}.download_attachment", dn=name).status in (403, 417)


@pytest.mark.parametrize("kind", ["member", "outsider", "committee"])
@pytest.mark.parametrize(
	("method", "values"),
	[
		("frappe.desk.query_report.run", {"filters": "{}", "ignore_prepared_report": 1}),
		("frappe.desk.query_report.run", {"filters": "{}", "user": "Administrator"}),
		("frappe.desk.query_report.get_script", {}),
		(
			"frappe.desk.query_report.export_query",
			{"filters": "{}", "file_format_type": "CSV", "visible_idx": "[]"},
		),
		("frappe.desk.query_report.save_report", {"reference_report": "", "columns": "[]", "filters": "{}"}),
	],
	ids=["run", "run_as_another", "get_script", "export_query", "save_report"],
)
def test_c7_report_is_given_to_nobody_whom_it_is_not_for(clients, kind, method, values):
	for report in _not_for(kind):
		asked = {**values, "report_name": report}
		if "reference_report" in asked:
			asked |= {"reference_report": report, "report_name": f"{report} of mine"}
		answered = clients[kind].call(method, **asked)
		assert answered.status == 403, (report, answered.text[:500])


@pytest.mark.parametrize("kind", ["member", "outsider", "committee"])
def test_c7_prepared_report_of_a_coordinator_is_given_to_nobody_else(clients, kind):
	made = clients["coordinator"].call(
		f"{PREPARED}.make_prepared_report", report_name="Mentees Waiting", filters="{}"
	)
	name = made.result["name"]
	assert _job_is_over(name).status == "Completed"
	address = frappe.get_all("File", {"attached_to_name": name}, pluck="file_url")[0]
	assert clients["coordinator"].get(address).status == 200
	client = clients[kind]
	assert client.get(address).status == 403
	assert client.get(f"/api/method/{PREPARED}.download_attachment", dn=name).status in (403, 417)
	for report in ("Mentees Waiting", "Mentoring Overview"):
		shown = client.call(
			"frappe.desk.query_report.run",
			report_name=report,
			filters=json.dumps({"prepared_report_name": name}),
		)
		assert shown.status == 403 or "Waiting for" not in shown.text


WRONG = {
	"a list": ["A", "B"],
	"an object": {"like": "%"},
	"JSON in JSON": json.dumps({"program": ["x"]}),
	"half of a character": "\ud800",
	"a long text": "x" * 100_000,
	"no day": "31/12/2027",
	"a day after all days": "9999-12-31",
	"a number": 1e300,
	"a truth": True,
}


@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_m8_wrong_filters_are_refused_in_words(clients, report):
	"""The attack: lists and objects came to the database, and out as 500. Each filter alone is tried on a site."""
	names = ("program", "cycle", "from_date", "to_date", "shown", *report.choices, *report.checks)
	for wrong, value in WRONG.items():
		answered = clients["coordinator"].call(
			"frappe.desk.query_report.run",
			report_name=report.name,
			filters=json.dumps(dict.fromkeys(names, value)),
		)
		assert answered.status == 417, (wrong, answered.text[:1000])
		assert "The filter " in answered.words, wrong
