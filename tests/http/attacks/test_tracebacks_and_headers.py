"""What an answer tells beside what was asked: tracebacks, and headers for browsers."""

from __future__ import annotations

import frappe
import pytest
import requests

from tests.http.portal_world import visit
from tests.http.visitor import Visitor

__all__ = ["visit"]  # a fixture, used by name

REFUSED = (
	"/api/resource/User/Administrator",
	"/api/resource/Mentoring Group",
	"/api/v2/document/Mentoring Concern",
	"/api/method/frappe.client.get?doctype=Mentoring Group&name=x",
	"/api/method/mentor_ispe.api.library.for_group?group=x",
	"/api/method/mentor_ispe.api.coordinator.nothing",
	"/api/method/frappe.desk.query_report.run?report_name=Mentoring Overview",
	"/api/method/frappe.client.get_list?doctype=User&fields=%5B%22nothing%22%5D",
	"/api/method/frappe.client.get_count?doctype=User&filters=%7B",
)
CODE = ("Traceback", "apps/frappe", ".py", '"exception"', '"exc"', "_exc_source", "_debug_messages")


@pytest.mark.parametrize("path", REFUSED)
def test_no_traceback_for_members_and_guests(member, outsider, guest, committee, path):
	for client in (member.client, outsider.client, guest, committee):
		answer = client.get(path)
		shown = answer.text.replace(path, "")
		assert not [word for word in CODE if word in shown], answer.text[:1000]


def test_no_traceback_on_a_page(member, base_url):
	"""A request that wants a page gets its error on one."""
	headers = {**member.client.headers, "Accept": "text/html"}
	for path in (*REFUSED, "/mentoring/groups/nothing", "/mentoring/library/nothing"):
		text = requests.get(f"{base_url}{path}", headers=headers, timeout=60).text
		assert "Traceback" not in text, path
		assert "apps/frappe" not in text, path


def test_words_of_a_refusal_are_given_without_the_traceback(member):
	answer = member.client.get("/api/method/mentor_ispe.api.library.for_group?group=x")
	assert answer.status == 403
	assert "Only people in the group" in answer.words


def test_system_managers_see_the_traceback(coordinator):
	assert (
		"Traceback"
		in coordinator.get("/api/method/frappe.client.get_list?doctype=User&fields=%5B%22nothing%22%5D").text
	)


def test_every_page_says_how_browsers_may_use_it(visit, member, base_url):
	for path in (
		"/",
		"/login",
		"/mentoring",
		"/mentoring/profile",
		"/app",
		"/api/method/ping",
		"/nothing-here",
	):
		headers = visit(member.user).session.get(f"{base_url}{path}", timeout=60).headers
		assert headers["X-Content-Type-Options"] == "nosniff", path
		assert headers["X-Frame-Options"] == "SAMEORIGIN", path
		assert headers["Referrer-Policy"], path


def policy(response: requests.Response) -> dict[str, str]:
	parts = response.headers["Content-Security-Policy"].split("; ")
	return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("path", ["/mentoring", "/mentoring/profile", "/mentoring/library"])
def test_the_members_pages_have_a_policy(visit, member, base_url, path):
	found = policy(visit(member.user).session.get(f"{base_url}{path}", timeout=60))
	assert found["frame-ancestors"] == "'self'"
	assert found["object-src"] == "'none'"
	assert found["base-uri"] == found["form-action"] == found["default-src"] == "'self'"
	assert "unsafe" not in found["script-src"]
	assert "*" not in found["script-src"]


@pytest.fixture
def home_page(site):
	"""The members' first page is that of the site."""
	settings = frappe.get_doc("Website Settings")
	before = settings.home_page
	settings.db_set("home_page", "mentoring")
	frappe.db.commit()
	frappe.clear_cache()
	yield
	settings.db_set("home_page", before)
	frappe.db.commit()
	frappe.clear_cache()


def test_the_members_first_page_has_the_policy_as_the_site_s_home_page_too(
	visit, member, base_url, home_page
):
	for visitor in (visit(member.user), visit()):
		answer = visitor.session.get(f"{base_url}/", timeout=60)
		assert answer.status_code == 200
		assert 'id="mentoring-main"' in answer.text
		assert policy(answer)["script-src"] == "'self'"
		assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
	("path", "kept"),
	[
		("/mentoring", "private, no-store"),
		("/mentoring/profile", "private, no-store"),
		("/api/method/mentor_ispe.api.library.library", "private, no-cache"),
	],
)
def test_no_cache_between_keeps_what_one_reader_got_for_another(visit, member, base_url, path, kept):
	answer = visit(member.user).session.get(f"{base_url}{path}", timeout=60)
	assert answer.status_code == 200
	assert answer.headers["Cache-Control"] == kept


def test_a_script_among_members_words_is_in_no_policy():
	from mentor_ispe.hardening import headers

	evil = "<script>alert(1)</script>"
	page = f"<head><script>frame</script></head>{headers.BEGIN}{headers.END}{evil}{headers.BEGIN}{evil}{headers.END}<script src='https://a.example/x.js'></script>"
	allowed = headers.policy_of(page)
	assert allowed.count("sha256-") == 1
	assert "https://a.example" in allowed
	assert "sha256-" not in headers.policy_of(evil)


@pytest.mark.parametrize("path", ["/mentoring/groups/nothing", "/mentoring/nowhere"])
def test_what_is_not_there_is_said_under_the_policy(visit, member, base_url, path):
	"""Also the second time, when Frappe remembers that there is nothing."""
	for visitor in (visit(member.user), visit()):
		answer = visitor.session.get(f"{base_url}{path}", timeout=60)
		if "/login" in answer.url:
			continue
		assert answer.status_code == 404
		assert "'self'" in policy(answer)["script-src"]
		assert "Page not found" in answer.text
		assert "/assets/frappe/" not in answer.text + answer.headers.get("Link", "")


def test_data_of_ours_is_no_page(member):
	response = requests.get(
		f"{member.client.base_url}/api/method/mentor_ispe.api.library.library",
		headers=member.client.headers,
		timeout=60,
	)
	assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_form_that_is_refused_answers_with_a_page_under_the_policy(visit, base_url):
	answer = Visitor(base_url).session.post(
		f"{base_url}/api/method/mentor_ispe.api.member.save_profile", data={"city": "x"}, timeout=60
	)
	assert answer.status_code == 403
	assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
