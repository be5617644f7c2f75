"""Forms that can't be done as they came: in words, and with what was typed wherever that is safe."""

from __future__ import annotations

import frappe
import pytest

from tests.http.people import make_member
from tests.http.portal_world import fresh, visit
from tests.http.visitor import FORMS as ADDRESS
from tests.http.visitor import Visitor

__all__ = ["visit"]  # a fixture, used by name

FORMS = (
	"member.save_profile",
	*("application.keep_draft", "application.send", "application.change", "member.sign"),
	*("member.accept", "member.decline", "member.rank", "member.ask_mentor"),
	*(
		"calendar.renew",
		"my_data.choose_mails",
		"my_data.copy",
		"my_data.share",
		"my_data.erase",
		"member.withdraw",
		"my_data.set_seats",
		"devices.remove",
	),
)
PROFILE = "/mentoring/profile"


@pytest.fixture(scope="module")
def member(site) -> tuple[str, str]:
	"""Somebody with a login: (profile, user)."""
	return make_member(full_name="Unchanged")


def name_of(profile: str) -> str:
	return fresh("Mentoring Profile", profile, "full_name")


def test_a_form_of_a_guest_is_refused_in_words(visit):
	guest = visit()
	for form in FORMS:
		page = guest.post(form, biography="Half a life", back=PROFILE)
		assert page.status == 403, form
		assert "You were signed out, so nothing was sent yet" in page.words, form
		assert "Half a life" in page.words


def test_a_form_without_the_token_is_refused_and_keeps_what_was_typed(visit, member):
	visitor = visit(member[1])
	visitor.get("/mentoring")  # there is a token in the session from now on
	for form in FORMS:
		page = visitor.post(form, full_name="Changed", sure="1", back=PROFILE, form="profile")
		assert page.refused, form
		assert page.address.startswith(PROFILE)
		assert "this form wasn't sent" in page.said
		assert (
			page.form("member.save_profile").find("input", attrs={"name": "full_name"})["value"] == "Changed"
		)
	assert name_of(member[0]) == "Unchanged"


def test_a_session_that_has_no_token_yet_sends_no_form(visit, member):
	page = visit(member[1]).post("member.save_profile", full_name="Changed", back=PROFILE)
	assert page.refused
	assert name_of(member[0]) == "Unchanged"


def test_after_signing_in_again_what_was_typed_is_there_and_is_sent(visit):
	profile, user = make_member(full_name="Before")
	visitor = visit(user)
	page = visitor.get(PROFILE)
	visitor.session.cookies.clear()
	ended = visitor.send(page, "member.save_profile", full_name="After it", languages=["de", "en", ""])
	assert ended.status == 403
	assert "After it" in ended.words
	assert page.soup.find("input", attrs={"name": "csrf_token"})["value"] not in ended.text
	visitor.sign_in(user)
	again = visitor.send(ended, "member.save_profile")
	assert again.refused
	assert "Check what you typed" in again.said
	assert name_of(profile) == "Before"
	assert visitor.send(again, "member.save_profile").said == "Your profile has been saved."
	assert name_of(profile) == "After it"
	doc = frappe.get_doc("Mentoring Profile", profile)
	assert [row.language for row in doc.languages] == ["de", "en"]


@pytest.mark.parametrize("origin", ["https://example.org", "https://example.org:443", "http://127.0.0.2"])
def test_a_form_from_a_foreign_origin_is_refused_even_with_the_token(visit, member, origin):
	visitor = visit(member[1])
	token = visitor.token(PROFILE)
	for values in ({"csrf_token": token}, {}):
		page = visitor.post("member.save_profile", origin, full_name="Mine now", back=PROFILE, **values)
		assert page.status == 403
		assert "This form came from another site" in page.words
		assert "Mine now" not in page.text
	assert "Mine now" not in visitor.get(PROFILE).text, "nothing of it waits in the form"
	assert name_of(member[0]) == "Unchanged"
	assert (
		"Mine now" not in visit().post("member.save_profile", origin, full_name="Mine now", back=PROFILE).text
	)


def test_a_browser_that_names_no_origin_needs_the_token_and_gets_nothing_back(visit, member):
	visitor = visit(member[1])
	token = visitor.token(PROFILE)
	address = f"{visitor.base_url}{ADDRESS}member.save_profile"
	for headers in ({}, {"Origin": "null"}):
		answer = visitor.session.post(
			address, data={"full_name": "Changed", "back": PROFILE}, headers=headers, timeout=60
		)
		assert "Please fill it in again" in answer.text
		assert "Changed" not in answer.text
	data = {"city": "Basel", "back": PROFILE, "csrf_token": token}
	cross = visitor.session.post(address, data=data, headers={"Sec-Fetch-Site": "cross-site"}, timeout=60)
	assert cross.status_code == 403
	done = visitor.session.post(address, data=data, headers={"Origin": "null"}, timeout=60)
	assert "Your profile has been saved" in done.text


def test_script_in_a_refused_form_comes_out_as_text(visit):
	script = "<script>alert(1)</script> and words"
	page = visit().post("member.save_profile", biography=script, **{f"x{script}": "1"})
	assert "alert(1)" in page.text
	assert "<script>alert(1)" not in page.text


def test_a_script_of_a_page_is_answered_with_data(visit):
	visitor = visit()
	answer = visitor.session.post(
		f"{visitor.base_url}{ADDRESS}application.keep_draft",
		data={"cycle": "x"},
		headers={"Accept": "application/json", "Origin": visitor.base_url},
		timeout=60,
	)
	assert answer.status_code == 403
	assert answer.headers["Content-Type"].startswith("application/json")


def test_the_page_for_refused_forms_is_none_to_visit(base_url, site):
	assert Visitor(base_url).get("/mentoring/again").address == "/mentoring"
