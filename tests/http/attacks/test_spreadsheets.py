"""M5: names and words that a spreadsheet would run, in everything that staff export."""

from __future__ import annotations

import csv
import io
import json

import frappe
import openpyxl
import pytest
import requests

from mentor_ispe.domain.spreadsheet_cells import inert
from tests import factories as make
from tests.http.client import Client
from tests.http.people import make_api_key, make_staff

FORMULAS = (
	'=HYPERLINK("https://evil.example","Bonus")',
	"+cmd|' /C calc'!A0",
	"-2+3+cmd|' /C calc'!A0",
	"@SUM(1+1)",
	"\t=1+1",
	"  =1+1",
	"<b>=1+1</b>",
	"\u200b=1+1",
)
STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def staff(site, base_url) -> Client:
	return Client(
		base_url, make_api_key(make_staff("Mentoring Coordinator", "System Manager", "Report Manager"))
	)


@pytest.fixture(scope="module")
def names(site) -> list[str]:
	"""Profiles whose names are formulas."""
	made = []
	for formula in FORMULAS:
		profile = make.make_profile(employer=formula)
		frappe.db.set_value("Mentoring Profile", profile.name, {"full_name": formula, "city": formula})
		made.append(profile.name)
	frappe.db.commit()
	return made


def download(client: Client, method: str, **values) -> bytes:
	response = requests.post(
		f"{client.base_url}/api/method/{method}", headers=client.headers, data=values, timeout=120
	)
	assert response.status_code == 200, response.text[:1000]
	return response.content


def active_in_csv(content: bytes) -> list[str]:
	rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
	return [cell for row in rows for cell in row if cell.strip("\u200b ").startswith(STARTS)]


def active_in_workbook(content: bytes) -> list[str]:
	book = openpyxl.load_workbook(io.BytesIO(content))
	return [
		str(cell.value)
		for sheet in book
		for row in sheet.iter_rows()
		for cell in row
		if cell.data_type == "f" or str(cell.value or "").strip("\u200b ").startswith(STARTS)
	]


def there(content: bytes, kind: str) -> bool:
	"""Whether the export has the formulas at all, as text."""
	if kind == "CSV":
		return b"HYPERLINK" in content
	return any(
		"HYPERLINK" in str(cell.value)
		for sheet in openpyxl.load_workbook(io.BytesIO(content))
		for row in sheet.iter_rows()
		for cell in row
	)


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_m5_report_view_exports_text(staff, names, kind):
	content = download(
		staff,
		"frappe.desk.reportview.export_query",
		doctype="Mentoring Profile",
		file_format_type=kind,
		title="x",
		fields=json.dumps(
			[
				"`tabMentoring Profile`.`name`",
				"`tabMentoring Profile`.`full_name`",
				"`tabMentoring Profile`.`city`",
			]
		),
		filters=json.dumps([["Mentoring Profile", "name", "in", names]]),
	)
	assert there(content, kind)
	assert (active_in_csv if kind == "CSV" else active_in_workbook)(content) == []


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_m5_a_report_exports_text(staff, names, kind):
	if not frappe.db.exists("Report", "Attack on spreadsheets"):
		frappe.get_doc(
			{
				"doctype": "Report",
				"report_name": "Attack on spreadsheets",
				"ref_doctype": "Mentoring Profile",
				"report_type": "Query Report",
				"is_standard": "No",
				"query": "select full_name as `Name:Data:100`, city as `City:Data:100` from `tabMentoring Profile`",
			}
		).insert()
		frappe.db.commit()
	try:
		content = download(
			staff,
			"frappe.desk.query_report.export_query",
			report_name="Attack on spreadsheets",
			file_format_type=kind,
			filters="{}",
			visible_idx="[]",
		)
	finally:
		frappe.delete_doc("Report", "Attack on spreadsheets", force=True)
		frappe.db.commit()
	assert there(content, kind)
	assert (active_in_csv if kind == "CSV" else active_in_workbook)(content) == []


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_m5_a_data_export_is_text(staff, names, kind):
	content = download(
		staff,
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype="Mentoring Profile",
		parent_doctype="Mentoring Profile",
		all_doctypes="false",
		with_data="1",
		select_columns=json.dumps({"Mentoring Profile": ["name", "full_name", "city"]}),
		file_type=kind,
		filters=json.dumps({"name": ["in", names]}),
	)
	assert there(content, kind)
	assert (active_in_csv if kind == "CSV" else active_in_workbook)(content) == []


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_m5_a_template_with_records_is_text(staff, names, kind):
	content = download(
		staff,
		"frappe.core.doctype.data_import.data_import.download_template",
		doctype="Mentoring Profile",
		export_fields=json.dumps({"Mentoring Profile": ["name", "full_name", "city"]}),
		export_records="by_filter",
		export_filters=json.dumps([["Mentoring Profile", "name", "in", names]]),
		file_type=kind,
	)
	assert there(content, kind)
	assert (active_in_csv if kind == "CSV" else active_in_workbook)(content) == []


def test_m5_our_own_template_for_applications_is_text(staff, names):
	cycle = make.make_cycle().name
	frappe.db.commit()
	content = download(staff, "mentor_ispe.api.desk.applicants_template", doctype="Mentee", cycle=cycle)
	assert there(content, "CSV")
	assert active_in_csv(content) == []


def test_m5_signed_numbers_stay_numbers():
	for cell in ("-5", "+49 (170) 12-34", "-0.5", "-", 5, None, -3.5, "a=b", "user@example.org"):
		assert inert(cell) == cell
	for cell in (*FORMULAS[:6], "＝1", "-1e=cmd", "+1;A1", "\x0b=1", "\r=1"):
		assert inert(cell) == f"'{cell}"
