"""A coordinator brings in a list of people, as a file from somewhere else: chosen, checked, imported, undone."""

from __future__ import annotations

from io import BytesIO

import frappe
import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests import factories as make
from tests.browser.desk import Desk

PROFILE = "Mentoring Profile"
WORKER_MS = 180_000
"""How long the background worker may be busy with what others asked of it before."""


@pytest.fixture
def people(site) -> dict[str, str]:
	"""Somebody new, somebody new whose address is broken, somebody known by another address."""
	known = make.make_profile(full_name=f"Lin {make.unique('Abernathy').replace(' ', '')}", employer="Pfizer")
	frappe.db.commit()
	return {"new": f"{frappe.generate_hash(length=10)}@example.org", "known": known.full_name}


def workbook(people: dict[str, str]) -> bytes:
	book = Workbook()
	for row in (
		("First name", "Surname", "E-Mail", "Level", "Company", "Remarks"),
		("Ada", "Lovelace", people["new"], "Juniors", "Roche", "x"),
		(*people["known"].split(), f"other-{people['new']}", "Executive", "Pfizer", ""),
		("Cy", "Young", "nowhere", "Executive", "", ""),
	):
		book.active.append(row)
	content = BytesIO()
	book.save(content)
	return content.getvalue()


def look(desk: Desk, name: str) -> None:
	"""Keep pictures of the page as a laptop and as a phone show it, where the run asks for some."""
	if not desk.pictures:
		return
	was = desk.page.viewport_size
	for width, height in ((1280, 1000), (390, 1800)):
		desk.page.set_viewport_size({"width": width, "height": height})
		desk.picture(f"import-{name}-{width}")
	desk.page.set_viewport_size(was)


def test_coordinator_imports_a_workbook_and_undoes_it(coordinator, people):
	desk, page = coordinator, coordinator.page
	desk.open("mentoring-profile")
	desk.press("Import file")
	page.wait_for_function("window.cur_frm?.doctype === 'Mentoring Import'")
	desk.press("Save")

	page.locator(".form-layout:visible [data-fieldname='file'] button").first.click()
	dialog = desk.dialog()
	with page.expect_file_chooser() as chooser:
		dialog.get_by_role("button", name="My Device").click()
	chooser.value.set_files(
		{"name": "people.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(people)}
	)
	dialog.locator(".btn-primary:visible").click()

	column = page.get_by_label("Field for column Level")
	expect(column).to_be_visible()
	look(desk, "columns")
	expect(page.get_by_label("Field for column E-Mail")).to_have_value("fields.email")
	column.select_option(label="Career stage")
	page.get_by_label("Juniors", exact=True).select_option(label="Early Career")
	page.get_by_label("Add a value for all rows…").select_option(label="Person: Country")
	page.get_by_label("Country", exact=True).select_option(label="Ireland")
	desk.settle()
	look(desk, "words")
	page.get_by_role("button", name="Check file").click()

	rows = page.locator(".import-rows tbody tr")
	expect(page.get_by_role("button", name="Import 1 row")).to_be_visible(timeout=WORKER_MS)
	expect(rows).to_have_count(3)
	page.get_by_role("button", name="Possible duplicates: 1").click()
	expect(rows).to_have_count(1)
	look(desk, "checked")
	rows.get_by_role("button", name="Same person").click()
	page.get_by_role("button", name="Import 2 rows").click()

	expect(page.get_by_text("2 rows were imported.")).to_be_visible(timeout=WORKER_MS)
	look(desk, "imported")
	frappe.db.rollback()
	found = frappe.db.get_value(PROFILE, {"email": people["new"]}, ["full_name", "career_stage", "country"])
	assert found == ("Ada Lovelace", "Early Career", "Ireland")

	page.get_by_role("button", name="Undo import").click()
	desk.confirm("Yes")
	expect(page.get_by_text("2 rows were undone.")).to_be_visible(timeout=WORKER_MS)
	frappe.db.rollback()
	assert not frappe.db.exists(PROFILE, {"email": people["new"]})
