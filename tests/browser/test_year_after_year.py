"""A coordinator closes a year and opens the next one: from the form of the old cycle, with what each step says before."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import quote

import frappe
import pytest
from frappe.utils import add_days, formatdate, nowdate
from playwright.sync_api import Page, expect

from tests import factories as make

COUNT_CLICKS = """addEventListener("click", ({ isTrusted, detail }) => {
	if (isTrusted && detail) sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0);
}, true);"""
AT_MOST = 20
"""Clicks from the list of programs to a cycle of a new program that takes applications."""


def clicks(page: Page) -> int:
	return int(page.evaluate("sessionStorage.clicks || 0"))


@pytest.fixture
def year(site) -> SimpleNamespace:
	"""A running cycle with a group, a proposal nobody answered, and somebody without a group."""
	make.use_membership_roll()
	program = make.make_program(program_name=make.unique("Mentoring, “East” & West"), may_extend=1)
	cycle = make.make_cycle(program.name, cycle_name=f"{program.name} 2026").name
	group = make.make_active_group(members=1, cycle=cycle)
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle)
	asked = make.propose(cycle, [mentee.name], mentor.name).name
	frappe.db.set_value(
		"Mentoring Cycle",
		cycle,
		{
			"status": "Running",
			"application_from": add_days(nowdate(), -390),
			"application_until": add_days(nowdate(), -340),
			"start_date": add_days(nowdate(), -330),
			"end_date": add_days(nowdate(), -1),
		},
	)
	frappe.db.commit()
	return SimpleNamespace(cycle=cycle, group=group.name, asked=asked, program=program.name)


def test_few_clicks_lead_from_a_template_to_an_open_cycle(coordinator):
	desk, page = coordinator, coordinator.page
	page.add_init_script(COUNT_CLICKS)
	desk.open("mentoring-program")
	before = clicks(page)
	desk.press("New from template")
	desk.choose("item", "ISPE One-to-One")
	desk.confirm("Use template")
	page.wait_for_function("() => cur_frm?.is_new() && cur_frm.doc.criteria?.length")
	desk.settle()
	name = make.unique("One-to-One")
	page.locator(".form-layout:visible [data-fieldname='program_name'] input").first.fill(name)
	desk.press("Save")
	expect(desk.indicator()).to_have_text("Draft")
	desk.press("Publish")
	expect(desk.indicator()).to_have_text("Published")
	desk.press("New cycle")
	page.wait_for_function("() => cur_frm?.doctype === 'Mentoring Cycle' && cur_frm.is_new()")
	desk.settle()
	values = {"cycle_name": f"{name} 2031"}
	days = {"application_from": 0, "application_until": 20, "start_date": 40}
	values |= {field: formatdate(add_days(nowdate(), day)) for field, day in days.items()}
	for field, value in values.items():
		page.locator(f".form-layout:visible [data-fieldname='{field}'] input").first.fill(value)
		page.keyboard.press("Tab")
	page.wait_for_function("() => cur_frm.doc.end_date")
	desk.press("Save")
	expect(desk.indicator()).to_have_text("Draft")
	desk.press("Open for applications")
	desk.confirm("Open for applications")
	expect(desk.indicator()).to_have_text("Open")
	assert 0 < clicks(page) - before <= AT_MOST, "a click more is one too many"


def test_coordinator_closes_a_year_and_opens_the_next(coordinator, year):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Cycle", year.cycle)
	page.locator(".cycle-overview").get_by_role("button", name="Complete cycle").click()
	dialog = desk.dialog()
	expect(dialog).to_contain_text("2 groups are still open.")
	expect(dialog).to_contain_text("You can't undo this.")
	expect(dialog).to_contain_text("4 people get an email:")
	desk.picture("before-closing-groups")
	dialog.get_by_role("link", name="Open these groups").click()
	expect(page.locator(".frappe-list:visible .list-row")).to_have_count(2)
	page.go_back()
	desk.press("Complete cycle")
	expect(desk.dialog()).to_contain_text("4 people get an email:")
	desk.dialog().get_by_role("button", name="Complete 2 groups").click()
	expect(desk.dialog()).to_contain_text("The cycle ends for everyone in it.")
	desk.confirm("Complete cycle")
	expect(desk.indicator()).to_have_text("Completed")

	desk.press_in_menu("More", "View closing report")
	report = desk.dialog()
	expect(report.frame_locator("iframe").get_by_text("1 group completed")).to_be_visible()
	desk.picture("closing-report")
	file = page.request.get(
		f"{desk.base_url}/api/method/mentor_ispe.api.committee.closing_pdf?cycle={quote(year.cycle)}"
	)
	assert file.body().startswith(b"%PDF"), file.text()[:500]
	page.keyboard.press("Escape")
	expect(report).to_have_count(0)

	page.locator(".cycle-overview").get_by_role("button", name="Plan the next cycle").click()
	page.wait_for_function("() => cur_frm?.is_new() && cur_frm.doc.cycle_name.endsWith('2027')")
	desk.picture("next-cycle")
	desk.press("Save")
	expect(desk.indicator()).to_have_text("Draft")
	desk.press("Open for applications")
	expect(desk.dialog()).to_contain_text("4 people get an email:")
	desk.picture("before-opening-next-cycle")
	desk.confirm("Open for applications")
	expect(desk.indicator()).to_have_text("Open")

	page.locator(".cycle-overview").get_by_role("button", name="Share with members").click()
	shown = desk.dialog()
	expect(shown.get_by_role("img", name="QR code of the address")).to_be_visible()
	desk.picture("share")
	address = shown.locator("[data-fieldname='address'] .control-value").inner_text()
	page.goto(address)
	expect(page.get_by_role("heading", name=year.program).first).to_be_visible()

	frappe.db.rollback()
	states = frappe.get_all("Mentoring Group", {"cycle": year.cycle}, ["name", "status"])
	assert {row.name: row.status for row in states} == {year.group: "Completed", year.asked: "Cancelled"}
