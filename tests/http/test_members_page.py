"""The members' page shows what is one's own, and text as text."""

from __future__ import annotations

import frappe
import pytest
import requests

from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.people import make_api_key, make_member, make_staff


@pytest.fixture(scope="module")
def page_of(site, base_url):
	"""The page as somebody sees it: `page_of(user)`, a guest without one."""

	def get(user: str | None = None, path: str = "/mentoring") -> str:
		headers = {"Authorization": make_api_key(user)} if user else {}
		response = requests.get(f"{base_url}{path}", headers=headers, timeout=60)
		assert response.status_code == 200, response.text[response.text.find("Traceback") :][:2000]
		return response.text

	return get


def make_match(reason: str = "Both make vaccines"):
	profile, user = make_member()
	cycle = make.make_cycle().name
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle, profile=profile)
	group = propose(cycle, [mentee.name], mentor.name, reasons={mentee.name: reason})
	frappe.db.commit()
	return user, group


def test_a_guest_sees_published_programs_and_nobody_else(page_of):
	shown, hidden = make.make_program(), make.make_program(status="Draft")
	_, group = make_match()
	page = page_of()
	assert shown.name in page
	assert hidden.name not in page
	assert group.title not in page


def test_a_member_sees_their_match_with_its_reason_as_text(page_of):
	user, group = make_match("Both like <b>pumps</b>")
	assert f'href="/mentoring/match/{group.name}"' in page_of(user)
	page = page_of(user, f"/mentoring/match/{group.name}")
	assert f'data-group="{group.name}"' in page
	assert "&lt;b&gt;pumps" in page
	assert "<b>pumps" not in page


def test_a_member_does_not_see_the_match_of_another(page_of):
	_, group = make_match()
	other, own = make_match()
	page = page_of(other)
	assert own.name in page
	assert group.name not in page


def test_a_login_without_a_profile_is_told_what_to_do(page_of):
	make.make_cycle()
	page = page_of(make_staff("Mentoring Coordinator"))
	assert "Welcome, Test" in page
	assert "Choose a program below to get started" in page
