"""One person on record twice, in the Desk: the to-do list, the reasons, the look before a merge, and back."""

from __future__ import annotations

import frappe
import pytest
from playwright.sync_api import expect

from mentor_ispe.services.members import duplicates
from tests import factories as make

PROFILE, POSSIBLE = "Mentoring Profile", "Mentoring Possible Duplicate"


@pytest.fixture
def twice(site) -> tuple[str, str]:
	"""Somebody with two profiles: one mentors a group, the other has a later employer."""
	name = f"Mara Lindqvist {frappe.generate_hash(length=6)}"
	mailbox = f"mara-{frappe.generate_hash(length=6)}"
	kept = make.make_profile(full_name=name, city="Basel", email=f"{mailbox}@example.org").name
	merged = make.make_profile(full_name=name, city="Bern", email=f"{mailbox}+2031@example.org").name
	make.make_session(make.make_active_group(profiles=[merged]).name)
	duplicates.refresh_possible_duplicates()
	frappe.db.commit()
	return kept, merged


def test_a_coordinator_merges_two_profiles_and_undoes_it(coordinator, twice):
	desk, page = coordinator, coordinator.page
	kept, merged = twice
	pair = {"first_record": ("in", twice), "second_record": ("in", twice)}
	possible = frappe.db.get_value(POSSIBLE, pair, ["name", "first_record"], as_dict=True)
	desk.open("mentoring-possible-duplicate")
	row = desk.row(frappe.db.get_value(PROFILE, kept, "full_name"))
	expect(row).to_contain_text("Almost Certain")
	desk.picture("possible-duplicates")
	desk.open_record(POSSIBLE, possible.name)
	expect(page.locator(".form-layout:visible")).to_contain_text("reach the same mailbox")
	desk.picture("possible-duplicate")
	desk.press("Merge profiles")
	dialog = desk.dialog()
	if possible.first_record != kept:
		dialog.get_by_role("button", name="Keep the other profile").click()
		dialog = desk.dialog()
	expect(dialog).to_contain_text("Groups: 1")
	desk.choose("city", "Bern")
	desk.picture("merge-preview")
	desk.confirm("Merge profiles")
	expect(desk.indicator()).to_have_text("Merged")
	desk.picture("merge")
	assert desk.stored(PROFILE, kept)["city"] == "Bern"
	desk.press("Undo merge")
	desk.confirm("Yes")
	expect(desk.indicator()).to_have_text("Undone")
	desk.picture("merge-undone")
	assert desk.stored(PROFILE, kept)["city"] == "Basel"
	assert desk.stored(PROFILE, merged)["city"] == "Bern"


def test_what_stands_in_the_way_is_said_before_anything_is_asked(coordinator, site):
	desk = coordinator
	group = make.make_active_group()
	frappe.db.commit()
	desk.open_record(PROFILE, group.people[0])
	desk.press("Merge profiles")
	other = frappe.db.get_value(PROFILE, group.people[1], "full_name")
	desk.link(desk.dialog().locator("[data-fieldname='merged'] input"), other)
	desk.settle()
	desk.dialog().locator(".modal-footer .btn-primary:visible").click()
	alert = desk.dialog().get_by_role("alert")
	expect(alert).to_contain_text("they aren't the same person")
	desk.picture("merge-refused")
	assert frappe.db.exists(PROFILE, group.people[1])
