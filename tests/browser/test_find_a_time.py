"""A group finds a time: everyone's clock follows what is typed; a poll is answered from the mail on a phone."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from mentor_ispe.permissions import signed_links
from tests.browser.portal import PHONE, Walk
from tests.http.portal_groups import world

__all__ = ["world"]  # a fixture, used by name


@pytest.fixture
def options() -> dict:
	return {"viewport": PHONE}


@pytest.fixture
def moderator(page, base_url, world) -> Walk:
	"""Ben, in Tokyo, signed in by the form."""
	walk = Walk(page, base_url)
	walk.sign_in_by_form(world.people["ben"][1], "/mentoring/groups")
	return walk


def test_clocks_follow_and_a_poll_becomes_the_meeting(moderator, world, base_url, browser):
	walk, page = moderator, moderator.page
	walk.open(f"{world.base}/meetings")
	form = page.locator("form#plan-one")
	form.locator("[name=starts_on]").fill(f"{add_days(nowdate(), 30)}T23:30")
	form.locator("[name=duration_minutes]").press("Tab")
	expect(form.locator("[data-clocks]")).to_contain_text("11:30 PM Tokyo")
	expect(form.locator("[data-clocks] strong").first).to_have_text("at night")
	walk.picture("find-a-time-clocks")

	form.locator("[name=starts_on]").fill(f"{add_days(nowdate(), 31)}T10:00")
	form.locator("[name=focus]").press("Enter")
	walk.hears("is scheduled. Everyone has been invited")
	expect(page.get_by_role("link", name="Add to calendar")).to_be_visible()
	walk.picture("find-a-time-planned")
	walk.open(f"{world.base}/meetings")

	walk.unfold("Ask everyone which times work")
	walk.picture("find-a-time-ask")
	walk.press("Ask the others")
	walk.hears("Your poll is open")
	walk.picture("find-a-time-poll")
	frappe.db.rollback()
	poll = frappe.get_all("Mentoring Poll", {"mentoring_group": world.name}, ["name", "ends_on"])[0]

	for name in ("ana", "cal"):
		token = signed_links.make(signed_links.POLL, world.profile[name], poll.name, poll.ends_on)
		context = browser.new_context(viewport=PHONE, java_script_enabled=False)
		guest = Walk(context.new_page(), base_url)
		guest.open(f"/mentoring/poll?token={token}&time=2")
		guest.picture(f"find-a-time-mail-{name}")
		guest.press("Send my answer")
		guest.sees("You have answered" if name == "ana" else "The meeting is scheduled")
		context.close()
	frappe.db.rollback()
	assert frappe.db.get_value("Mentoring Poll", poll.name, "status") == "Decided"
