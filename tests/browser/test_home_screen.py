"""The members' pages as an app: read without a connection, only by whoever read them; and its notifications."""

from __future__ import annotations

import json
from collections.abc import Iterator

import frappe
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.portal import PHONE, Walk
from tests.http.people import make_member, make_password
from tests.push_service import Browser as Subscriber

READY = "() => navigator.serviceWorker.ready.then(() => true)"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
KEPT = """async () => {
	const pages = await caches.open("mentoring-pages");
	return (await pages.keys()).map((each) => new URL(each.url).pathname + new URL(each.url).search);
}"""
WHOLE = """async () => {
	const answers = [];
	for (const name of await caches.keys()) {
		const cache = await caches.open(name);
		for (const request of await cache.keys()) answers.push(await (await cache.match(request)).text());
	}
	return answers.join("\\n");
}"""


@pytest.fixture
def context(browser, site) -> Iterator[BrowserContext]:
	context = browser.new_context(viewport=PHONE, locale="en-GB", timezone_id="UTC")
	yield context
	context.close()


@pytest.fixture
def phone(context) -> Page:
	return context.new_page()


def sign_in(page: Page, base_url: str, user: str) -> None:
	"""By a script of a page of the site, as Frappe's login does it."""
	page.goto(f"{base_url}/mentoring/offline")
	script = """async ([usr, pwd]) => (await fetch("/api/method/login", {
		method: "POST", body: new URLSearchParams({ usr, pwd }),
	})).ok"""
	assert page.evaluate(script, [user, make_password(user)])


def read(page: Page, base_url: str, *paths: str) -> None:
	"""Open the pages, once the worker is there."""
	page.goto(f"{base_url}/mentoring")
	page.evaluate(READY)
	page.wait_for_function(CONTROLLED)
	for path in paths:
		page.goto(f"{base_url}{path}")
		page.wait_for_function(f"async () => (await ({KEPT})()).includes({path!r})")


@pytest.fixture
def joana(site) -> str:
	return make_member(full_name="Joana Example")[1]


@pytest.fixture
def ben(site) -> str:
	return make_member(full_name="Ben Example")[1]


def test_pages_that_were_read_can_be_read_without_a_connection(phone, context, base_url, joana):
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/profile", "/mentoring/groups")
	context.set_offline(True)
	phone.goto(f"{base_url}/mentoring/profile#here")
	expect(phone.locator("h1")).to_have_text("Your profile")
	expect(phone.locator("#offline")).to_be_visible()
	phone.goto(f"{base_url}/mentoring/library")
	expect(phone.locator("h1")).to_have_text("You're offline")
	expect(phone.get_by_text("Joana")).to_have_count(0)
	context.set_offline(False)
	phone.goto(f"{base_url}/mentoring/profile")
	expect(phone.locator("#offline")).to_be_hidden()


def test_a_form_without_a_connection_keeps_what_was_typed(phone, context, base_url, joana):
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/profile")
	name = phone.get_by_label("Your name")
	name.fill("Joana Maria Example")
	context.set_offline(True)
	name.press("Enter")
	expect(phone.locator("#offline")).to_be_focused()
	expect(name).to_have_value("Joana Maria Example")
	context.set_offline(False)
	expect(phone.locator("#offline")).to_be_hidden()
	name.press("Enter")
	expect(phone.locator("#said")).to_contain_text("saved")


@pytest.mark.parametrize("way", ["/?cmd=web_logout", "/api/method/logout"])
def test_nothing_is_left_after_signing_out(phone, context, base_url, joana, way):
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/profile")
	assert "Joana Example" in phone.evaluate(WHOLE)
	phone.goto(f"{base_url}{way}")
	phone.go_back()  # the button of the browser shows no page that was read before
	assert "/login" in phone.url
	phone.goto(f"{base_url}/mentoring")
	assert "Joana" not in phone.evaluate(WHOLE)
	assert phone.evaluate(KEPT) == []


def test_nothing_is_left_once_the_session_is_known_to_have_ended(phone, context, base_url, joana):
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/profile")
	context.clear_cookies()
	phone.goto(f"{base_url}/mentoring/profile")
	assert "/login" in phone.url
	phone.goto(f"{base_url}/mentoring")
	phone.wait_for_function(f"async () => (await ({KEPT})()).length === 0")
	assert "Joana" not in phone.evaluate(WHOLE)


