"""From "you are matched" to a date in both calendars: New York and Kolkata, on phones, with scripts and without."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import get_datetime, get_system_timezone, now_datetime
from playwright.sync_api import Browser, expect

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.browser.portal import PHONE, Walk
from tests.http.people import make_member
from tests.site.calendar.reading import event_of

PEOPLE = {"Nora Quinn": "America/New_York", "Ravi Menon": "Asia/Kolkata"}


def sent(walk: Walk, button: str, name: str) -> None:
	"""Press the first such button, and see the page that answers."""
	walk.page.locator(button).first.click()
	expect(walk.page.locator("#said")).not_to_be_empty()
	walk.see(name)


def walk_of(browser: Browser, base_url: str, user: str, zone: str, scripts: bool) -> Walk:
	context = browser.new_context(viewport=PHONE, timezone_id=zone, java_script_enabled=scripts)
	walk = Walk(context.new_page(), base_url)
	walk.sign_in(user)
	return walk


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_matched_pair_has_a_date_in_both_calendars(site, browser, base_url, scripts):
	people = [make_member(full_name=name, time_zone=zone) for name, zone in PEOPLE.items()]
	cycle = make.make_cycle(make.make_program(format="One-on-One").name).name
	mentor = make.make_mentor(cycle, profile=people[0][0]).name
	mentee = make.make_mentee(cycle, profile=people[1][0]).name
	matched = now_datetime()
	group = propose(cycle, [mentee], mentor).name
	frappe.db.commit()
	nora, ravi = (
		walk_of(browser, base_url, user, zone, scripts)
		for (_profile, user), zone in zip(people, PEOPLE.values(), strict=True)
	)

	for walk in (nora, ravi):
		walk.open(f"/mentoring/match/{group}")
		walk.see("match")
		sent(walk, "form[action$='member.accept'] button[type=submit]", "accepted")
	frappe.db.rollback()
	commands.activate(group)
	frappe.db.commit()

	base = f"/mentoring/groups/{group}/meetings"
	nora.open(base)
	nora.page.locator(f"a[href^='{base}?at=']").first.click()
	nora.page.wait_for_url("**at=*")
	nora.see("chosen")
	clocks = nora.page.locator("form#plan-one [data-clocks]")
	expect(clocks).to_contain_text("Ravi Menon")
	expect(clocks.locator("strong")).to_have_count(0)  # it is night, early or late for nobody
	sent(nora, "form#plan-one button[type=submit]", "planned")
	frappe.db.rollback()
	(meeting,) = frappe.get_all("Mentoring Session", {"mentoring_group": group}, ["name", "starts_on"])
	ravi.open(f"{base}/{meeting.name}")
	ravi.see("asked")
	sent(ravi, "form[action$='sessions.answer'] [name=said][value=Yes]", "answered")
	frappe.db.rollback()

	rows = frappe.get_doc("Mentoring Session", meeting.name).attendance
	assert {row.profile: row.answer for row in rows} == {profile: "Yes" for profile, _user in people}
	starts_at = get_datetime(meeting.starts_on).replace(tzinfo=ZoneInfo(get_system_timezone()))
	for walk in (nora, ravi):
		file = walk.page.request.get(
			f"{base_url}/api/method/mentor_ispe.api.calendar.meeting?session={meeting.name}"
		)
		assert event_of(file.text()).dtstart.value == starts_at
		walk.page.context.close()
	assert nora.screens + ravi.screens <= 8
	told = {"profile": ("in", [profile for profile, _user in people]), "creation": (">=", matched)}
	assert frappe.db.count("Mentoring Notice", told) <= 7, (
		"asked, started and invited, each of them; and one reads that all have accepted"
	)
