"""A moderator keeps a group going from its pages, on a phone: what the queue asks, until it asks somebody else."""

from __future__ import annotations

import re

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from mentor_ispe.clock import today
from mentor_ispe.services.feedback.asking import ask_in
from mentor_ispe.services.groups import charter
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.browser.portal import PHONE, Walk
from tests.http.portal_groups import world

__all__ = ["world"]  # a fixture, used by name

SAID = "Cal looks for a first job"
QUEUE = "Your tasks as moderator"


@pytest.fixture
def options() -> dict:
	return {"viewport": PHONE}


@pytest.fixture
def moderator(page, base_url, world) -> Walk:
	"""Ben, signed in by the form."""
	walk = Walk(page, base_url)
	walk.sign_in_by_form(world.people["ben"][1], "/mentoring/groups")
	return walk


@pytest.fixture
def guide(world) -> str:
	"""Something to read, whose title is returned."""
	title = make.unique("Before you talk")
	words = {"title": title, "published": 1, "url": "https://example.org"}
	frappe.get_doc({"doctype": "Mentoring Resource", **words}).insert()
	planning.cancel(world.coming, "Ana is ill")
	frappe.db.commit()
	return title


def test_a_moderator_does_what_the_queue_asks_and_hands_over(moderator, world, guide):
	walk, page = moderator, moderator.page
	values = {"charter_expectations": "We come prepared and on time.", "charter_meet_every": 4}
	version = charter.read(world.name)["version"]
	charter.write(world.name, world.profile["ana"], {**values, "charter_meet_every_unit": "Week"}, version)
	frappe.db.set_value("Mentoring Program", world.program, "session_feedback", 1)
	frappe.db.commit()
	walk.picture("queue")

	walk.follow("Record the meeting")
	walk.fill("Cal Test", "0")
	walk.fill("Summary", SAID)
	walk.fill("What the next meeting is about", "Interviews")
	walk.fill("Action item 1", "Read Cal's letter")
	walk.choose("Who", "Ana Test")
	walk.picture("record")
	walk.press("Record the meeting")
	walk.hears("has been recorded")
	expect(page.locator("#said")).to_be_focused()
	walk.sees(SAID)
	walk.picture("meeting")

	walk.follow("My groups")
	walk.follow("Schedule the next meeting")
	walk.fill("Day and time", f"{add_days(nowdate(), 9)}T18:30", "#plan-one")
	walk.fill("What it is about", "Interviews", "#plan-one")
	walk.press("Schedule this meeting")
	walk.hears("is scheduled")
	walk.sees("Tokyo")
	walk.press("Maybe")
	walk.hears("answer has been saved")

	walk.follow("My groups")
	walk.follow(re.compile("Add an agenda or something to read"))
	walk.unfold("Write the agenda")
	walk.fill("Agenda", "1. How was it\n2. Interviews", "#prepare")
	walk.tick(guide)
	walk.press("Save agenda")
	walk.hears("agenda has been saved")
	walk.sees(guide)
	walk.picture("meeting-planned")

	frappe.clear_document_cache("Mentoring Program", world.program)
	ask_in([world.name], today())
	frappe.db.commit()
	walk.follow("My groups")
	walk.sees("to give feedback")
	walk.follow("Tell us how the meeting was.")
	walk.tick("4 stars")
	walk.fill("In your own words", "We talked openly")
	walk.picture("feedback")
	walk.press("Send feedback")
	walk.hears("Thank you")
	walk.open(world.base)
	walk.picture("group")

	walk.follow("Manage group")
	walk.choose("Hand over to", "Cal Test")
	walk.press("Hand over")
	walk.hears("new moderator")
	walk.follow("My groups")
	expect(walk.main).not_to_contain_text(QUEUE)


def test_a_form_is_sent_by_keyboard_alone(moderator, world):
	moderator.open(f"{world.base}/goals")
	page = moderator.page
	page.locator("#edit--title").focus()
	page.keyboard.type("Speak in public")
	page.keyboard.press("Enter")
	moderator.hears("goal has been saved")
