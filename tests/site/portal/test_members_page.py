"""The members' page shows what is one's own, and text as text."""

from __future__ import annotations

import frappe
import pytest
from frappe.website.serve import get_response

from mentor_ispe.services.propose import propose
from tests import factories as make


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def page_as(user: str) -> str:
	frappe.set_user(user)
	response = get_response("mentoring")
	page = response.get_data(as_text=True)
	assert response.status_code == 200, page[page.find("Traceback") :][:2000]
	return page


def make_match(**profile):
	person = make.make_profile(user=make.make_user().name, **profile)
	cycle = make.make_cycle().name
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle, profile=person.name)
	return person, propose(cycle, [mentee.name], mentor.name, reasons={mentee.name: "Both like <b>pumps</b>"})


def test_a_guest_sees_published_programs_and_nobody_else():
	shown, hidden = make.make_program(), make.make_program(status="Draft")
	_, group = make_match()
	page = page_as("Guest")
	assert shown.name in page
	assert hidden.name not in page
	assert group.title not in page


def test_a_member_sees_their_match_with_its_reason_as_text():
	person, group = make_match()
	page = page_as(person.user)
	assert f'data-group="{group.name}"' in page
	assert "&lt;b&gt;pumps" in page
	assert "<b>pumps" not in page


def test_a_member_does_not_see_the_match_of_another():
	_, group = make_match()
	other, _ = make_match()
	assert group.name not in page_as(other.user)


def test_a_login_without_a_profile_is_told_what_to_do():
	assert "no mentoring profile yet" in page_as(make.make_user().name)
