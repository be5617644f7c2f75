"""The whole way of a mentee, a mentor and a peer on a phone, from sign-up to the end; the mentee's also without scripts.

What a coordinator does in between is done by the services. The moderator's way is in test_portal_group.
"""

from __future__ import annotations

import re

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate
from playwright.sync_api import expect

from mentor_ispe.clock import today
from mentor_ispe.services.applications import commands
from mentor_ispe.services.feedback.asking import ask_in
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.readiness import agreements
from tests import factories as make
from tests.browser.portal import PHONE, Walk
from tests.http.people import make_member
from tests.http.portal_groups import begin_earlier

SAID = "What we said stays between us"


@pytest.fixture
def options(request) -> dict:
	return {"viewport": PHONE, "java_script_enabled": getattr(request, "param", True)}


@pytest.fixture
def walk(page, base_url) -> Walk:
	return Walk(page, base_url)


def make_open_program(**values) -> frappe._dict:
	agreement = make.make_agreement(
		title=make.unique("Code of Conduct"), text="<p>What is said stays here.</p>"
	)
	required = [{"agreement": agreement, "required_of": "Everyone"}]
	program = make.make_program(
		agreements=required, reply_weeks=8, session_feedback=1, feedback_days=14, **values
	)
	cycle = make.make_cycle(program.name)
	frappe.db.commit()
	return frappe._dict(name=program.name, cycle=cycle.name, agreement=agreement)


def apply(walk: Walk, program: frappe._dict, role: str, **answers: str) -> str:
	"""From the landing page to the confirmation; the coordinator approves it. Returns the application."""
	walk.open("/mentoring")
	walk.page.locator(f"a[href*='{program.cycle.replace(' ', '%20')}'][href$='as={role}']").click()
	if walk.page.get_by_role("heading", name="About you").count():
		walk.choose("Where you are in your career", "Early Career")
		walk.fill("Employer or school", "Example Labs")
		walk.press("Next")
	for label, words in answers.items():
		walk.fill(label.replace("_", " "), words)
	walk.press("Next")
	walk.tick(re.compile("I have read"))
	walk.press("Submit application")
	walk.hears("Your application has been sent.")
	frappe.db.rollback()
	doctype = "Mentor" if role == "Mentor" else "Mentee"
	name = frappe.get_all(doctype, {"cycle": program.cycle, "status": "Applied"}, pluck="name")[0]
	commands.approve(doctype, name)
	frappe.db.commit()
	return name


def accept(walk: Walk, group: str, others: list[str]) -> None:
	"""From the landing page through the match; the others accept as well, and the group has begun."""
	walk.open("/mentoring")
	walk.follow(re.compile("Respond to your match"))
	walk.sees("Both like trains")
	walk.press("Accept")
	walk.sees("You have accepted")
	for profile in others:
		group_commands.accept(group, profile)
	group_commands.activate(group)
	begin_earlier(group)
	frappe.db.commit()


def sign_earlier(program: frappe._dict, *profiles: str) -> None:
	"""As if everyone had signed before the meetings of the past."""
	for profile in profiles:
		agreements.sign(program.agreement, profile)
	frappe.db.set_value(
		"Mentoring Agreement Acceptance",
		{"agreement": program.agreement},
		"accepted_on",
		add_to_date(now_datetime(), days=-30),
	)
	frappe.db.commit()


def hold(group: str, days: int = 1) -> None:
	"""The planned meeting took place yesterday, or some days ago."""
	frappe.db.rollback()
	for name in frappe.get_all(
		"Mentoring Session", {"mentoring_group": group, "status": "Planned"}, pluck="name"
	):
		frappe.db.set_value("Mentoring Session", name, "starts_on", add_to_date(now_datetime(), days=-days))
	frappe.db.commit()


def record(walk: Walk, words: str) -> None:
	walk.follow(re.compile("Record the meeting on"))
	walk.fill("Summary", words)
	walk.press("Record the meeting")
	walk.hears("has been recorded")
	walk.sees(words)


