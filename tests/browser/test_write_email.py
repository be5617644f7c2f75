"""Forty people are written to in one go: from a list, with a field, previewed, counted, once."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from playwright.sync_api import Page, expect

from mentor_ispe.mails import sending
from mentor_ispe.mails.default_templates.news import NEWS
from tests import factories as make
from tests.http.conftest import outgoing_mail
from tests.site.mailings.world import add_person

__all__ = ["outgoing_mail"]  # a fixture, used by name
FORTY = 40


@pytest.fixture
def forty(site, outgoing_mail) -> SimpleNamespace:
	"""Forty mentors of a cycle, one more who wants no such mails; the program's name has a comma and an apostrophe."""
	name = f"Boston's Moai, this year, {frappe.generate_hash(length=6)}"
	program = make.make_program(program_name=name, contact_email="moai@example.org")
	world = SimpleNamespace(program=program.name, cycle=make.make_cycle(program.name).name)
	world.people = [add_person(world, "Mentor", f"Mentor {number:02} O'Neil") for number in range(FORTY)]
	add_person(world, "Mentor", "Quiet Quentin", mail_rhythm="Only What Is Needed")
	frappe.db.commit()
	return world


def test_forty_people_are_written_to_in_one_go(coordinator, forty):
	desk, page = coordinator, coordinator.page
	desk.open("mentor")
	page.evaluate("cycle => frappe.set_route('List', 'Mentor', { cycle })", forty.cycle)
	expect(page.locator(".frappe-list:visible .list-row")).to_have_count(20)  # the first page of the list
	page.locator(".page-head:visible .menu-btn-group button").first.click()
	page.locator(
		".dropdown-menu.show .dropdown-item:visible", has_text="Write to everyone in this list"
	).click()
	dialog = page.locator(".modal.show")
	expect(dialog).to_contain_text("40 people will get this email.")
	dialog.get_by_text("Left out: 1").click()
	expect(dialog).to_contain_text("1 · Unsubscribed from these emails: Quiet Quentin")
	desk.fill("subject", "Kick-off, ")
	dialog.get_by_role("button", name="First name").click()
	# What is entered in one field is taken over, and the others are drawn anew.
	page.wait_for_function("() => cur_dialog.get_field('subject').value?.includes('{')")
	type_message(page, "Hi ")
	dialog.get_by_role("button", name="Full name").click()
	page.keyboard.type(", please plan your first meeting.")
	desk.picture("write-email")
	dialog.get_by_role("button", name="Preview").click()

	preview = page.locator(".modal.show", has_text="Back to editing")
	expect(preview.locator(".mail-preview-subject")).to_have_text("Kick-off, Mentor")
	expect(preview).to_contain_text("1 of 40: Mentor 00 O'Neil")
	preview.get_by_role("button", name="Next").click()
	expect(preview).to_contain_text("2 of 40: Mentor 01 O'Neil")
	expect(preview).to_contain_text("Replies go to moai@example.org")
	mail = preview.frame_locator("iframe")
	expect(mail.locator("body")).to_contain_text("Hi Mentor 01 O'Neil, please plan your first meeting.")
	desk.picture("write-email-preview")
	preview.get_by_role("button", name="Send to 40 people").click()
	expect(page.locator(".modal.show")).to_have_count(0)
	page.locator(".desk-alert a", has_text="See who got it").click()
	expect(page.locator(".form-message:visible")).to_contain_text("Sent: ")
	desk.settle()
	assert sum(told(forty).values()) == FORTY
	sending.flush()  # beside the site's own job, which may be at it already
	expect_sent(page)
	assert told(forty) == {"Queued": FORTY}
	desk.picture("write-email-sent")


def expect_sent(page: Page) -> None:
	"""Reload the record until all are sent: the site's own job may hold the last ones."""

	def sent() -> bool:
		page.reload()
		expect(page.locator(".form-message:visible")).to_contain_text("Sent: ")
		return f"Sent: {FORTY}" in page.locator(".form-message:visible").inner_text()

	assert any(sent() for _ in range(20))


def type_message(page: Page, words: str) -> None:
	page.locator(".modal.show [data-fieldname='message'] [contenteditable='true']").click()
	page.keyboard.type(words)


def told(forty: SimpleNamespace) -> dict[str, int]:
	frappe.db.commit()  # see what the server wrote
	people = [person.profile for person in forty.people]
	notices = frappe.get_all(
		"Mentoring Notice", {"template": NEWS, "profile": ("in", people)}, pluck="status"
	)
	return {status: notices.count(status) for status in set(notices)}
