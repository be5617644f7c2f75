"""A group whose mentor left: a coordinator finds it and asks another, also on a phone."""

from __future__ import annotations

import frappe
import pytest
from playwright.sync_api import expect

from mentor_ispe.services.groups import commands
from tests import factories as make

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def group(site) -> str:
	"""Ana Souza mentored it; Eva Novak has free seats."""
	make.use_membership_roll()
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name).name
	first, _second = (
		make.make_mentor(
			cycle, profile=make.make_profile(full_name=name, career_stage="Senior").name, seats_offered=3
		)
		for name in ("Ana Souza", "Eva Novak")
	)
	name = commands.propose(cycle, [make.make_mentee(cycle).name for _ in range(2)], first.name).name
	make.accept_all(name)
	commands.activate(name)
	commands.remove_person(name, first.name, "Moves abroad")
	frappe.db.commit()
	return name


def test_another_mentor_is_asked_and_the_group_is_found_by_the_first_one(coordinator, group):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Group", group)
	expect(desk.message()).to_contain_text("This group has no mentor")
	desk.press("Add mentor")
	desk.link(desk.dialog().locator("[data-fieldname='participant'] input"), "Eva Novak")
	desk.settle()
	desk.confirm("Add mentor")
	expect(desk.message()).to_contain_text("Waiting for Eva Novak")

	page.set_viewport_size(PHONE)
	roles = page.locator("[data-fieldname='seats'] .grid-body [data-fieldname='role'] .static-area")
	expect(roles).to_have_count(4)
	cut_off = roles.evaluate_all("cells => cells.some((cell) => cell.scrollWidth > cell.clientWidth)")
	assert not cut_off, "Mentor and Mentee look the same when they are cut off"
	desk.picture("group-on-a-phone")

	page.set_viewport_size({"width": 1280, "height": 800})
	desk.open(
		"mentoring-group?" + "all_mentors=" + "%5B%22like%22%2C%22%25Ana%20Souza%25%22%5D&name=" + group
	)
	expect(desk.row("Eva Novak")).to_have_count(1)
