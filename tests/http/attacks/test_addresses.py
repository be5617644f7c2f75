"""H5: a Host header of another site, H7: addresses that end an attribute."""

from __future__ import annotations

import frappe
import pytest

from tests import factories as make
from tests.http.client import Client
from tests.http.rounds import look_again

EVIL = "evil.example"


def from_elsewhere(client: Client, host: str = EVIL) -> Client:
	other = Client(client.base_url)
	other.headers = {**client.headers, "Host": host, "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": EVIL}
	return other


@pytest.mark.parametrize("host", [EVIL, "localhost", "127.0.0.1:1", "[::1]", f"{EVIL}:80", "[", "a b"])
def test_h5_the_calendars_address_is_this_sites(groups, host):
	answer = from_elsewhere(groups.ben, host).call("mentor_ispe.api.calendar.renew")
	assert answer.ok, answer.text[:500]
	assert EVIL not in answer.text
	assert f"//{host}" not in answer.text
	assert frappe.local.site in answer.text


def test_h5_the_mail_about_a_concern_leads_to_this_site(groups, coordinator):
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "office@example.org")
	frappe.db.commit()
	before = set(frappe.get_all("Email Queue", pluck="name")) | set(
		frappe.get_all("Mentoring Notice", pluck="name")
	)
	answer = from_elsewhere(groups.ben).call(
		"mentor_ispe.api.concerns.raise_concern",
		group=groups.mine.group,
		kind="Conduct",
		words="Something happened",
	)
	assert answer.ok, answer.text[:500]
	look_again()
	written = frappe.get_all("Email Queue", ["name", "message"]) + frappe.get_all("Mentoring Notice", ["*"])
	new = [row for row in written if row["name"] not in before]
	assert new, "nobody was written to"
	assert EVIL not in frappe.as_json(new)


def test_h5_addresses_in_pages_of_the_platform_are_this_sites(guest):
	text = from_elsewhere(guest).get("/sitemap.xml").text
	assert f"://{frappe.local.site}" in text
	assert EVIL not in text


LINKS = (
	'https://x" onmouseover="alert(1)',
	"https://x' onmouseover='alert(1)",
	"javascript:alert(1)",
	"JavaScript://x.example/%0aalert(1)",
	"data:text/html,<script>alert(1)</script>",
	"https://x.example/<script>",
	"https://x.example/ y",
	"https://x.example/\ny",
	"https:x.example",
	"//x.example/y",
	"https://user@x.example/",
	"ftp://x.example/",
	"https://x.example/`y`",
	"https://x.example\\@y.example/",
)


@pytest.mark.parametrize("link", LINKS)
def test_h7_the_link_of_a_call_is_an_address_and_nothing_else(groups, link):
	session = groups.records["Mentoring Session"]
	before = frappe.db.get_value("Mentoring Session", session, "link")
	answer = groups.ana.call(
		"mentor_ispe.api.sessions.change", session=session, values={"link": link, "mode": "Online"}
	)
	assert answer.status == 417, answer.text[:500]
	assert "https://" in answer.words
	look_again()
	assert frappe.db.get_value("Mentoring Session", session, "link") == before


@pytest.mark.parametrize("link", LINKS)
def test_h7_staff_keep_no_such_address_either(coordinator, link):
	answer = coordinator.post("/api/resource/Mentoring Resource", {"title": make.unique("R"), "url": link})
	assert answer.status == 417, answer.text[:500]


def test_h7_an_address_with_every_honest_sign_is_taken(coordinator):
	link = "https://us02web.zoom.us/j/8%201?pwd=a.b_c~d-e&x=1;y=(2)!$*+,:@#part/[z]"
	answer = coordinator.post("/api/resource/Mentoring Resource", {"title": make.unique("R"), "url": link})
	assert answer.ok, answer.text[:500]
