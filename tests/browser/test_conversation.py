"""Two people write to each other on their phones; nothing typed is lost; a coordinator opens what they wrote."""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import SimpleNamespace

import frappe
import pytest
from PIL import Image
from playwright.sync_api import expect

from mentor_ispe.services.conversation import writing
from tests import factories as make
from tests.browser.portal import LAPTOP, PHONE, Walk
from tests.http.people import make_member

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def options() -> dict:
	return {"viewport": PHONE}


@pytest.fixture
def pair(site) -> SimpleNamespace:
	"""Mara mentors Tom; he has written."""
	people = {name: make_member(full_name=name) for name in ("Mara Lindqvist", "Tom Okafor")}
	profiles = [profile for profile, _user in people.values()]
	group = make.make_active_group(format="One-on-One", profiles=profiles)
	writing.send(group.name, profiles[1], "Hello Mara, I look forward to it.\nWhen shall we talk?")
	frappe.db.commit()
	return SimpleNamespace(
		name=group.name,
		profiles=profiles,
		page=f"/mentoring/groups/{group.name}/messages",
		users=[user for _profile, user in people.values()],
	)


@pytest.fixture
def mara(page, base_url, pair) -> Walk:
	walk = Walk(page, base_url)
	walk.sign_in(pair.users[0])
	return walk


@pytest.fixture
def tom(browser, base_url, pair) -> Iterator[Walk]:
	context = browser.new_context(locale="en-GB", timezone_id="Asia/Kolkata", viewport=PHONE)
	walk = Walk(context.new_page(), base_url)
	walk.sign_in(pair.users[1])
	yield walk
	context.close()


def last(walk: Walk):
	return walk.page.locator(".mentoring-message").last


def say(walk: Walk, words: str) -> None:
	walk.fill("Your message", words)
	walk.press("Send")


def test_a_pair_writes_without_leaving_the_page(mara, tom, pair):
	mara.open("/mentoring")
	mara.follow("Tom Okafor wrote to you")
	mara.sees("When shall we talk?")
	tom.open(pair.page)
	say(mara, "On Friday at noon? See https://example.org/calendar")
	expect(last(mara)).to_contain_text("On Friday at noon?")
	expect(mara.page.get_by_label("Your message")).to_have_value("")
	tom.page.evaluate(LOOK)
	expect(last(tom)).to_contain_text("On Friday at noon?")
	out = io.BytesIO()
	Image.new("RGB", (400, 240), "teal").save(out, "PNG")
	tom.page.get_by_label("Add a picture or file").set_input_files(
		{"name": "river.png", "mimeType": "image/png", "buffer": out.getvalue()}
	)
	say(tom, "This is where I live.")
	expect(last(tom).get_by_role("img")).to_have_attribute("alt", "Picture: river.jpg")
	mara.page.evaluate(LOOK)
	expect(last(mara).get_by_role("img")).to_be_visible()
	mara.picture("conversation")


def test_nothing_typed_is_lost_without_a_connection_or_a_session(mara, pair):
	mara.open(pair.page)
	mara.page.context.set_offline(True)
	say(mara, "Written in a tunnel")
	expect(mara.page.get_by_role("alert").filter(has_text="wasn't sent")).to_be_visible()
	expect(mara.page.get_by_label("Your message")).to_have_value("Written in a tunnel")
	mara.picture("conversation-unsent")
	mara.page.context.set_offline(False)
	mara.press("Send")
	expect(last(mara)).to_contain_text("Written in a tunnel")
	mara.fill("Your message", "Written after a long lunch")
	mara.page.context.clear_cookies()
	mara.press("Send")
	expect(mara.page.get_by_role("heading", name="You are signed out")).to_be_visible()
	mara.sign_in(pair.users[0])
	mara.press("Continue with what I typed")
	expect(mara.page.get_by_label("Your message")).to_have_value("Written after a long lunch")


def test_a_coordinator_opens_the_messages_with_a_reason(coordinator, pair):
	desk = coordinator
	desk.page.set_viewport_size(LAPTOP)
	desk.open_record("Mentoring Group", pair.name)
	desk.press_in_menu("More", "Open messages…")
	dialog = desk.page.locator(".modal.show")
	dialog.locator("textarea").fill("A concern was raised")
	dialog.get_by_role("button", name="Open", exact=True).click()
	expect(desk.page.locator(".modal.show").last).to_contain_text("When shall we talk?")


def test_who_has_said_hello_is_not_asked_to_any_more(mara, pair):
	silent = make.make_active_group(format="One-on-One", profiles=pair.profiles)
	frappe.db.commit()
	mara.open(f"/mentoring/groups/{silent.name}/messages")
	mara.sees("Say hello to Tom Okafor.")
	say(mara, "Hello Tom")
	expect(last(mara)).to_contain_text("Hello Tom")
	expect(mara.page.get_by_text("Say hello to Tom Okafor.")).to_have_count(0)
