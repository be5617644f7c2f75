"""A moderator runs a group from its pages: plans a meeting, records one, gives feedback; on a laptop and a phone."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import Page, expect

from mentor_ispe.services import charter
from mentor_ispe.services.feedback.due import ask_in
from mentor_ispe.services.standing import today
from tests.browser.conftest import pictures
from tests.http.people import make_password
from tests.http.portal_groups import world

__all__ = ["world"]  # a fixture, used by name

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
SECTIONS = ("", "/meetings", "/charter", "/goals", "/feedback", "/hours", "/more", "/concern")
SAID = "Cal looks for a first job"


@pytest.fixture
def moderator(page, base_url, world) -> Page:
	"""Ben, signed in by the form."""
	user = world.people["ben"][1]
	page.goto(f"{base_url}/login?redirect-to=/mentoring/groups")
	page.locator("#login_email").fill(user)
	page.locator("#login_password").fill(make_password(user))
	page.get_by_role("button", name="Login", exact=True).click()
	page.wait_for_url("**/mentoring/groups")
	return page


def picture(page: Page, name: str) -> None:
	if not pictures():
		return
	for size in (LAPTOP, PHONE):
		page.set_viewport_size(size)
		page.screenshot(path=pictures() / f"{name}-{size['width']}.png", full_page=True)
	page.set_viewport_size(LAPTOP)


def said(page: Page):
	return page.locator("#said")


def test_a_moderator_records_a_meeting_plans_the_next_and_gives_feedback(moderator, world, base_url):
	page = moderator
	values = {"charter_expectations": "We come prepared and on time.", "charter_meet_every": 4}
	version = charter.read(world.name)["version"]
	charter.write(world.name, world.profile["ana"], {**values, "charter_meet_every_unit": "Week"}, version)
	frappe.db.set_value("Mentoring Program", world.program, "session_feedback", 1)
	frappe.db.commit()
	picture(page, "portal-groups")

	page.get_by_role("link", name="Record the meeting").first.click()
	expect(page.get_by_role("heading", level=2, name="Record this meeting")).to_be_visible()
	page.get_by_label("Cal Test", exact=True).fill("0")
	page.get_by_label("Summary", exact=True).fill(SAID)
	page.get_by_label("What the next meeting is about").fill("Interviews")
	page.get_by_label("Action 1").fill("Read Cal's letter")
	page.get_by_label("Who", exact=True).first.select_option(label="Ana Test")
	picture(page, "portal-record")
	page.get_by_role("button", name="Record the meeting").click()
	expect(said(page)).to_contain_text("is recorded")
	expect(said(page)).to_be_focused()
	expect(page.locator("#mentoring-main")).to_contain_text(SAID)
	picture(page, "portal-meeting")

	page.get_by_role("link", name="Meetings", exact=True).click()
	form = page.locator("#plan-one")
	form.get_by_label("Day and time").fill(f"{add_days(nowdate(), 45)}T18:30")
	form.get_by_label("What it is about").fill("Interviews")
	form.get_by_role("button", name="Plan this meeting").click()
	expect(said(page)).to_contain_text("is planned")
	expect(page.locator("#mentoring-main")).to_contain_text("Asia/Tokyo")
	page.get_by_role("button", name="Yes", exact=True).click()
	expect(said(page)).to_contain_text("answer is kept")
	page.get_by_text("Write the agenda").click()
	page.get_by_role("textbox", name="Agenda").fill("1. How was it\n2. Interviews")
	page.get_by_role("button", name="Keep the agenda").click()
	expect(said(page)).to_contain_text("agenda is kept")
	picture(page, "portal-meeting-planned")

	frappe.clear_document_cache("Mentoring Program", world.program)
	ask_in([world.name], today())
	frappe.db.commit()
	page.get_by_role("link", name="Feedback", exact=True).click()
	page.get_by_label("4 stars").first.check()
	page.get_by_label("In your words").first.fill("We talked openly")
	picture(page, "portal-feedback")
	page.get_by_role("button", name="Give this feedback").click()
	expect(said(page)).to_contain_text("Thank you")

	page.goto(f"{base_url}{world.base}")
	picture(page, "portal-group")


@pytest.mark.parametrize("section", SECTIONS)
def test_a_page_fits_a_phone_and_its_fields_have_names(moderator, world, base_url, section):
	page = moderator
	page.set_viewport_size(PHONE)
	page.goto(f"{base_url}{world.base}{section}")
	for summary in page.locator("#mentoring-main summary").all():
		if summary.evaluate("each => !each.parentElement.open"):
			summary.click()
	assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
	nameless = page.evaluate(
		"[...document.querySelectorAll('#mentoring-main :is(input:not([type=hidden]), select, textarea)')]"
		".filter(field => !field.labels.length).map(field => field.name)"
	)
	assert nameless == []
	ids = page.evaluate(
		"[...document.querySelectorAll('#mentoring-main [id]')].map(each => each.id).filter(Boolean)"
	)
	assert len(ids) == len(set(ids)), sorted({each for each in ids if ids.count(each) > 1})


def test_a_form_is_sent_by_keyboard_alone(moderator, world, base_url):
	page = moderator
	page.goto(f"{base_url}{world.base}/goals")
	page.locator("#edit--title").focus()
	page.keyboard.type("Speak in public")
	page.keyboard.press("Enter")
	expect(said(page)).to_contain_text("goal is kept")