def test_who_signs_in_next_finds_nothing_of_the_first(phone, context, base_url, joana, ben):
	"""Also without having signed out, and before the next page was opened."""
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/profile")
	sign_in(phone, base_url, ben)
	assert "Joana" not in phone.evaluate(WHOLE)
	read(phone, base_url, "/mentoring/profile")
	context.set_offline(True)
	phone.goto(f"{base_url}/mentoring/profile")
	expect(phone.get_by_label("Your name")).to_have_value("Ben Example")
	assert "Joana" not in phone.evaluate(WHOLE)


def test_what_is_too_old_is_shown_no_more(phone, context, base_url, joana):
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/profile")
	phone.evaluate(
		"""async () => {
			const pages = await caches.open("mentoring-pages");
			const old = await pages.match("/mentoring/profile");
			const headers = new Headers(old.headers);
			headers.set("X-Kept-Until", "1");
			await pages.put("/mentoring/profile", new Response(await old.text(), { headers }));
		}"""
	)
	context.set_offline(True)
	phone.goto(f"{base_url}/mentoring/profile")
	expect(phone.locator("h1")).to_have_text("You're offline")
	assert phone.evaluate(KEPT) == []


def test_links_with_a_secret_and_other_pages_are_not_kept(phone, base_url, joana):
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/groups")
	for name in ("token", "key", "k"):
		phone.goto(f"{base_url}/mentoring/groups?{name}=abc")
	phone.goto(f"{base_url}/me")
	read(phone, base_url, "/mentoring/library")
	kept = phone.evaluate(KEPT)
	assert not [path for path in kept if "=abc" in path or not path.startswith("/mentoring")]
	assert "/mentoring/library" in kept


# What Chromium's own push service would answer: it takes no part in a test.
SUBSCRIBED = """([endpoint, p256dh, auth]) => {
	let there = null;
	const agreed = {
		endpoint,
		toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
		unsubscribe: async () => { there = null; return true; },
	};
	PushManager.prototype.getSubscription = async () => there;
	PushManager.prototype.subscribe = async () => (there = agreed);
	if (sessionStorage.getItem("agreed")) there = agreed;
	sessionStorage.setItem("agreed", "yes");
}"""
SHOWN = """async () => {
	const worker = await navigator.serviceWorker.ready;
	const shown = await worker.getNotifications();
	return shown.map(({ title, body, tag, data }) => [title, body, data.path, tag].join(" · "));
}"""


def test_notifications_are_turned_on_shown_and_turned_off(phone, context, base_url, joana):
	given = Subscriber(f"https://fcm.googleapis.com/fcm/send/{frappe.generate_hash()}").given
	phone.add_init_script(f"({SUBSCRIBED})({json.dumps(list(given.values()))})")
	context.grant_permissions(["notifications"], origin=base_url)
	sign_in(phone, base_url, joana)
	read(phone, base_url, "/mentoring/data")
	switch = phone.get_by_role("button", name="Turn on notifications")
	switch.click()
	expect(phone.get_by_text("(this device)")).to_be_visible()
	expect(switch).to_be_hidden()
	Walk(phone, base_url).picture("notifications-on")

	devtools = context.new_cdp_session(phone)
	workers: list[dict] = []
	devtools.on(
		"ServiceWorker.workerRegistrationUpdated", lambda event: workers.extend(event["registrations"])
	)
	devtools.send("ServiceWorker.enable")
	phone.evaluate(READY)
	for line in ("View meeting", "Respond"):  # of one mail: the second takes the place of the first
		message = {"title": "Example Society", "line": line, "path": "/mentoring/groups", "name": "m1"}
		devtools.send(
			"ServiceWorker.deliverPushMessage",
			{"origin": base_url, "registrationId": workers[0]["registrationId"], "data": json.dumps(message)},
		)
		phone.wait_for_function(
			f"async () => (await ({SHOWN})()).join() === {' · '.join(message.values())!r}"
		)

	phone.get_by_role("button", name="Remove").click()
	expect(phone.locator("#said")).to_contain_text("no longer gets notifications")
	expect(switch).to_be_visible()
