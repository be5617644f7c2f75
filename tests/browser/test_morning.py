"""A coordinator's morning: thirty things to do, from the list on the workspace, in bulk, down to none."""

from __future__ import annotations

import re
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import Locator, expect

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.site.permissions.records import store

APPLICANTS, PAIRS, UNANSWERED, REQUESTS = 10, 10, 4, 10
"""Thirty: the applicants, the pairs of whom some haven't answered, and the feedback."""
WELCOME = 4
WORDS = "All places are taken this year."


@pytest.fixture
def morning(site) -> SimpleNamespace:
	"""A cycle of pairs with applicants, proposed pairs, and feedback that is overdue."""
	program = make.make_program(program_name=make.unique("Morning")).name
	cycle = make.make_cycle(program).name
	make.use_membership_roll()
	mentors = [make.make_mentor(cycle, seats_offered=2) for _ in range(PAIRS)]
	mentees = [make.make_mentee(cycle) for _ in range(PAIRS)]
	make.make_program()  # with one program alone there would be nothing to choose
	made = SimpleNamespace(
		program=program,
		cycle=cycle,
		mentors=mentors,
		mentees=mentees,
		applicants=[make.make_mentee(cycle, approved=False) for _ in range(APPLICANTS)],
		pairs=[
			propose(cycle, [mentee.name], mentor.name).name
			for mentor, mentee in zip(mentors, mentees, strict=True)
		],
	)
	for pair, mentor, mentee in list(zip(made.pairs, mentors, mentees, strict=True))[UNANSWERED:]:
		for person in (mentor, mentee):
			commands.accept(pair, person.profile)
	for number, pair in enumerate(made.pairs[:REQUESTS]):
		store(
			"Mentoring Feedback Request",
			request_key=f"{pair} {number}",
			profile=mentees[number].profile,
			full_name=mentees[number].full_name,
			kind="Program",
			status="Open",
			due_on=add_days(nowdate(), -3),
			cycle=cycle,
			program=program,
		)
	frappe.db.commit()
	return made


def test_thirty_things_are_done_in_bulk_before_coffee(coordinator, morning):
	desk, page = coordinator, coordinator.page
	assert look(desk, morning) == {
		"mentee_applications": APPLICANTS,
		"matches_unanswered": UNANSWERED,
		"groups_to_start": PAIRS - UNANSWERED,
		"feedback_overdue": REQUESTS,
	}
	desk.picture("morning")

	follow(desk, "mentee_applications", APPLICANTS)
	for applicant in morning.applicants[:WELCOME]:
		desk.row(applicant.full_name).first.locator(".list-row-checkbox").check()
	desk.press_in_menu("Actions", "Approve")
	desk.fill("words", "Welcome!")
	desk.confirm("Approve")
	expect(rows(page)).to_have_count(APPLICANTS - WELCOME)
	do_to_all(desk, "Reject", words=WORDS)
	expect(rows(page)).to_have_count(0)
	states = frappe.get_all("Mentee", {"cycle": morning.cycle}, ["name", "status", "decision_note"], limit=0)
	assert [row.decision_note for row in fresh(states) if row.status == "Rejected"] == [WORDS] * 6

	look(desk, morning)
	expect(page.locator(".need-progress")).to_have_text(re.compile(rf"^{APPLICANTS} of \d+ done today$"))
	page.locator(".need[data-code='matches_unanswered'] .need-act").click()
	expect(desk.dialog()).to_contain_text(f"{2 * UNANSWERED} people get an email")
	desk.confirm("Send reminder")
	expect(page.locator(".alert", has_text=f"Send reminder: {UNANSWERED} done")).to_be_visible()

	everybody_answers(morning)
	assert look(desk, morning)["groups_to_start"] == PAIRS + WELCOME
	follow(desk, "groups_to_start", PAIRS + WELCOME)
	do_to_all(desk, "Start")
	expect(rows(page)).to_have_count(0)

	look(desk, morning)
	follow(desk, "feedback_overdue", REQUESTS)
	rows(page).first.locator(".list-row-checkbox").check()
	desk.press_in_menu("Actions", "Snooze")
	desk.confirm("Snooze")
	expect(page.locator(".alert", has_text="Snooze: 1 done")).to_be_visible()
	assert look(desk, morning)["feedback_overdue"] == REQUESTS - 1
	page.locator(".need-snoozed summary").click()
	desk.picture("snoozed")
	page.get_by_role("button", name="Bring back").click()
	expect(page.locator(".need[data-code='feedback_overdue'] .need-count")).to_have_text(str(REQUESTS))
	follow(desk, "feedback_overdue", REQUESTS)
	do_to_all(desk, "Waive")
	expect(rows(page)).to_have_count(0)

	assert look(desk, morning) == {}
	expect(page.locator(".need-nothing")).to_have_text("You're all caught up.")


def fresh(rows: list) -> list:
	"""What the coordinator's requests wrote, not what this connection saw before."""
	frappe.db.rollback()
	return [
		frappe.db.get_value("Mentee", row.name, ["status", "decision_note"], as_dict=True) for row in rows
	]


def everybody_answers(morning) -> None:
	"""Those who were reminded accept, and so do those who were approved, with a match of their own."""
	frappe.db.rollback()
	for pair, mentor, mentee in list(zip(morning.pairs, morning.mentors, morning.mentees, strict=True))[
		:UNANSWERED
	]:
		for person in (mentor, mentee):
			commands.accept(pair, person.profile)
	for applicant, mentor in zip(morning.applicants[:WELCOME], morning.mentors, strict=False):
		pair = propose(morning.cycle, [applicant.name], mentor.name).name
		for person in (mentor, applicant):
			commands.accept(pair, person.profile)
	frappe.db.commit()


def look(desk, morning) -> dict[str, int]:
	"""What the workspace says waits in the program."""
	page, asked = desk.page, "**/api/method/mentor_ispe.api.desk.needs_you"
	if page.url.endswith("/app/mentoring") or not page.locator(".frappe-list").count():
		desk.open("mentoring")
		with page.expect_response(asked):
			page.locator(".need-program").select_option(morning.program)
	else:  # back from a list: counted anew, with the program that was chosen
		with page.expect_response(asked):
			page.evaluate("frappe.set_route('mentoring')")
	expect(page.locator(".need-program")).to_have_value(morning.program)
	page.wait_for_function("() => !frappe.request.ajax_count")
	return {
		item.get_attribute("data-code"): int(item.locator(".need-count").inner_text())
		for item in page.locator(".need").all()
	}


def follow(desk, code: str, number: int) -> None:
	"""Open the list behind a figure: it has as many rows."""
	desk.page.locator(f".need[data-code='{code}'] .need-main").click()
	expect(rows(desk.page)).to_have_count(number)


def rows(page) -> Locator:
	return page.locator(".frappe-list:visible .list-row-container:not(.list-row-head) .list-row")


def do_to_all(desk, label: str, words: str = "") -> None:
	"""Tick everything and choose from the actions; say why, where that is asked, and confirm what is said."""
	desk.page.locator(".frappe-list:visible .list-check-all:visible").first.check()
	desk.press_in_menu("Actions", label)
	if words:
		desk.fill("words", words)
	desk.confirm(label)
