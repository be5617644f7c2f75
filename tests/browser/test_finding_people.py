"""Somebody is found by a part of their name, in the search bar and in the list of participants; no key is shown."""

from __future__ import annotations

from datetime import datetime

import frappe
from playwright.sync_api import expect

from tests import factories as make
from tests.site.permissions.records import store

NAME = "Ümit O'Sample & Söhne, 100 %"
TITLE = "Ümit's <i>circle</i> & friends"


def test_from_a_part_of_a_name_to_a_persons_years(coordinator, site):
	make.use_membership_roll()
	mentor = make.make_profile(full_name=NAME)
	group = make.make_active_group(members=2, profiles=[mentor.name])
	frappe.db.set_value("Mentoring Group", group.name, "title", TITLE)
	session = store(
		"Mentoring Session",
		mentoring_group=group.name,
		group_title=TITLE,
		cycle=group.cycle,
		status="Held",
		starts_on=datetime(2020, 3, 1, 9),
		duration_minutes=90,
	)
	store(
		"Mentoring Session Attendance",
		parent=session.name,
		parenttype="Mentoring Session",
		parentfield="attendance",
		profile=mentor.name,
		attended=1,
	)
	frappe.db.commit()
	desk, page = coordinator, coordinator.page
	expect(page).to_have_url(f"{desk.base_url}/app/mentoring")

	page.locator("#navbar-search").fill("mit o's")
	hit = page.locator(".awesomplete li:visible", has_text=mentor.email)
	expect(hit).to_contain_text(NAME)
	hit.click()
	page.locator(".form-tabs .nav-link:visible", has_text="History").click()
	year = page.locator(".person-history h4", has_text="2020")
	expect(year).to_have_text("2020 1 meetings, 1.5 hours")
	desk.picture("a-persons-years")
	page.locator(".person-history a", has_text="90 minutes").click()
	path = page.locator("#navbar-breadcrumbs li").last
	expect(path).to_have_text(TITLE)

	desk.open(f"query-report/Mentoring%20Participants?cycle={group.cycle}")
	people = page.locator(".dt-row:not(.dt-row-header):not(.dt-row-filter):visible")
	expect(people).to_have_count(3)
	desk.press_in_menu("Views", "Mentors who haven't met yet")
	expect(people).to_have_count(0)
	desk.press_in_menu("Views", "Everyone")
	expect(people).to_have_count(3)
	row = people.filter(has_text=mentor.email)
	expect(row).to_contain_text(TITLE)
	desk.picture("participants")
	row.get_by_role("link", name=NAME).click()
	expect(path).to_have_text(NAME)
