"""The page of a match run in the Desk: run, look, change by hand, publish."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from playwright.sync_api import expect

from mentor_ispe.services.matching import run as runs
from tests import factories as make

MENTORS = {"Ana Souza": 2, "Eva Novak": 1}
MENTEES = ("Ben Okafor", "Cleo Marsh", "Dan Ito", "Iris Chen")
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cycle(site) -> SimpleNamespace:
	"""An open cycle of pairs: two mentors with three seats, four mentees."""
	make.use_membership_roll()
	program = make.make_program(
		program_name=make.unique("Guided Mentorship"),
		criteria=[{"criterion": "Country", "weight": 20}, {"criterion": "Career Stage", "weight": 10}],
	)
	cycle = make.make_cycle(program.name, cycle_name=f"{program.name} 2031").name

	def person(name: str, stage: str, country: str) -> str:
		return make.make_profile(full_name=name, career_stage=stage, country=country).name

	made = SimpleNamespace(
		name=cycle,
		mentors={
			name: make.make_mentor(
				cycle, profile=person(name, "Senior", country), seats_offered=MENTORS[name]
			).name
			for name, country in zip(MENTORS, ("Germany", "Ireland"), strict=True)
		},
		mentees={
			name: make.make_mentee(cycle, profile=person(name, "Early Career", country)).name
			for name, country in zip(MENTEES, ("Germany", "Germany", "Ireland", "Ireland"), strict=True)
		},
	)
	frappe.db.commit()
	return made


@pytest.fixture
def finished(cycle) -> str:
	"""A run of the cycle that is ready to be looked at."""
	doc = frappe.get_doc({"doctype": "Mentoring Match Run", "cycle": cycle.name}).insert()
	runs.start(doc.name)
	runs.mark_running(doc.name)
	runs.carry_out(doc.name)
	frappe.db.commit()
	return doc.name


def rows(page):
	return page.locator(".match-rows tbody tr[data-row]")


def change(page, name: str, label: str) -> None:
	row = rows(page).filter(has_text=name)
	row.get_by_role("button", name=f"Change {name}").click()
	row.locator(".dropdown-menu.show").get_by_role("button", name=label).click()


def test_coordinator_matches_a_cycle_and_publishes_it(coordinator, cycle):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Cycle", cycle.name)
	desk.press("Match")
	expect(page.locator(".match-headline")).to_contain_text("3 of 4 matched")
	expect(page.locator(".match-headline")).to_contain_text("Proven best")
	expect(rows(page)).to_have_count(3)
	desk.picture("match-run")

	page.get_by_role("button", name="Not matched").click()
	expect(rows(page)).to_have_count(1)
	expect(rows(page)).to_contain_text("no seat left")

	desk.press("Publish")
	expect(desk.dialog()).to_contain_text("3 pairs are made")
	desk.confirm("Publish")
	expect(desk.indicator()).to_have_text("Published")
	expect(rows(page).first.get_by_role("link", name="Open group")).to_be_visible()
	expect(desk.button("Rematch the open ones")).to_be_visible()
	run = page.evaluate("cur_frm.docname")
	groups = frappe.get_all("Mentoring Group", {"match_run": run}, pluck="status")
	frappe.db.rollback()
	assert groups == ["Proposed"] * 3


def test_coordinator_changes_a_run_by_hand_and_sees_what_it_does_to_the_total(coordinator, finished):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Match Run", finished)
	expect(rows(page)).to_have_count(3)
	name = rows(page).first.get_by_role("rowheader").inner_text()
	said = page.locator(".match-said")

	change(page, name, "Take out")
	expect(said).to_contain_text(f"{name} is free again")
	expect(said).to_contain_text("2 matched")
	expect(page.locator(".match-headline")).to_contain_text("Changed by hand")
	said.get_by_role("button", name="Undo").click()
	expect(said).to_contain_text(f"{name} is back where they were")
	expect(page.locator(".match-headline")).to_contain_text("3 of 4 matched")

	change(page, name, "Pin")
	expect(rows(page).filter(has_text=name)).to_contain_text("Pinned")
	change(page, name, "Never together")
	desk.fill("reason", "Former manager")
	desk.confirm("Never together")
	expect(said).to_contain_text("are never put together")

	page.get_by_role("button", name="Not matched").click()
	expect(page.locator(".match-rows-alone")).to_be_visible()
	left = rows(page).get_by_role("rowheader").all_inner_texts()
	alone = next(other for other in left if other != name)
	page.get_by_role("button", name=f"Choose a mentor for {alone}").click()
	desk.dialog().get_by_role("button", name="Choose").first.click()
	expect(said).to_contain_text(f"{alone} is with")
	expect(page.locator(".match-headline")).to_contain_text("3 of 4 matched")


def test_details_open_by_keyboard_and_a_search_finds_a_name(coordinator, finished):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Match Run", finished)
	button = rows(page).first.get_by_role("button", name="Details of")
	button.focus()
	page.keyboard.press("Enter")
	expect(button).to_have_attribute("aria-expanded", "true")
	expect(page.locator(".match-details:visible")).to_contain_text("Parts of the score")
	page.get_by_placeholder("Search a name").fill("Eva Novak")
	expect(rows(page)).to_have_count(1)


def test_what_people_are_called_is_text_and_nothing_else(coordinator, finished):
	desk, page = coordinator, coordinator.page
	name = frappe.get_all(
		"Mentoring Match Proposal", {"match_run": finished, "state": "Proposed"}, pluck="name"
	)[0]
	evil = "<img src=x onerror='window.was_run = 1'>"
	frappe.db.set_value("Mentoring Match Proposal", name, {"mentee_name": evil, "mentor_name": evil})
	frappe.db.commit()
	desk.open_record("Mentoring Match Run", finished)
	expect(rows(page).filter(has_text="onerror")).to_have_count(1)
	assert page.locator(".match-page img").count() == 0
	assert page.evaluate("window.was_run") is None


def test_a_phone_shows_everything_without_scrolling_sideways(coordinator, finished):
	desk, page = coordinator, coordinator.page
	page.set_viewport_size(PHONE)
	desk.open(f"mentoring-match-run/{finished}")
	expect(rows(page)).to_have_count(3)
	rows(page).first.get_by_role("button", name="Details of").click()
	assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
	assert page.evaluate(
		"[...document.querySelectorAll('.match-page *')].every("
		"one => one.matches('svg *, .sr-only') || one.getBoundingClientRect().right <= innerWidth + 1)"
	)


def test_committee_sees_the_result_and_has_nothing_to_press(committee, finished):
	desk, page = committee, committee.page
	desk.open_record("Mentoring Match Run", finished)
	expect(page.locator(".match-headline")).to_contain_text("3 of 4 matched")
	for label in ("Publish", "Run again", "Save"):
		expect(desk.button(label)).to_have_count(0)
	expect(page.locator("[data-toggle=dropdown]", has_text="Change")).to_have_count(0)
