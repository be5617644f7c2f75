"""A new coordinator goes from an empty site to the first cycle that takes applications, by the workspace's steps."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
import pytest
from frappe.utils import add_days, formatdate, nowdate
from playwright.sync_api import Page, expect

from mentor_ispe.setup import onboarding
from tests.browser.desk import Desk
from tests.browser.empty_site import empty_site

PROGRAM = "Women in Pharma of Test City"
CYCLE = f"{PROGRAM} 2031"


@pytest.fixture
def nothing_yet(site) -> Iterator[None]:
	with empty_site():
		yield


class Steps:
	"""The onboarding on the workspace."""

	def __init__(self, desk: Desk):
		self.desk, self.page = desk, desk.page
		self.box = self.page.locator(".onboarding-widget-box:visible")
		self.ticked = self.box.locator(".onboarding-step.complete")

	def start(self, title: str, button: str) -> None:
		"""Press the button of this step, as it is offered."""
		self.box.locator(".onboarding-step", has_text=title).click()
		self.box.locator(".onboarding-step-footer").get_by_role("button", name=button).click()

	def go_back(self, title: str) -> None:
		"""Frappe says that the step is done, leads back to the workspace, and ticks it there."""
		self.page.locator(".modal.show").get_by_role("button", name="Continue").click()
		self.expect_done(title)

	def expect_done(self, title: str) -> None:
		expect(self.box.locator(".onboarding-step.complete", has_text=title)).to_be_visible()
		self.desk.settle()


def fill(page: Page, field: str, value: str) -> None:
	page.locator(f".form-layout:visible [data-fieldname='{field}'] input").first.fill(value)


def publish_agreement(desk: Desk) -> None:
	desk.press("Publish")
	desk.dialog().get_by_role("button", name="Yes").click()
	expect(desk.indicator()).to_have_text("Published")


def test_new_coordinator_goes_from_the_onboarding_to_an_open_cycle(nothing_yet, coordinator):
	desk, page = coordinator, coordinator.page
	steps = Steps(desk)

	desk.open("mentoring")
	expect(steps.box.locator(".onboarding-step")).to_have_count(9)
	expect(steps.ticked).to_have_count(0)
	desk.picture("onboarding")

	steps.start("Choose your membership source", "Open the settings")
	page.wait_for_function("() => window.cur_frm?.doctype === 'Mentoring Settings' && cur_frm.doc.__unsaved")
	desk.press("Save")
	steps.go_back("Choose your membership source")

	steps.start("Add an agreement", "Add agreement")
	desk.press("Start from template")
	desk.choose("item", "Code of Conduct")
	desk.confirm("Use template")
	page.wait_for_function("() => cur_frm.doc.title === 'Code of Conduct' && cur_frm.doc.text")
	fill(page, "title", "Conduct")
	page.keyboard.press("Tab")
	fill(page, "title", "Code of Conduct")
	desk.press("Save")  # once, straight from the field
	page.locator(".modal.show .btn-modal-close").click()  # stays here: there is more to press
	publish_agreement(desk)

	page.locator("#navbar-breadcrumbs a", has_text="Mentoring").first.click()
	steps.expect_done("Add an agreement")
	steps.start("Add topics", "Add a topic")
	desk.fill("topic", "Leading a team")
	desk.confirm("Save")
	steps.expect_done("Add topics")

	steps.start("Create your first program", "Create program")
	desk.press("Start from template")
	desk.choose("item", "Mentor ISPE: Women in Pharma")
	desk.picture("template")
	desk.confirm("Use template")
	page.wait_for_function("() => cur_frm.doc.criteria?.length === 4")
	fill(page, "program_name", PROGRAM)
	desk.picture("program-from-template")
	desk.press("Save")
	steps.go_back("Create your first program")
	program = desk.stored("Mentoring Program", PROGRAM)
	assert (program["format"], program["requires_moderator"], program["group_size_max"]) == ("Group", 1, 8)
	assert program["recipients"] == [], "the template's people stay where they are"
	code, *drafts = [
		(row["required_of"], desk.stored("Mentoring Agreement", row["agreement"]))
		for row in program["agreements"]
	]
	assert (code[0], code[1]["title"], code[1]["status"]) == ("Everyone", "Code of Conduct", "Published")
	assert [part for part, _draft in drafts] == ["Everyone", "Moderators"]
	for _part, draft in drafts:
		desk.open_record("Mentoring Agreement", draft["name"])
		expect(desk.indicator()).to_have_text("Draft")
		publish_agreement(desk)
	page.locator("#navbar-breadcrumbs a", has_text="Mentoring").first.click()

	steps.start("Publish your program", "Open program")
	desk.press("Publish")
	steps.go_back("Publish your program")

	steps.start("Plan your first cycle", "Add cycle")
	page.wait_for_function("() => cur_frm?.doctype === 'Mentoring Cycle' && cur_frm.is_new()")
	fill(page, "cycle_name", CYCLE)
	desk.link(page.locator(".form-layout:visible [data-fieldname='program'] input").first, PROGRAM)
	for field, days in (("application_from", 0), ("application_until", 20), ("start_date", 40)):
		fill(page, field, formatdate(add_days(nowdate(), days)))
		page.keyboard.press("Tab")
	page.wait_for_function("() => cur_frm.doc.end_date")
	desk.press("Save")
	steps.go_back("Plan your first cycle")

	steps.start("Open the cycle for applications", "Open the cycle")
	desk.press("Open for applications")
	expect(desk.dialog()).to_contain_text("Nobody gets an email.")
	desk.picture("before-opening")
	desk.confirm("Open for applications")
	expect(desk.indicator()).to_have_text("Open")

	desk.open("mentoring")
	expect(steps.ticked).to_have_count(7)
	steps.start("Put mentoring on your website", "Open the settings")
	page.wait_for_function("() => window.cur_frm?.doctype === 'Mentoring Settings' && cur_frm.doc.__unsaved")
	fill(page, "join_url", "https://example.org/join")
	desk.press("Save")
	steps.go_back("Put mentoring on your website")
	steps.start("Share the members' page", "View applications")
	page.wait_for_url("**/app/mentee**")
	expect(desk.dialog()).to_be_visible()
	desk.settle()
	desk.open("mentoring")
	expect(page.locator(".codex-editor .ce-block:visible").first).to_be_visible()
	expect(steps.box).to_have_count(0)

	frappe.db.rollback()
	assert frappe.db.get_value("Mentoring Cycle", CYCLE, "status") == "Open"
	assert all(
		frappe.get_all("Onboarding Step", {"name": ("in", list(onboarding.DONE_BY))}, pluck="is_complete")
	)
	page.goto(f"{desk.base_url}/mentoring")
	expect(page.get_by_text(PROGRAM).first).to_be_visible()
