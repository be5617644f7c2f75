"""The time zone of a member's device: put in for somebody new, asked about when it is another one."""

from __future__ import annotations

import frappe
import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.browser.portal import PHONE, Walk
from tests.http.people import make_member

DEVICE = "Asia/Kolkata"


@pytest.fixture
def options() -> dict:
	return {"viewport": PHONE, "timezone_id": DEVICE}


@pytest.fixture
def walk(page, base_url) -> Walk:
	return Walk(page, base_url)


def zone_of(profile: str) -> tuple[str, int]:
	frappe.db.rollback()
	return frappe.db.get_value("Mentoring Profile", profile, ["time_zone", "keeps_time_zone"])


def test_somebody_new_starts_with_the_zone_of_the_device(page, walk, site):
	user = make.make_user(first_name="Ira", language="en").name
	frappe.db.commit()
	walk.sign_in(user)
	walk.open("/mentoring/profile")
	expect(page.get_by_label("Time zone")).to_have_value(DEVICE)


def test_a_device_elsewhere_is_asked_about_and_taken_over(page, walk, site):
	profile, user = make_member(time_zone="Europe/Zurich")
	walk.sign_in(user)
	walk.open("/mentoring")
	walk.sees("Your device is in Kolkata now. Use this time zone?")
	walk.picture("device-zone")
	walk.press("Use this time zone")
	walk.hears("are now shown as in Kolkata")
	expect(page.locator("[data-device-zone]")).to_be_hidden()
	assert zone_of(profile) == (DEVICE, 0)


def test_whoever_keeps_their_zone_is_never_asked_again(page, walk, site):
	profile, user = make_member(time_zone="Europe/Zurich")
	walk.sign_in(user)
	walk.open("/mentoring")
	walk.press("Keep Zurich and don't ask again")
	walk.hears("Your time zone stays as it is.")
	expect(page.locator("[data-device-zone]")).to_have_count(0)
	assert zone_of(profile) == ("Europe/Zurich", 1)


def test_a_zone_that_shows_the_same_time_is_not_asked_about(page, walk, site):
	_profile, user = make_member(time_zone="Asia/Colombo")
	walk.sign_in(user)
	walk.open("/mentoring")
	expect(page.locator("[data-device-zone]")).to_be_hidden()
