"""A coordinator's work in the Desk, from the applications to a running group."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from urllib.parse import quote

import frappe
import pytest
from playwright.sync_api import Locator, TimeoutError, expect

from mentor_ispe.services.applications import commands
from mentor_ispe.setup.desk import boards
from tests import factories as make

MENTORS = ("Ana Souza", "Eva Novak")
APPROVED = ("Ben Okafor", "Cleo Marsh", "Dan Ito")
APPLIED = ("Hugo Blanc", "Iris Chen", "Kira Patel", "Leo Costa")


@pytest.fixture
def cycle(site) -> SimpleNamespace:
	"""An open cycle of a group program with mentors, approved mentees and applicants."""
	program = make.make_program(format="Group", program_name=make.unique("Women in Pharma"))
	cycle = make.make_cycle(program.name, cycle_name=f"{program.name} 2031").name

	def person(name: str, stage: str) -> str:
		return make.make_profile(
			full_name=name, career_stage=stage, employer="Northwind Labs", job_title="Engineer"
		).name

	made = SimpleNamespace(
		name=cycle,
		mentors={
			name: make.make_mentor(cycle, profile=person(name, "Senior"), seats_offered=4).name
			for name in MENTORS
		},
		mentees={
			name: make.make_mentee(
				cycle,
				approved=name in APPROVED,
				profile=person(name, "Early Career"),
				goals="Find my way into quality assurance",
			).name
			for name in (*APPROVED, *APPLIED)
		},
	)
	frappe.db.commit()
	return made


def test_coordinator_finds_the_applications_on_the_workspace_and_approves_one(coordinator, cycle):
	desk, page = coordinator, coordinator.page
	desk.open("mentoring")
	expect(page.locator(".widget.number-widget-box", has_text="Mentees Waiting for a Match")).to_be_visible()
	shortcut = page.locator(".widget.shortcut-widget-box", has_text="Mentee Applications")
	expect(shortcut).to_contain_text("waiting")
	expect(page.locator(".widget.dashboard-widget-box .chart-container svg").first).to_be_visible()
	desk.picture("workspace")

	shortcut.click()
	page.wait_for_url("**/app/mentee/**")
	page.goto(f"{desk.base_url}/app/mentee?status=Applied&cycle={cycle.name}")
	for name in APPLIED:
		expect(desk.row(name)).to_be_visible()
	expect(desk.row("Ben Okafor")).to_have_count(0)
	desk.picture("applications")

	desk.row("Kira Patel").locator("a", has_text="Kira Patel").click()
	expect(desk.message()).to_contain_text("Kira Patel is waiting for a decision")
	expect(page.get_by_text("Northwind Labs")).to_be_visible()
	desk.picture("application")
	desk.press("Approve")
	desk.fill("words", "Welcome, Kira!")
	desk.confirm("Approve")
	expect(desk.indicator()).to_have_text("Approved")
	expect(desk.message()).to_contain_text("Kira Patel has no group yet")

	stored = desk.stored("Mentee", cycle.mentees["Kira Patel"])
	assert (stored["status"], stored["decision_note"]) == ("Approved", "Welcome, Kira!")


def test_coordinator_rejects_several_applications_with_words(coordinator, cycle):
	desk, page = coordinator, coordinator.page
	page.goto(f"{desk.base_url}/app/mentee?status=Applied&cycle={cycle.name}")
	for name in ("Hugo Blanc", "Leo Costa"):
		desk.row(name).locator(".list-row-checkbox").check()
	desk.press_in_menu("Actions", "Reject")
	desk.fill("words", "All places are taken this year.")
	desk.confirm("Reject")
	expect(desk.row("Hugo Blanc")).to_have_count(0)
	for name, status in (("Hugo Blanc", "Rejected"), ("Leo Costa", "Rejected"), ("Iris Chen", "Applied")):
		assert desk.stored("Mentee", cycle.mentees[name])["status"] == status


def test_coordinator_makes_a_group_proposes_it_and_starts_it(coordinator, cycle):
	desk, page = coordinator, coordinator.page
	form = desk.open_new("Mentoring Group", cycle=cycle.name)
	for number, name in enumerate(("Ana Souza", *APPROVED[:2]), start=1):
		form.get_by_role("button", name="Add Row").click()
		row = form.locator(f"[data-fieldname='seats'] .grid-row[data-idx='{number}']")
		row.locator("[data-fieldname='participant']").click()
		desk.link(row.locator("[data-fieldname='participant'] input"), name)
	page.wait_for_function("() => cur_frm.doc.seats.every((row) => row.participant)")
	desk.press("Save")
	expect(desk.message()).to_contain_text("No one has been invited yet")
	group = page.evaluate("cur_frm.docname")

	desk.press("Propose")
	expect(desk.dialog()).to_contain_text("3 people get an email:")
	desk.picture("group-before-proposing")
	desk.confirm("Propose")
	expect(desk.indicator()).to_have_text("Proposed")
	expect(desk.message()).to_contain_text(
		"0 of 3 accepted. Waiting for Ana Souza, Ben Okafor and Cleo Marsh"
	)
	stored = desk.stored("Mentoring Group", group)
	assert [(row["role"], row["status"]) for row in stored["seats"]] == [
		("Mentor", "Proposed"),
		("Mentee", "Proposed"),
		("Mentee", "Proposed"),
	]
	assert desk.stored("Mentor", cycle.mentors["Ana Souza"])["seats_taken"] == 2

	for number, name in enumerate(("Ana Souza", "Ben Okafor"), start=1):
		desk.press("Record answer")
		desk.choose("profile", name)
		desk.confirm("Record")
		expect(desk.message()).to_contain_text(f"{number} of 3 accepted")
	desk.picture("group")

	desk.press("Record answer")
	desk.choose("profile", "Cleo Marsh")
	desk.choose("answer", "Declines")
	desk.fill("reason", "No time this year")
	desk.confirm("Record")
	expect(desk.message()).to_contain_text("Everyone has answered; 2 accepted")
	assert desk.stored("Mentor", cycle.mentors["Ana Souza"])["seats_taken"] == 1


def test_coordinator_sees_where_people_of_a_cycle_are(coordinator, cycle):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Cycle", cycle.name)
	overview = page.locator(".cycle-overview")
	expect(overview.locator(".next p")).to_have_text(f"{len(APPLIED)} applications need a decision.")
	approved = overview.get_by_role("link", name=f"Mentees and peers, Approved: {len(APPROVED)}")
	expect(approved).to_be_visible()
	desk.picture("cycle")
	approved.click()
	expect(desk.row("Dan Ito")).to_be_visible()
	expect(desk.row("Hugo Blanc")).to_have_count(0)
	page.go_back()
	overview.get_by_role("button", name="Review applications").click()
	expect(desk.row("Hugo Blanc")).to_be_visible()
	expect(desk.row("Dan Ito")).to_have_count(0)


def test_card_that_a_rule_refuses_goes_back_on_the_board(coordinator, cycle):
	desk, page = coordinator, coordinator.page
	commands.reject("Mentee", cycle.mentees["Kira Patel"], "All places are taken this year.")
	frappe.db.commit()
	desk.open(f"mentee/view/kanban/{quote(boards()['Mentee'])}?cycle={quote(cycle.name)}")
	cards = {name: f".kanban-card-wrapper[data-name='{mentee}']" for name, mentee in cycle.mentees.items()}
	applied = page.locator(".kanban-column[data-column-value='Applied']")
	rejected = page.locator(".kanban-column[data-column-value='Rejected']")
	expect(rejected.locator(cards["Kira Patel"])).to_be_visible()
	desk.settle()
	for _attempt in range(
		3
	):  # the board draws itself anew until everything has come, and drops what one holds
		drag(page, applied.locator(cards["Leo Costa"]), rejected, rejected.locator(cards["Kira Patel"]))
		with suppress(TimeoutError):
			desk.dialog().wait_for(timeout=20_000)
			break
	expect(desk.dialog()).to_contain_text("Tell Leo Costa why in a few words")
	page.keyboard.press("Escape")
	expect(applied.locator(cards["Leo Costa"])).to_be_visible()
	expect(rejected.locator(".kanban-card-wrapper")).to_have_count(1)
	assert desk.stored("Mentee", cycle.mentees["Leo Costa"])["status"] == "Applied"


def drag(page, card: Locator, column: Locator, to: Locator) -> None:
	"""Take a card by hand, and let it go over another one once it is in that one's column.

	The board looks now and then where the hand is, so the hand moves a little until the card has followed.
	"""
	there = column.locator(f"[data-name='{card.get_attribute('data-name')}']")
	start, end = card.bounding_box(), to.bounding_box()
	page.mouse.move(start["x"] + 150, start["y"] + 20)
	page.mouse.down()
	for number in range(200):
		page.mouse.move(start["x"] + 190, start["y"] + 30 + number % 2)
		page.mouse.move(end["x"] + 140, end["y"] + 60 + number % 2, steps=10)
		if there.count():
			break
		page.evaluate("() => new Promise(requestAnimationFrame)")
	page.mouse.up()
