"""A coordinator closes a year and opens the next one: from the form of the old cycle, with what each step says before."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from tests import factories as make


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


def test_coordinator_closes_a_year_and_opens_the_next(coordinator, year):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Cycle", year.cycle)
	page.locator(".cycle-overview").get_by_role("button", name="Complete cycle").click()
	dialog = desk.dialog()
	expect(dialog).to_contain_text("2 groups are still open.")
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

	page.locator(".cycle-overview").get_by_role("button", name="Plan next year's cycle").click()
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
