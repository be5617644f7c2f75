"""Attacks on the door: stories without consent, markup in stories, names and settings, drafts of others, foreign pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import frappe
import pytest

from tests import factories as make
from tests.http.people import make_member
from tests.http.portal_world import SCRIPT, make_newcomer, make_open_cycle, visit

__all__ = ["visit"]  # a fixture, used by name


def tell_story(words: str, program_status: str = "Published", **values) -> None:
	"""A story as it lies in the table, whoever told it."""
	profile, _user = make_member(full_name=f"Teller {SCRIPT}")
	program = make.make_program()
	doc = frappe.new_doc("Mentoring Feedback")
	doc.update(
		{
			"kind": "Success Story",
			"profile": profile,
			"full_name": f"Teller {SCRIPT}",
			"cycle": make.make_cycle(program.name).name,
			"comment": words,
			**values,
		}
	)
	doc.name = make.unique("story")
	doc.db_insert()
	program.db_set("status", program_status)
	frappe.db.commit()


def test_a_guest_reads_only_stories_that_may_be_published_and_as_text(visit):
	shown, private, hidden = (make.unique(word) for word in ("shown", "private", "hidden"))
	tell_story(f"{shown} {SCRIPT}", may_publish=1)
	tell_story(private, may_publish=0)
	tell_story(hidden, program_status="Draft", may_publish=1)
	page = visit().get("/mentoring")
	assert shown in page.text
	assert private not in page.text
	assert hidden not in page.text
	assert SCRIPT not in page.text


def test_a_very_long_story_is_shortened(visit):
	tell_story("word " * 2000, may_publish=1)
	story = visit().get("/mentoring").soup.select_one("blockquote").get_text()
	assert len(story) < 500


def test_words_on_joining_are_text_and_the_link_is_one_of_the_web(visit, site):
	before = frappe.db.get_single_value("Mentoring Settings", "join_words")
	frappe.db.set_single_value("Mentoring Settings", "join_words", f"Free {SCRIPT}")
	frappe.db.commit()
	page = visit().get("/mentoring")
	frappe.db.set_single_value("Mentoring Settings", "join_words", before)
	frappe.db.commit()
	assert "Free" in page.words
	assert SCRIPT not in page.text
	settings = frappe.get_doc("Mentoring Settings")
	settings.join_url = "javascript:alert(1)"
	with pytest.raises(frappe.ValidationError):
		settings.save()
	frappe.db.rollback()


def test_nobody_reads_or_sends_the_draft_of_another(visit):
	cycle, _agreement = make_open_cycle()
	_profile, owner = make_member()
	first = visit(owner)
	page = first.get(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	first.send(page, "application.keep_draft", answers__Mentee__goals="Only mine")
	profile, other = make_member()
	second = visit(other)
	for step in ("questions", "agreements"):
		assert "Only mine" not in second.get(f"/mentoring/apply/{cycle}?as=Mentee&step={step}").text
	review = second.get(f"/mentoring/apply/{cycle}?as=Mentee&step=agreements")
	second.send(review, "application.send")
	frappe.db.rollback()
	assert not frappe.db.get_value("Mentee", {"profile": profile, "cycle": cycle}, "goals")
	assert "Only mine" in first.get(f"/mentoring/apply/{cycle}?as=Mentee&step=questions").text


def test_a_name_with_markup_is_shown_back_as_text(visit):
	cycle, _agreement = make_open_cycle()
	user = make_newcomer()
	visitor = visit(user)
	about = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee")
	questions = visitor.send(about, "member.save_profile", full_name=f"Nora {SCRIPT}", employer=SCRIPT)
	review = visitor.send(questions, "application.keep_draft", answers__Mentee__goals=SCRIPT)
	assert SCRIPT not in review.text


@pytest.mark.parametrize("path", ["/mentoring/apply/{cycle}", "//evil.example/mentoring/apply/{cycle}"])
def test_signing_in_leads_back_to_this_site(visit, path):
	cycle, _agreement = make_open_cycle()
	guest = visit()
	answer = guest.session.get(
		f"{guest.base_url}{path.format(cycle=cycle)}?as=Mentee&back=//evil.example",
		allow_redirects=False,
		timeout=60,
	)
	target = urlsplit(answer.headers.get("Location", ""))
	assert target.netloc in ("", urlsplit(guest.base_url).netloc)
	assert "redirect-to=//" not in answer.headers.get("Location", "")
	assert "redirect-to=%2F%2F" not in answer.headers.get("Location", "")


def test_a_time_zone_that_is_none_is_refused_as_text(visit):
	profile, user = make_member(time_zone="Europe/Zurich")
	visitor = visit(user)
	form = visitor.get("/mentoring")
	refused = visitor.send(form, "my_data.choose_time_zone", time_zone=SCRIPT)
	assert refused.refused
	assert SCRIPT not in refused.text
	frappe.db.rollback()
	assert frappe.db.get_value("Mentoring Profile", profile, "time_zone") == "Europe/Zurich"
