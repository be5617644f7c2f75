"""A coordinator words an email for their association: in two languages, checked, tried out, and back to the original."""

from __future__ import annotations

import frappe
import pytest
from playwright.sync_api import expect

from mentor_ispe.mails.default_templates.matches import MATCH_PROPOSED
from mentor_ispe.mails.wordings.stored import WORDING
from tests.browser.desk import Desk


@pytest.fixture(autouse=True)
def only_originals(site):
	def forget() -> None:
		frappe.db.delete(WORDING)
		frappe.db.commit()

	forget()
	yield
	forget()


def look(desk: Desk, name: str) -> None:
	"""Keep pictures of the page as a laptop and as a phone show it, where the run asks for some."""
	if not desk.pictures:
		return
	was = desk.page.viewport_size
	for width, height in ((1280, 1000), (390, 2200)):
		desk.page.set_viewport_size({"width": width, "height": height})
		desk.picture(f"emails-{name}-{width}")
	desk.page.set_viewport_size(was)


def test_a_coordinator_words_an_email(coordinator):
	desk, page = coordinator, coordinator.page
	mail = page.frame_locator(".email-preview iframe")
	text = page.get_by_role("textbox", name="Text", exact=True)
	subject = page.get_by_role("textbox", name="Subject", exact=True)
	desk.open("mentoring-emails")
	page.get_by_label("Search emails").fill("you have a match")
	expect(page.locator(".email-title")).to_have_count(1)
	look(desk, "list")
	page.get_by_role("link", name="You have a match in [Name of the cycle]").click()

	# A field is inserted from the menu and shown as words; the preview follows.
	expect(text.locator(".email-field", has_text="Name of the group")).to_be_visible()
	subject.press("End")
	subject.press_sequentially(" with ")
	page.get_by_label("Insert field in the subject").select_option(label="Name of the mentor (may be empty)")
	text.locator("p").first.click()
	text.press("End")
	text.press_sequentially(" welcome to our spring program!")
	expect(page.locator(".email-preview-subject")).to_have_text(
		"You have a match in Mentoring 2031 with Mara Lindqvist"
	)
	expect(mail.get_by_text("Hi Tom, welcome to our spring program!")).to_be_visible()
	expect(mail.get_by_role("link", name="Accept or decline")).to_be_visible()
	look(desk, "english")

	# What can't be sent is said beside the text, and isn't kept.
	text.press_sequentially(" {{ cycle }}")
	expect(page.locator(".email-problem")).to_contain_text("would be sent as it is written")
	desk.press("Save")
	expect(desk.dialog()).to_contain_text("would be sent as it is written")
	desk.dialog().locator(".btn-modal-close").click()
	expect(desk.dialog()).to_have_count(0)
	for _letter in " {{ cycle }}":
		text.press("Backspace")
	expect(page.locator(".email-problem p")).to_have_count(0)
	desk.press("Save")
	expect(page.locator(".email-notes")).to_contain_text("Last changed by")

	# German is missing: said, and written from the German original.
	page.get_by_role("link", name="Deutsch (not changed)").click()
	expect(page.locator(".email-notes")).to_contain_text("get your English one")
	subject.press("End")
	subject.press_sequentially("!")
	desk.press("Save")
	expect(page.get_by_role("link", name="Deutsch", exact=True)).to_be_visible()
	look(desk, "german")
	assert frappe.get_all(WORDING, {"mail": MATCH_PROPOSED}, pluck="language", order_by="language") == [
		"de",
		"en",
	]

	# Back to the original.
	page.locator(".page-head:visible .menu-btn-group button").click()
	page.get_by_role("link", name="Back to the original").click()
	page.get_by_role("button", name="Yes").click()
	expect(page.locator(".email-notes")).to_contain_text("get your English one")
	page.get_by_role("link", name="All emails").click()
	expect(page.locator(".email-table .indicator-pill")).to_have_text(["Changed"])
