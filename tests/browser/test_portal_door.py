"""The door on a phone: what a guest, a lapsed, a future and a new member see before anything is asked of them."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from tests import factories as make
from tests.browser.portal import options, walk
from tests.http.people import make_member

__all__ = ["options", "walk"]  # fixtures, used by name

SETTINGS = "Mentoring Settings"
JOIN, RENEW = "https://example.org/join", "https://example.org/renew"


@pytest.fixture
def cycle(site) -> Iterator[str]:
	"""A cycle that takes applications, of an association that says how to join and to renew."""
	words = {"join_url": JOIN, "renewal_url": RENEW, "join_words": "Students join free of charge."}
	frappe.db.set_single_value(SETTINGS, words)
	program = make.make_program(
		summary="An experienced member and you, an hour a month for a year.",
		minimum_hours_per_month=1,
		contact_email="mentoring@example.org",
	)
	name = make.make_cycle(program.name).name
	frappe.db.commit()
	yield name
	frappe.db.set_single_value(SETTINGS, dict.fromkeys(words))
	frappe.db.commit()


def test_a_guest_reads_what_mentoring_is_and_how_to_join(page, walk, cycle):
	walk.open("/mentoring")
	expect(page.get_by_role("heading", name="What to expect")).to_be_visible()
	expect(walk.link_to_apply(cycle)).to_be_visible()
	expect(page.get_by_text("Students join free of charge.")).to_be_visible()
	expect(page.get_by_role("link", name="Join the association").first).to_have_attribute("href", JOIN)
	walk.picture("door-guest")
	walk.link_to_apply(cycle).click()
	expect(page.locator("#login_email")).to_be_visible()


def test_whose_membership_ended_is_told_how_to_renew_instead_of_a_form(page, walk, cycle):
	profile, user = make_member()
	make.lapse(profile)
	frappe.db.commit()
	walk.sign_in(user)
	walk.open("/mentoring")
	expect(page.get_by_role("link", name="Renew membership")).to_have_attribute("href", RENEW)
	expect(walk.link_to_apply(cycle)).to_have_count(0)
	walk.picture("door-lapsed")
	walk.open(f"/mentoring/apply/{cycle}?as=Mentee")
	walk.sees("Renew it to apply.")
	walk.picture("door-lapsed-apply")


def test_whose_membership_starts_tomorrow_is_told_the_day(page, walk, cycle):
	user = make.make_user(first_name="Nele", language="en").name
	make.make_roll_entry(user, from_date=add_days(nowdate(), 1), to_date=add_days(nowdate(), 366))
	frappe.db.commit()
	walk.sign_in(user)
	walk.open("/mentoring")
	walk.sees("Your membership starts on")
	walk.sees("You can apply from that day on.")
	walk.picture("door-tomorrow")


def test_who_is_not_found_can_say_under_which_address_they_are(page, walk, cycle):
	user = make.make_user(first_name="Nils", language="en").name
	frappe.db.commit()
	walk.sign_in(user)
	walk.open(f"/mentoring/apply/{cycle}?as=Mentee")
	walk.sees(f"We couldn't find a membership under {user}.")
	other = page.get_by_role("link", name="I'm a member under another address")
	assert other.get_attribute("href").startswith("mailto:mentoring@example.org?subject=")
	walk.picture("door-not-found")
