"""The members' pages in the reader's language."""

from __future__ import annotations

import frappe

from tests.http.people import make_member
from tests.http.portal_world import visit

__all__ = ["visit"]  # a fixture, used by name


def test_a_member_reads_the_pages_and_what_they_answer_in_their_language(visit):
	_profile, user = make_member()
	frappe.db.set_value("User", user, "language", "de")
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.get("/mentoring/profile")
	assert page.soup.html["lang"] == "de"
	assert page.soup.h1.get_text(strip=True) == "Ihr Profil"
	refused = visitor.send(page, "member.save_profile", full_name="")
	assert refused.refused
	assert refused.said == "Geben Sie Ihren Namen ein."


def test_a_guest_reads_them_in_the_language_of_the_browser(visit):
	visitor = visit()
	visitor.session.headers["Accept-Language"] = "de-AT,de;q=0.9,en;q=0.5"
	page = visitor.get("/mentoring")
	assert page.soup.html["lang"].startswith("de")
	assert page.soup.find(id="programs").get_text(strip=True) == "Programme"
