"""A coordinator erases a person who has no login, and sees beforehand what goes."""

from __future__ import annotations

import frappe
import pytest
from playwright.sync_api import expect

from mentor_ispe.domain.erasure.wording import FORMER
from mentor_ispe.jobs.people import process_erasures
from tests import factories as make

PROFILE, ERASURE = "Mentoring Profile", "Mentoring Erasure"


@pytest.fixture
def person(site):
	make.use_membership_roll()
	name = f"Xanthippe Quill{frappe.generate_hash(length=6)}"
	profile = make.make_profile(full_name=name, email=f"xq-{frappe.generate_hash(length=6)}@example.org").name
	make.make_active_group(profiles=[make.make_profile().name, profile])
	frappe.db.commit()
	return profile, name


def test_a_coordinator_erases_somebody_without_a_login(coordinator, person):
	desk, page = coordinator, coordinator.page
	profile, name = person
	desk.open_record(PROFILE, profile)
	desk.press_in_menu("More", "Erase this person's data")
	dialog = desk.dialog()
	expect(dialog).to_contain_text("Will leave these groups")
	expect(dialog).to_contain_text("This can't be undone.")
	desk.picture("erasure-preview")
	desk.fill("full_name", "Somebody Else")
	dialog.get_by_role("button", name="Erase", exact=True).click()
	expect(page.get_by_text("The name doesn't match")).to_be_visible()
	assert frappe.db.get_value(PROFILE, profile, "full_name") == name
	expect(dialog).to_contain_text("This can't be undone.")  # it stays open with what was typed
	desk.fill("full_name", name)
	dialog.get_by_role("button", name="Erase", exact=True).click()
	expect(desk.indicator()).to_have_text("Waiting")
	frappe.db.rollback()  # what the browser asked for is younger than what was read here
	process_erasures()  # unless the site's own worker was quicker: this waits until it is done
	frappe.db.commit()
	page.reload()
	expect(desk.indicator()).to_have_text("Done")
	desk.picture("erasure")
	frappe.db.rollback()
	assert frappe.db.get_value(PROFILE, profile, "full_name") == FORMER
