"""The page of a match run in the Desk: run, look, change by hand, publish."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from playwright.sync_api import expect
from rq.job import JobStatus

from mentor_ispe.services.matching import job_liveness, runs
from tests import factories as make
from tests.site.matching.jobs import job_in_queue

MENTORS = {"Ana Souza": 2, "Eva Novak": 1}
MENTEES = ("Ben Okafor", "Cleo Marsh", "Dan Ito", "Iris Chen")
GROUP = ("Ben Hall", "Cleo Ito", "Dan Lee", "Iris Rao", "Maya Berg", "Noah Klein", "Olga Costa")
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
	return make_finished(cycle.name)


@pytest.fixture
def group_run(site) -> str:
	"""A ready run of two groups of four, with room in both."""
	make.use_membership_roll()
	program = make.make_program(
		program_name=make.unique("Women in Pharma"),
		format="Group",
		group_size_min=3,
		group_size_max=6,
		max_seats=6,
		requires_moderator=1,
		criteria=[{"criterion": "Country", "weight": 20}],
	)
	cycle = make.make_cycle(program.name, cycle_name=f"{program.name} 2031").name
	for name in MENTORS:
		profile = make.make_profile(full_name=name, career_stage="Senior", country="Germany")
		make.make_mentor(cycle, profile=profile.name, seats_offered=4)
	for number, name in enumerate(GROUP):
		profile = make.make_profile(
			full_name=name,
			career_stage="Mid-Level" if number % 2 else "Student",
			country=("Germany", "Ireland")[number % 2],
		)
		make.make_mentee(cycle, profile=profile.name, willing_to_moderate=number % 2)
	return make_finished(cycle)


def make_finished(cycle: str) -> str:
	"""A run of the cycle that is ready to be looked at."""
	doc = frappe.get_doc({"doctype": "Mentoring Match Run", "cycle": cycle}).insert()
	runs.start(doc.name)
	runs.mark_running(doc.name)
	assert runs.carry_out(doc.name) == "Ready"
	frappe.db.commit()
	return doc.name


def rows(page):
	return page.locator(".match-rows tbody tr[data-row]")


def change(page, name: str, label: str) -> None:
	row = page.locator(".match-page [data-row]").filter(has_text=name)
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

	page.get_by_role("button", name="Unmatched").click()
	expect(rows(page)).to_have_count(1)
	expect(rows(page)).to_contain_text("no place left")

	desk.press("Publish")
	expect(desk.dialog()).to_contain_text("To be created: 3 pairs")
	desk.confirm("Publish")
	expect(desk.indicator()).to_have_text("Published")
	expect(rows(page).first.get_by_role("link", name="Open group")).to_be_visible()
	expect(desk.button("Match unmatched people")).to_be_visible()
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

	change(page, name, "Remove")
	expect(said).to_contain_text(f"{name} is unmatched now")
	expect(said).to_contain_text("2 of 4 matched")
	expect(page.locator(".match-headline")).to_contain_text("Changed by hand")
	kept = page.locator(".match-kept")
	expect(kept).to_contain_text("1 change by hand is kept")
	said.get_by_role("button", name="Undo").click()
	expect(said).to_contain_text(f"{name} was moved back")
	expect(page.locator(".match-headline")).to_contain_text("3 of 4 matched")
	expect(kept).to_have_count(0)

	change(page, name, "Pin")
	expect(rows(page).filter(has_text=name)).to_contain_text("Pinned")
	change(page, name, "Never match")
	desk.fill("reason", "Former manager")
	desk.confirm("Never match")
	expect(said).to_contain_text("will never be matched")

	page.get_by_role("button", name="Unmatched").click()
	expect(page.locator(".match-rows-alone")).to_be_visible()
	left = rows(page).get_by_role("rowheader").all_inner_texts()
	alone = next(other for other in left if other != name)
	page.get_by_role("button", name=f"Choose a place for {alone}").click()
	desk.dialog().get_by_role("button", name="Choose").first.click()
	expect(said).to_contain_text(f"{alone} is now with")
	expect(page.locator(".match-headline")).to_contain_text("3 of 4 matched")

	desk.press("Run again")
	moved = rows(page).filter(has_text=alone)
	expect(moved).to_contain_text("Kept by hand")
	expect(page.locator(".match-headline")).to_contain_text("Proven best around what is kept by hand")
	change(page, alone, "Release")
	expect(said).to_contain_text(f"The next run decides about {alone} again.")
	expect(moved).not_to_contain_text("Kept by hand")


def test_details_open_by_keyboard_and_a_search_finds_a_name(coordinator, finished):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Match Run", finished)
	button = rows(page).first.get_by_role("button", name="Details of")
	button.focus()
	page.keyboard.press("Enter")
	expect(button).to_have_attribute("aria-expanded", "true")
	expect(page.locator(".match-details:visible")).to_contain_text("Score breakdown")
	page.get_by_placeholder("Search by name").fill("Eva Novak")
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


def test_committee_opens_a_match_run(committee, finished):
	"""It reads why people stayed without a match in a report, without their names."""
	desk, page = committee, committee.page
	page.goto(f"{desk.base_url}/app/mentoring-match-run/{finished}")
	expect(page.get_by_text("Not permitted")).to_be_visible()
	expect(page.locator(".match-headline")).to_have_count(0)


def groups_of(page) -> tuple:
	"""(its mentor, the card) of the group of four, which is full, and of the group of three."""
	found = {}
	for mentor in MENTORS:
		card = page.locator(".match-groups article").filter(has=page.get_by_role("heading", name=mentor))
		expect(card).to_have_count(1)
		found[card.locator("[data-row]").count()] = (mentor, card)
	return *found[4], *found[3]


def member(card, number: int) -> str:
	return card.locator("[data-row]").nth(number).get_by_role("link").inner_text()


def test_coordinator_moves_swaps_and_chooses_moderators_in_groups_by_keyboard(coordinator, group_run):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Match Run", group_run)
	full, four, roomy, three = groups_of(page)
	said = page.locator(".match-said")
	name = member(four, 1)

	page.get_by_role("button", name=f"Change {name}").focus()
	page.keyboard.press("Enter")
	page.locator(".dropdown-menu.show").get_by_role("button", name="Move or swap").focus()
	page.keyboard.press("Enter")
	expect(desk.dialog()).to_contain_text("With open places")
	desk.dialog().get_by_role("button", name=f"Choose {roomy}").focus()
	page.keyboard.press("Enter")
	expect(said).to_contain_text(f"{name} is now with {roomy}.")
	expect(three.locator("[data-row]")).to_have_count(4)
	expect(three.locator("[data-row]").filter(has_text=name)).to_contain_text("Kept by hand")
	said.get_by_role("button", name="Undo").click()
	expect(said).to_contain_text(f"{name} was moved back")
	expect(four.locator("[data-row]")).to_have_count(4)

	other = member(three, 0)
	change(page, other, "Move or swap")
	expect(desk.dialog()).to_contain_text("Full: swap only")
	desk.dialog().get_by_role("button", name=f"Swap with {name}").click()
	expect(said).to_contain_text(f"{other} and {name} were swapped")
	expect(four.locator("[data-row]").filter(has_text=other)).to_have_count(1)

	moderator = page.locator(".match-mark", has_text="Moderator")
	host = four.locator("[data-row]").filter(has_not=moderator).first.get_by_role("link").inner_text()
	change(page, host, "Make moderator")
	expect(said).to_contain_text(f"{host} now moderates the group of {full}")
	expect(four.locator("[data-row]").filter(has=moderator)).to_contain_text(host)

	change(page, name, "Remove")
	expect(said).to_contain_text(f"{name} is unmatched now")
	expect(said).to_contain_text("at least 3 members")
	page.get_by_role("button", name="Unmatched").click()
	page.get_by_role("button", name=f"Choose a place for {name}").click()
	desk.dialog().get_by_role("button", name=f"Choose {roomy}").click()
	expect(page.locator(".match-headline")).to_contain_text("7 of 7 matched")


def test_a_second_mentor_is_added_by_hand_and_taken_back(coordinator, group_run):
	frappe.db.set_value(
		"Mentoring Program",
		frappe.db.get_value(runs.RUN, group_run, "program"),
		{"mentors_max": 2},
	)
	cycle = frappe.db.get_value(runs.RUN, group_run, "cycle")
	profile = make.make_profile(full_name="Zoe Adler", career_stage="Executive", country="Ireland")
	make.make_mentor(cycle, profile=profile.name, seats_offered=6)
	frappe.db.commit()
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Match Run", group_run)
	_full, four, _roomy, _three = groups_of(page)
	said = page.locator(".match-said")
	four.get_by_role("button", name="Add mentor").click()
	expect(desk.dialog()).to_contain_text("A second mentor with")
	desk.dialog().get_by_role("button", name="Choose Zoe Adler").click()
	expect(said).to_contain_text("Zoe Adler now leads the group with")
	expect(four.get_by_role("link", name="Zoe Adler")).to_be_visible()
	expect(four.get_by_role("button", name="Add mentor")).to_have_count(0)
	four.get_by_role("button", name="Remove Zoe Adler").click()
	expect(said).to_contain_text("Zoe Adler is unmatched now")
	said.get_by_role("button", name="Undo").click()
	expect(four.get_by_role("link", name="Zoe Adler")).to_be_visible()


def test_what_a_rule_refuses_is_said_in_words_and_changes_nothing(coordinator, group_run):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Match Run", group_run)
	_full, four, roomy, three = groups_of(page)
	name = member(four, 0)
	(mentee,) = frappe.get_all(
		"Mentoring Match Proposal", {"match_run": group_run, "mentee_name": name}, pluck="mentee"
	)
	change(page, name, "Move or swap")
	expect(desk.dialog()).to_contain_text("With open places")
	make.lapse(frappe.db.get_value("Mentee", mentee, "profile"))
	frappe.db.commit()
	desk.dialog().get_by_role("button", name=f"Choose {roomy}").click()
	expect(page.locator(".modal.show .msgprint")).to_contain_text("membership")
	expect(three.locator("[data-row]")).to_have_count(3)


def under_way(run: str) -> None:
	frappe.db.set_value(runs.RUN, run, {"status": "Running", "started_on": None, "ended_on": None})
	job_liveness.report_progress(run, "relaxation", 0.4)
	frappe.db.commit()


def test_progress_is_seen_without_events_from_the_server_and_stop_stops(coordinator, group_run):
	desk, page = coordinator, coordinator.page
	with job_in_queue(job_liveness.RUN_JOB.format(group_run), JobStatus.STARTED):
		under_way(group_run)
		desk.open_record("Mentoring Match Run", group_run)
		progress = page.get_by_role("progressbar")
		expect(progress).to_have_attribute("aria-valuenow", "40")
		expect(page.locator(".match-progress")).to_contain_text("Estimating the best possible result")
		job_liveness.report_progress(group_run, "search", 0.7)
		expect(progress).to_have_attribute("aria-valuenow", "70")
		page.get_by_role("button", name="Stop").click()
		expect(page.locator("#alert-container")).to_contain_text("The run will stop shortly.")
		assert runs.carry_out(group_run) == "Stopped"
		frappe.db.commit()
		expect(desk.indicator()).to_have_text("Stopped")
		expect(page.locator(".match-message")).to_contain_text("Stopped by request.")


def test_a_run_whose_worker_was_killed_says_so_and_is_run_again(coordinator, group_run):
	desk, page = coordinator, coordinator.page
	frappe.db.set_value(
		runs.RUN, group_run, {"status": "Running", "modified": "2020-01-01"}, update_modified=False
	)
	frappe.db.commit()
	desk.open_record("Mentoring Match Run", group_run)
	expect(page.locator(".match-progress")).to_contain_text("its background job stopped")
	page.get_by_role("button", name="Run again").click()
	expect(page.locator(".match-headline")).to_contain_text("7 of 7 matched")
	expect(desk.indicator()).to_have_text("Ready")


def test_two_runs_are_compared(coordinator, cycle, finished):
	desk, page = coordinator, coordinator.page
	second = make_finished(cycle.name)
	desk.open_record("Mentoring Match Run", second)
	change(page, rows(page).first.get_by_role("rowheader").inner_text(), "Remove")
	expect(page.locator(".match-said")).to_contain_text("is unmatched now")
	desk.press("Compare with…")
	dialog = desk.dialog()
	expect(dialog).to_contain_text("Different match: 1. Same match: 3.")
	expect(dialog.get_by_role("row", name="Unmatched")).to_contain_text("+1")


def test_groups_are_previewed_before_the_run(coordinator, group_run):
	desk, page = coordinator, coordinator.page
	cycle = frappe.db.get_value(runs.RUN, group_run, "cycle")
	draft = frappe.get_doc({"doctype": runs.RUN, "cycle": cycle}).insert().name
	frappe.db.commit()
	desk.open_record("Mentoring Match Run", draft)
	page.get_by_role("button", name="Preview groups").click()
	expect(desk.dialog()).to_contain_text("7 of 7 matched")
	expect(desk.dialog().get_by_role("row", name="Eva Novak")).to_be_visible()
	assert frappe.db.count("Mentoring Match Proposal", {"match_run": draft}) == 0
	desk.confirm("Start full run")
	expect(page.locator(".match-headline")).to_contain_text("7 of 7 matched")


def test_groups_and_their_places_fit_a_phone(coordinator, group_run):
	desk, page = coordinator, coordinator.page
	page.set_viewport_size(PHONE)
	desk.open(f"mentoring-match-run/{group_run}")
	expect(page.locator(".match-groups article")).to_have_count(2)
	assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
	change(page, GROUP[0], "Move or swap")
	expect(desk.dialog()).to_contain_text("With open places")
	assert fits(page, ".modal.show .match-page *")
	assert fits(page, ".match-groups *")


def test_the_comparison_fits_a_phone(coordinator, cycle, finished):
	desk, page = coordinator, coordinator.page
	second = make_finished(cycle.name)
	page.set_viewport_size(PHONE)
	desk.open(f"mentoring-match-run/{second}")
	expect(rows(page)).to_have_count(3)
	page.evaluate("cur_frm.match_run_page.compare()")
	expect(desk.dialog()).to_contain_text("Same match: 4.")
	assert fits(page, ".modal.show .match-page *")


def fits(page, selector: str) -> bool:
	return page.evaluate(
		"selector => [...document.querySelectorAll(selector)].every("
		"one => one.matches('svg *, .sr-only, .dropdown-menu *') || one.getBoundingClientRect().right <= innerWidth + 1)",
		selector,
	)
