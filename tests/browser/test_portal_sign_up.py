"""A member who has never been here signs up on a phone: from the landing page to the confirmation."""

from __future__ import annotations

import re

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from tests import factories as make
from tests.browser.portal import options, walk

__all__ = ["options", "walk"]  # fixtures, used by name

MOST_SCREENS, MOST_FIELDS, MOST_SECONDS = 5, 12, 300


@pytest.fixture
def program(site):
	"""A one-to-one program as an association would set it up, open for applications."""
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", "https://example.org/renew")
	topics = [
		frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique(word)}).insert().name
		for word in ("Leadership", "Regulation", "Career change", "Vaccines")
	]
	if not frappe.db.exists("Mentoring Industry", "Pharma of tests"):
		frappe.get_doc({"doctype": "Mentoring Industry", "industry": "Pharma of tests"}).insert()
	agreement = make.make_agreement(
		title=make.unique("Code of Conduct"),
		text="<h2>Confidence</h2><p>What is said stays between us.</p><h2>Time</h2><p>We come prepared.</p>",
	)
	doc = make.make_program(
		summary="An experienced member and you, an hour a month for a year.",
		description="<p>Matched by industry, topics and languages.</p>",
		expectations_everyone="<p>Meet at least once a month.</p>",
		reply_weeks=8,
		minimum_hours_per_month=1,
		may_be_both=1,
		mentees_rank=1,
		training_for_mentors=1,
		credit_scheme="HRCI",
		contact_email="mentoring@example.org",
		agreements=[{"agreement": agreement, "required_of": "Everyone"}],
		criteria=[
			{"criterion": each, "weight": 10}
			for each in ("Industry", "Topics", "Career Stage", "Country", "Languages")
		],
	)
	cycle = make.make_cycle(
		doc.name,
		announcement_date=add_days(nowdate(), 18),
		kickoff_on=f"{add_days(nowdate(), 20)} 17:00:00",
	)
	mentor = make.make_mentor(cycle.name, motivation="Somebody helped me once.")
	frappe.db.set_value("Mentor", mentor.name, "seats_offered", 2)
	frappe.db.commit()
	return frappe._dict(name=doc.name, cycle=cycle.name, topics=topics)


@pytest.fixture
def newcomer(site):
	"""A login and a membership, nothing else."""
	user = make.make_user(first_name="Nora", last_name="New", language="en").name
	make.make_roll_entry(user, full_name="Nora New")
	frappe.db.commit()
	return user


def test_a_newcomer_signs_up_on_a_phone_in_five_screens(page, walk, program, newcomer, capsys):
	walk.sign_in(newcomer)
	walk.open("/mentoring")
	walk.see("1-landing")
	walk.link_to_apply(program.cycle).click()
	expect(page.get_by_role("heading", name="About you")).to_be_visible()
	expect(page.get_by_label("Your name")).to_have_value("Nora New")
	walk.see("2-about")
	walk.choose("Where you are in your career", "Early Career")
	walk.fill("Employer or school", "Example Labs")
	walk.choose("Industry", "Pharma of tests")
	walk.choose("Country", "Switzerland")
	walk.choose("Language 1", "English")
	walk.press("Next")
	expect(page.get_by_role("heading", name="What you're looking for")).to_be_visible()
	walk.see("3-questions")
	walk.tick(program.topics[0])
	walk.tick(program.topics[2])
	walk.fill("What do you want to get out of it?", "To lead a team one day.")
	expect(page.locator("[data-kept]")).to_have_text("Saved.")
	walk.press("Next")
	expect(page.get_by_role("heading", name="Read and sign")).to_be_visible()
	walk.sees("To lead a team one day.")
	walk.see("4-agreements")
	walk.tick(re.compile("I have read"))
	walk.press("Submit application")
	expect(page.locator("#said")).to_contain_text("Your application has been sent.")
	expect(page.get_by_text("Thank you. You'll hear from us by")).to_be_visible()
	walk.see("5-confirmation")
	with capsys.disabled():
		print(f"\nSign-up: {walk.screens} screens, {walk.fields} fields, {walk.seconds:.1f} s")
	assert walk.screens <= MOST_SCREENS
	assert walk.fields <= MOST_FIELDS
	assert walk.seconds < MOST_SECONDS
	frappe.db.rollback()
	profile = frappe.db.get_value("Mentoring Profile", {"user": newcomer}, "name")
	assert frappe.db.get_value("Mentee", {"profile": profile, "cycle": program.cycle}, "goals")


@pytest.fixture
def known(newcomer) -> str:
	"""The newcomer with a profile that has all that the program needs."""
	make.make_profile(
		member=False,
		full_name="Nora New",
		email=newcomer,
		user=newcomer,
		career_stage="Early Career",
		industry="Pharma of tests",
		country="Switzerland",
		time_zone="UTC",
		languages=[{"language": "en"}],
	)
	frappe.db.commit()
	return newcomer


def test_what_one_types_survives_closing_the_browser(page, walk, program, known):
	walk.sign_in(known)
	walk.open(f"/mentoring/apply/{program.cycle}?as=Mentee&step=questions")
	page.wait_for_load_state()  # the page's script listens from then on
	page.get_by_label("What do you want to get out of it?").fill("Half a thought")
	expect(page.locator("[data-kept]")).to_have_text("Saved.")
	walk.open("/mentoring")
	page.get_by_role("link", name="Finish your application").click()
	expect(page.get_by_label("What do you want to get out of it?")).to_have_value("Half a thought")


def test_the_application_is_done_by_keyboard_alone(page, walk, program, known):
	walk.sign_in(known)
	walk.open(f"/mentoring/apply/{program.cycle}?as=Mentee&step=about")
	page.get_by_label("Your name").focus()
	page.keyboard.press("Enter")
	expect(page.get_by_role("heading", name="What you're looking for")).to_be_visible()
	page.wait_for_load_state()
	page.get_by_label(program.topics[0]).focus()
	page.keyboard.press("Space")
	page.get_by_label("What do you want to get out of it?").focus()
	page.keyboard.type("By keyboard")
	page.keyboard.press("Tab")
	expect(page.get_by_role("button", name="Next", exact=True)).to_be_focused()
	page.keyboard.press("Enter")
	expect(page.get_by_role("heading", name="Read and sign")).to_be_visible()
	page.wait_for_load_state()  # the page's script puts the focus where the last form spoke
	page.get_by_label(re.compile("I have read")).focus()
	page.keyboard.press("Space")
	expect(page.get_by_label(re.compile("I have read"))).to_be_checked()
	page.keyboard.press("Tab")
	expect(page.locator("#mentoring-main form button[type=submit]:focus")).to_be_visible()
	page.keyboard.press("Enter")
	expect(page.locator("#said")).to_contain_text("Your application has been sent.")
	expect(page.locator("#said")).to_be_focused()
