"""Notifications on a device over HTTP: who turns them on, and that nobody's go to whoever uses the browser next."""

from __future__ import annotations

from functools import partial

import frappe
import pytest
import requests

from mentor_ispe.domain.push import MOST_DEVICES
from mentor_ispe.services.members import devices
from mentor_ispe.services.members.devices import COOKIE
from tests.http.client import at_once
from tests.http.people import make_api_key, make_member, make_password
from tests.http.visitor import FORMS, Visitor
from tests.push_service import Browser

DEVICE = "Mentoring Push Device"
PAGE = "/mentoring/data"
LOGOUT = "/api/method/logout"


def make_browser() -> Browser:
	return Browser(f"https://fcm.googleapis.com/fcm/send/{frappe.generate_hash()}")


def turn_on(visitor: Visitor, browser: Browser):
	token = visitor.get(PAGE).soup.select_one("input[name=csrf_token]")["value"]
	return visitor.session.post(
		f"{visitor.base_url}{FORMS}devices.turn_on",
		json=browser.given,
		headers={"X-Frappe-CSRF-Token": token, "Accept": "application/json"},
	)


def signs_in(visitor: Visitor, user: str):
	form = {"usr": user, "pwd": make_password(user)}
	return visitor.session.post(f"{visitor.base_url}/api/method/login", data=form)


def of(profile: str) -> int:
	frappe.db.rollback()
	return frappe.db.count(DEVICE, {"profile": profile})


@pytest.fixture
def joana(site):
	return make_member(full_name="Joana Example")


@pytest.fixture
def visitor(base_url, joana):
	"""Joana's browser, with notifications."""
	visitor = Visitor(base_url, joana[1])
	assert turn_on(visitor, make_browser()).ok
	assert of(joana[0]) == 1
	return visitor


def test_the_page_shows_the_device_and_removes_it(visitor, joana):
	page = visitor.get(PAGE)
	assert "this device" in page.words
	assert page.soup.select_one("[data-push-key][data-on]")
	assert "no longer gets notifications" in visitor.send(page, "devices.remove").said
	assert of(joana[0]) == 0
	assert not visitor.get(PAGE).soup.select_one("[data-on]")


def test_the_cookie_is_out_of_reach_of_scripts(base_url, joana):
	visitor = Visitor(base_url, joana[1])
	answer = turn_on(visitor, make_browser())
	(cookie,) = [cookie for cookie in visitor.session.cookies if cookie.name == COOKIE]
	assert cookie.has_nonstandard_attr("HttpOnly")
	assert cookie.value not in answer.text


@pytest.mark.parametrize("way", ["/?cmd=web_logout", LOGOUT])
def test_signing_out_takes_the_device_away(visitor, joana, base_url, way):
	visitor.session.get(f"{base_url}{way}")
	assert of(joana[0]) == 0


def test_whoever_signs_in_next_takes_it_away(visitor, joana):
	assert "Clear-Site-Data" in signs_in(visitor, make_member()[1]).headers
	assert of(joana[0]) == 0


def test_the_same_person_signs_in_again_and_keeps_it(visitor, joana):
	"""Also after the session ended by itself, of which the browser keeps no cookie but the device's."""
	for cookie in [cookie for cookie in visitor.session.cookies if cookie.name != COOKIE]:
		visitor.session.cookies.clear(cookie.domain, cookie.path, cookie.name)
	assert "Clear-Site-Data" not in signs_in(visitor, joana[1]).headers
	assert of(joana[0]) == 1


def test_another_browser_signs_out_without_it(visitor, joana, base_url):
	Visitor(base_url, joana[1]).session.get(f"{base_url}{LOGOUT}")
	assert of(joana[0]) == 1


def test_guests_keys_and_strange_addresses_are_refused(visitor, joana, base_url):
	address, given = f"{base_url}{FORMS}devices.turn_on", make_browser().given
	assert requests.post(address, json=given, timeout=60).status_code in (401, 403)
	key = {"Authorization": make_api_key(joana[1])}
	assert requests.post(address, json=given, headers=key, timeout=60).status_code == 403
	refused = turn_on(visitor, Browser("https://169.254.169.254/latest"))
	assert refused.status_code == 417
	assert "another browser" in refused.text
	assert of(joana[0]) == 1


def test_so_many_devices_hold_for_browsers_at_the_same_moment(base_url, joana):
	for _number in range(MOST_DEVICES - 1):
		devices.add(joana[0], **make_browser().given)
	frappe.db.commit()
	browsers = [Visitor(base_url, joana[1]) for _number in range(3)]
	for each in browsers:
		each.get(PAGE)  # so that the moment is that of turning on
	answers = at_once([partial(turn_on, each, make_browser()) for each in browsers])
	assert sorted(answer.status_code for answer in answers) == [200, 417, 417]
	assert of(joana[0]) == MOST_DEVICES


def test_nobody_reads_or_removes_another_s(visitor, joana, base_url):
	(name,) = frappe.get_all(DEVICE, {"profile": joana[0]}, pluck="name")
	other = Visitor(base_url, make_member()[1])
	other.post("devices.remove", device=name)
	assert of(joana[0]) == 1
	assert other.session.get(f"{base_url}/api/resource/{DEVICE}/{name}").status_code == 403
