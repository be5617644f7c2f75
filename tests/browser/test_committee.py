"""The committee's Desk: figures and what it was sent, no record of a person, and nothing that refuses it."""

from __future__ import annotations

import re

import frappe
import pytest
from playwright.sync_api import expect

from tests import factories as make

REFUSED = re.compile(r"not permitted|don't have|no permission|insufficient", re.IGNORECASE)


@pytest.fixture
def group(site):
	"""A running group of two, committed."""
	group = make.make_active_group(members=2)
	frappe.db.commit()
	return group


def test_committee_finds_figures_on_its_workspace_and_everything_there_opens(committee, group):
	desk, page = committee, committee.page
	desk.open("mentoring")
	for chart in ("Progress by Cycle", "Participants by Role"):
		expect(
			page.locator(".dashboard-widget-box", has_text=chart).locator(".chart-container svg")
		).to_be_visible()
	expect(page.locator(".dashboard-widget-box")).to_have_count(2)
	expect(page.locator(".number-widget-box:visible, .needs-you:visible")).to_have_count(0)
	desk.picture("committee-workspace")
	links = page.locator(".links-widget-box:visible .link-item")
	routes = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
	assert len(routes) >= 18
	for route in routes:
		page.goto(f"{desk.base_url}{route}")
		page.wait_for_function("window.cur_page && !document.querySelector('.splash')")
		desk.settle()
		expect(page.locator(".modal.show")).to_have_count(0)
		expect(page.get_by_text(REFUSED)).to_have_count(0)


def test_committee_opens_a_program_and_a_cycle_without_a_refusal(committee, group):
	desk, page = committee, committee.page
	program = frappe.db.get_value("Mentoring Cycle", group.cycle, "program")
	for doctype, name in (("Mentoring Program", program), ("Mentoring Cycle", group.cycle)):
		desk.open_record(doctype, name)
		desk.settle()
		expect(page.locator(".modal.show")).to_have_count(0)
		expect(desk.button("Save")).to_have_count(0)
		expect(page.locator(".cycle-overview")).to_have_count(0)


@pytest.mark.parametrize(
	"doctype",
	["Mentee", "Mentor", "Mentoring Profile", "Mentoring Group", "Mentoring Workshop", "Guest Speaker"],
)
def test_committee_opens_a_list_of_people(committee, doctype):
	desk, page = committee, committee.page
	page.goto(f"{desk.base_url}/app/{doctype.lower().replace(' ', '-')}")
	expect(page.get_by_text("Not permitted")).to_be_visible()
