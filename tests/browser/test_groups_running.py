"""A coordinator's work with running groups: endings, moderators, going on, and who waits too long."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from mentor_ispe.services.groups import commands, extension
from mentor_ispe.services.groups.commands import propose
from tests import factories as make

NAMES = ("Ben Okafor", "Cleo Marsh", "Dan Ito")


@pytest.fixture
def running(site) -> SimpleNamespace:
	"""A running group whose first member moderates, in a program whose next cycle is open."""
	program = make.make_program(format="Group", program_name=make.unique("Women in Pharma")).name
	cycle = make.make_cycle(program, end_date=add_days(nowdate(), 100)).name
	mentor = make.make_mentor(cycle, profile=make.make_profile(full_name="Ana Souza").name, seats_offered=4)
	mentees = [
		make.make_mentee(
			cycle, profile=make.make_profile(full_name=name).name, willing_to_moderate=int(name != NAMES[2])
		)
		for name in NAMES
	]
	group = propose(cycle, [each.name for each in mentees], mentor.name, moderator=mentees[0].name).name
	for each in (mentor, *mentees):
		commands.accept(group, each.profile)
	commands.activate(group)
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
	following = make.make_cycle(
		program, start_date=add_days(nowdate(), 120), end_date=add_days(nowdate(), 400)
	).name
	extension.say(group, mentor.profile, "Yes")
	frappe.db.commit()
	return SimpleNamespace(group=group, cycle=cycle, next=following, mentees=mentees)


def test_coordinator_sees_who_goes_on_and_hands_over_to_another_moderator(coordinator, running):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Group", running.group)
	page.locator(".form-tabs:visible .nav-link", has_text="Next cycle").click()
	section = page.locator("[data-fieldname='going_on_html']:visible")
	expect(section).to_contain_text(f"Continue in {running.next}")
	expect(section).to_contain_text("Ana Souza: yes")
	expect(section).to_contain_text("Ben Okafor: no answer yet")
	desk.picture("group-going-on")

	desk.press_in_menu("More", "Change moderator")
	desk.choose("to", "Cleo Marsh")
	desk.picture("group-hand-over")
	desk.confirm("Change moderator")
	expect(page.locator(".desk-alert", has_text="Moderator changed")).to_be_visible()
	seats = desk.stored("Mentoring Group", running.group)["seats"]
	assert [row["is_moderator"] for row in seats] == [0, 0, 1, 0]


def test_coordinator_ends_a_group_early_with_its_kind_and_reason(coordinator, running):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Group", running.group)
	desk.press_in_menu("More", "End early")
	desk.choose("kind", "Too little time")
	desk.fill("reason", "Nobody found the time")
	desk.picture("group-end-early")
	desk.confirm("End early")
	expect(page.locator(".page-head:visible .indicator-pill", has_text="Ended Early")).to_be_visible()
	stored = desk.stored("Mentoring Group", running.group)
	assert (stored["end_kind"], stored["end_reason"]) == ("Too Little Time", "Nobody found the time")


def test_coordinator_finds_who_waits_longer_than_promised(coordinator, site):
	program = make.make_program(reply_weeks=4).name
	cycle = make.make_cycle(program).name
	for number, name in enumerate(("Hugo Blanc", "Iris Chen")):
		record = make.make_mentee(cycle, approved=False, profile=make.make_profile(full_name=name).name)
		day = add_days(nowdate(), 20 if number else -2)
		frappe.db.set_value("Mentee", record.name, "answer_by", day)
	frappe.db.commit()
	desk = coordinator
	desk.open(f"mentee?cycle={cycle}")
	expect(desk.row("Hugo Blanc")).to_contain_text("overdue")
	expect(desk.row("Iris Chen")).not_to_contain_text("overdue")
	desk.picture("mentees-waiting")
	desk.press_in_menu("Waiting", "Undecided, most urgent first")
	expect(desk.page.locator(".frappe-list:visible .list-row").first).to_contain_text("Hugo Blanc")
	desk.picture("mentees-nearest-to-overdue")