@pytest.mark.parametrize("options", [True, False], ids=["script", "no-script"], indirect=True)
def test_a_mentee_from_sign_up_to_the_end(walk, site):
	program = make_open_program()
	user = make.make_user(first_name="Nora", last_name="New").name
	make.make_roll_entry(user, full_name="Nora New")
	mentor = make.make_mentor(program.cycle)
	frappe.db.commit()
	walk.sign_in(user)

	mentee = apply(walk, program, "Mentee", What_do_you_want_to_get_out_of_it="To lead a team one day.")
	group = propose(program.cycle, [mentee], mentor.name, reasons={mentee: "Both like trains"}).name
	frappe.db.commit()
	accept(walk, group, [mentor.profile])
	sign_earlier(program, mentor.profile)

	walk.open("/mentoring/groups")
	walk.page.locator(f"#mentoring-main h3 a[href$='{group}']").click()
	walk.follow("Charter")
	walk.fill("What we expect", "We come prepared.")
	walk.press("Save charter")
	walk.hears("The charter has been saved")  # whoever writes agrees by that

	walk.follow("Meetings")
	walk.fill("Day and time", f"{add_days(nowdate(), 30)}T18:00", "#plan-one")
	walk.press("Schedule this meeting")
	walk.hears("is scheduled")
	hold(group)
	walk.open("/mentoring")
	record(walk, SAID)

	walk.follow("Goals")
	walk.fill("Goal", "Speak in public", "form[id='edit-']")
	walk.fill("Step 1", "Join a club")
	walk.press("Save goal")
	walk.hears("goal has been saved")
	walk.press("Done: Join a club")
	walk.sees("✓")

	ask_in([group], today())
	frappe.db.commit()
	walk.open("/mentoring")
	walk.follow("Tell us how the meeting was.")
	walk.tick("4 stars")
	walk.fill("In your own words", "We talked openly.")
	walk.press("Send feedback")
	walk.hears("Thank you")

	walk.follow("Manage group")
	walk.unfold("End this group early")
	walk.tick("Goals Met")
	walk.fill("Why", "I lead a team now.")
	walk.tick(re.compile("I don't want another match"))
	walk.press("End the group")
	walk.hears("has ended")
	walk.open("/mentoring")
	walk.sees("This cycle has ended. Thank you!")


def test_a_mentor_from_sign_up_to_pausing_next_year(walk, site):
	program = make_open_program()
	profile, user = make_member(full_name="Mona Mentor")
	mentee = make.make_mentee(program.cycle)
	frappe.db.commit()
	walk.sign_in(user)

	mentor = apply(
		walk, program, "Mentor", How_many_mentees_can_you_take="2", Why_do_you_want_to_be="To give back."
	)
	reasons = {mentee.name: "Both like trains"}
	group = propose(program.cycle, [mentee.name], mentor, reasons=reasons).name
	frappe.db.commit()
	accept(walk, group, [mentee.profile])
	sign_earlier(program, mentee.profile)

	walk.open("/mentoring/groups")
	walk.sees("1 of 2 taken, 1 left")
	walk.page.locator(f"#mentoring-main h3 a[href$='{group}']").click()
	walk.follow("Schedule a meeting")
	walk.fill("Day and time", f"{add_days(nowdate(), 30)}T18:00", "#plan-one")
	walk.press("Schedule this meeting")
	walk.hears("is scheduled")
	hold(group)
	walk.follow("Meetings")
	walk.follow(re.compile("Meeting on"))
	walk.fill("Summary", SAID)
	walk.press("Record the meeting")
	walk.hears("has been recorded")

	walk.follow("My data")
	walk.unfold("Places for mentees")
	walk.tick("I'd like to pause")
	walk.press("Save places")
	walk.hears("Your places have been saved")
	expect(walk.page.get_by_label("I'd like to pause")).to_be_checked()
	frappe.db.rollback()
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Active", "this year's people stay"
	assert frappe.db.get_value("Mentor", mentor, "profile") == profile


def test_a_peer_from_sign_up_to_a_second_host(walk, site):
	program = make_open_program(format="Peer Circle", group_size_min=3, group_size_max=10)
	_profile, user = make_member(full_name="Paula Peer")
	others = [make.make_mentee(program.cycle) for _number in range(2)]
	frappe.db.commit()
	walk.sign_in(user)

	mine = apply(walk, program, "Mentee", What_do_you_want_to_get_out_of_it="To hear how others do it.")
	parts = [mine, *(other.name for other in others)]
	circle = propose(program.cycle, parts, reasons={mine: "Both like trains"}).name
	frappe.db.commit()
	accept(walk, circle, [other.profile for other in others])
	sign_earlier(program, *(other.profile for other in others))

	hosts = []
	for ago in (2, 1):
		walk.open(f"/mentoring/groups/{circle}/meetings")
		walk.fill("Day and time", f"{add_days(nowdate(), 30)}T18:00", "#plan-one")
		walk.press("Schedule this meeting")
		walk.hears("is scheduled")
		hosts.append(
			walk.main.locator("dt", has_text="Host").locator("xpath=following-sibling::dd[1]").inner_text()
		)
		hold(circle, ago)
		walk.open("/mentoring/groups")
		record(walk, SAID)
	assert len(set(hosts)) == len(hosts), f"the same host again: {hosts}"
	expect(walk.page.locator("h1")).to_have_count(1)
