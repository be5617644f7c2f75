"""The frame around the members' pages: the site's menu and name, the language, what a browser may keep."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import frappe
import pytest
from PIL import Image

from tests.http.people import make_member, make_password
from tests.http.portal_world import SCRIPT, visit
from tests.http.visitor import FORMS, Visitor

__all__ = ["visit"]  # a fixture, used by name

LOGOUT = "/api/method/logout"
OWN = ("app_name", "brand_html", "banner_image", "head_html", "copyright", "top_bar_items", "footer_items")


def save(settings) -> None:
	"""Seen by every process: one that read between the save and its commit would keep what was before."""
	settings.save()
	frappe.db.commit()
	frappe.clear_document_cache(settings.doctype, settings.name)


@pytest.fixture(scope="module")
def website(site):
	"""A site with a name, a menu and a footer of its own."""
	settings = frappe.get_doc("Website Settings")
	before = {field: settings.get(field) for field in OWN}
	settings.update(
		{
			"app_name": "Example Society",
			"brand_html": "",
			"banner_image": "",
			"head_html": "<meta name='of-the-site' content='yes'>",
			"copyright": "Example Society",
			"top_bar_items": [
				{"label": "About us", "url": "/about"},
				{"label": "Events"},
				{"label": "Conference", "url": "/conference", "parent_label": "Events"},
				{"label": SCRIPT, "url": "/odd"},
			],
			"footer_items": [{"label": "Imprint", "url": "/imprint"}],
		}
	)
	save(settings)
	yield
	settings.reload()
	settings.update(before)
	save(settings)


@pytest.fixture(scope="module")
def joana(site):
	return make_member(full_name="Joana Example")[1]


def test_the_site_s_own_name_menu_and_footer_are_there(website, visit, joana):
	for visitor in (visit(), visit(joana)):
		page = visitor.get("/mentoring").soup
		assert page.select_one("header .m-brand").get_text(strip=True) == "Example Society"
		links = {
			link.get_text(strip=True): urlsplit(link["href"]).path
			for link in page.select("header .m-panel a")
		}
		assert links["About us"] == "/about"
		assert links["Conference"] == "/conference"
		assert "Imprint" in [link.get_text(strip=True) for link in page.select("footer a")]
		assert page.select_one("meta[name=of-the-site]")
		assert not page.find("script", src=False)


def test_nothing_of_what_frappe_s_pages_load_is_loaded(visit, joana):
	page = visit(joana).get("/mentoring")
	loaded = [tag.get("src") or tag.get("href") for tag in page.soup.select("script, link[rel=stylesheet]")]
	assert all(address.startswith("/assets/mentor_ispe/") for address in loaded)
	assert "<symbol" not in page.text


def test_a_guest_finds_the_login_and_comes_back(visit, base_url):
	page = visit().get("/mentoring/library?topic=a b")
	way = urlsplit(page.address)
	assert way.path == "/login"
	assert parse_qs(way.query)["redirect-to"] == ["/mentoring/library?topic=a%20b"]
	assert "Sign in to see your mentoring." in page.text
	logo = page.soup.select_one(".for-login img.app-logo")["src"]
	assert visit().session.get(f"{base_url}{logo}").headers["Content-Type"].startswith("image/")
	for elsewhere in (
		"",
		"?redirect-to=/me",
		"?redirect-to=/mentoring-docs",
		"?redirect-to=//example.org/mentoring",
	):
		assert "your mentoring" not in visit().get(f"/login{elsewhere}").text
	assert "redirect-to=/mentoring" in visit().get("/mentoring").soup.select_one("header .m-login")["href"]


def test_a_member_changes_the_language_on_any_page(visit, joana):
	visitor = visit(joana)
	german = visitor.send("/mentoring/groups", "member.choose_language", ("language", "de"))
	assert german.address.startswith("/mentoring/groups")
	assert german.soup.html["lang"] == "de"
	assert visitor.get("/mentoring/profile").soup.html["lang"] == "de"
	assert frappe.db.get_value("User", joana, "language") == "de"
	assert (
		visitor.send("/mentoring/profile", "member.choose_language", ("language", "en")).soup.html["lang"]
		== "en"
	)


def test_a_guest_changes_the_language_for_this_browser(visit):
	visitor = visit()
	assert visitor.send("/mentoring", "member.choose_language", ("language", "de")).soup.html["lang"] == "de"
	assert visitor.get("/mentoring").soup.html["lang"] == "de"
	assert visit().get("/mentoring").soup.html["lang"] == "en"


def test_a_language_that_the_site_has_not_is_refused(visit, joana):
	frappe.db.rollback()
	before = frappe.db.get_value("User", joana, "language")
	refused = visit(joana).send("/mentoring/groups", "member.choose_language", ("language", "xx"))
	assert refused.refused
	assert "Choose one from the list" in refused.said
	frappe.db.rollback()
	assert frappe.db.get_value("User", joana, "language") == before


def test_a_browser_keeps_pages_for_one_session(visit, joana, base_url):
	one, again, guest = visit(joana), visit(joana), visit()
	whose = [
		each.session.get(f"{base_url}/mentoring").headers.get("X-Mentoring-Reader")
		for each in (one, one, again, guest)
	]
	assert whose[0] == whose[1] != whose[2]
	assert whose[3] is None
	assert one.session.cookies["sid"] not in whose[0]
	assert "X-Mentoring-Reader" not in one.session.get(f"{base_url}/mentoring-worker.js").headers


@pytest.mark.parametrize("way", ["/?cmd=web_logout", LOGOUT])
def test_whoever_signs_out_leaves_nothing_in_the_browser(visit, joana, base_url, way):
	answer = visit(joana).session.get(f"{base_url}{way}")
	assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_another_person_who_signs_in_finds_nothing_of_the_first(joana, base_url):
	def signs_in(visitor: Visitor, user: str):
		form = {"usr": user, "pwd": make_password(user)}
		return visitor.session.post(f"{base_url}/api/method/login", data=form).headers.get("Clear-Site-Data")

	visitor, other = Visitor(base_url), make_member()[1]
	assert signs_in(visitor, joana)
	assert not signs_in(visitor, joana)
	assert signs_in(visitor, other)


def test_a_phone_learns_the_name_and_the_icons(website, visit, base_url):
	guest = visit()
	page = guest.get("/mentoring").soup
	manifest = guest.session.get(f"{base_url}{page.select_one('link[rel=manifest]')['href']}").json()
	assert manifest["name"] == "Example Society"
	assert manifest["short_name"] == "Example"
	assert manifest["start_url"] == manifest["id"] == "/mentoring"
	assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
	touch = page.select_one("link[rel=apple-touch-icon]")["href"]
	for address, size in [(icon["src"], int(icon["sizes"].split("x")[0])) for icon in manifest["icons"]] + [
		(touch, 180)
	]:
		picture = Image.open(io.BytesIO(guest.session.get(f"{base_url}{address}").content))
		assert (picture.format, picture.size) == ("PNG", (size, size))
		assert len(set(picture.convert("RGB").getdata())) > 1, "letters on it"


def test_an_icon_that_others_may_be_given_brings_no_session(visit, joana, base_url):
	for visitor in (visit(), visit(joana)):
		answer = visitor.session.get(f"{base_url}{FORMS}home_screen.icon", params={"size": 192})
		assert answer.headers["Cache-Control"].startswith("public")
		assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("size", ["0", "100000", "-1", "x"])
def test_icons_of_other_sizes_are_refused(visit, base_url, size):
	answer = visit().session.get(f"{base_url}{FORMS}home_screen.icon", params={"size": size})
	assert answer.status_code == 417


def test_the_worker_has_the_files_of_this_version(visit, base_url):
	answer = visit().session.get(f"{base_url}/mentoring-worker.js")
	assert answer.headers["Content-Type"].partition(";")[0] in ("text/javascript", "application/javascript")
	page = visit().get("/mentoring").soup
	assert page.select_one("link[rel=stylesheet]")["href"] in answer.text
	assert "{" + "{" not in answer.text


def test_a_page_for_guests_is_sent_once_and_never_stands_for_a_member_s(visit, joana, base_url):
	address, guest, member = f"{base_url}/mentoring", visit(), visit(joana)
	first = guest.session.get(address)
	mark = {"If-None-Match": first.headers["ETag"]}
	again = guest.session.get(address, headers=mark)
	assert (again.status_code, again.content) == (304, b"")
	for page in (first, again):
		assert page.headers["Cache-Control"] == "private, no-cache"
		assert {"Cookie", "Accept-Language"} <= set(page.headers["Vary"].split(", "))
	own = member.session.get(address, headers=mark)
	assert own.status_code == 200
	assert "data-keeps-pages" in own.text
	assert "data-keeps-pages" not in first.text
	assert "ETag" not in own.headers
	assert "no-store" in own.headers["Cache-Control"]
	member.session.get(f"{base_url}{LOGOUT}")
	assert member.session.get(address, headers=mark).status_code == 304
	german = guest.send("/mentoring", "member.choose_language", ("language", "de"))
	assert german.soup.html["lang"] == "de"
	assert guest.session.get(address, headers=mark).status_code == 200


@pytest.mark.parametrize("path", ["/mentoring/poll", "/mentoring/move?key=x", "/mentoring/unsubscribe?k=x"])
def test_pages_behind_a_link_are_kept_by_nobody(visit, base_url, path):
	answer = visit().session.get(f"{base_url}{path}")
	assert "ETag" not in answer.headers
	assert "no-store" in answer.headers["Cache-Control"]
