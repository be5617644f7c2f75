"""A coordinator plans a group's next session, records one, and opens notes with a reason."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime
from playwright.sync_api import expect

from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import recording
from tests import factories as make

SAID = "Ben thinks of changing jobs"
ZONES = ("America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland")


@pytest.fixture
def group(site) -> SimpleNamespace:
	"""A group over three continents that met yesterday; Kira hasn't signed yet."""
	code = make.make_agreement(title=make.unique("Confidentiality"))
	names = ("Ana Souza", "Ben Okafor", "Kira Patel")
	people = [
		make.make_profile(full_name=name, time_zone=zone).name
		for name, zone in zip(names, ZONES, strict=True)
	]
	group = make.make_active_group(
		profiles=people, agreements=[{"agreement": code, "required_of": "Everyone"}]
	)
	frappe.db.set_value("Mentoring Group", group.name, "title", "Across the Oceans")
	for profile in people[:2]:
		agreements.sign(code, profile)
	group.met = recording.record_unplanned(
		group.name,
		make.earlier_today(5).replace(minute=0, second=0),
		people[0],
		dict.fromkeys(people[:2], 55),
		summary=SAID,
		new_items=[{"words": "Draft a letter", "assigned_to": people[1]}],
	).name
	frappe.db.commit()
	return group


def test_coordinator_plans_the_next_session_from_the_group(coordinator, group):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Group", group.name)
	desk.press("Schedule next meeting")
	page.wait_for_function("() => window.cur_frm?.doctype === 'Mentoring Session' && cur_frm.doc.starts_on")
	desk.settle()
	clocks = page.locator("[data-fieldname='local_times']:visible")
	for zone in ZONES:
		expect(clocks).to_contain_text(zone)
	expect(clocks).to_contain_text("Kira Patel hasn't signed")
	desk.picture("session-planning")
	desk.press("Save")
	expect(desk.indicator()).to_contain_text("Planned")
	stored = desk.stored("Mentoring Session", page.evaluate("cur_frm.docname"))
	assert [row["full_name"] for row in stored["attendance"]] == ["Ana Souza", "Ben Okafor"]
	desk.picture("session-planned")
	desk.press("Cancel meeting")
	desk.fill("words", "Ana is travelling")
	desk.confirm("Cancel meeting")
	expect(desk.indicator()).to_contain_text("Cancelled")


def test_coordinator_opens_the_notes_and_the_group_is_told(coordinator, group):
	desk, page = coordinator, coordinator.page
	desk.open_record("Mentoring Session", group.met)
	expect(page.locator(".form-layout:visible")).not_to_contain_text(SAID)
	page.get_by_role("button", name="Open notes…").click()
	desk.fill("words", "A concern was raised")
	desk.picture("session-notes-reason")
	desk.confirm("Open")
	expect(desk.dialog()).to_contain_text(SAID)
	expect(desk.dialog()).to_contain_text("Draft a letter")
	desk.picture("session-notes")
	assert SAID not in str(desk.stored("Mentoring Session", group.met))
	frappe.db.rollback()
	assert frappe.db.exists(
		"Mentoring Note Opening", {"session": group.met, "reason": "A concern was raised"}
	)


def test_coordinator_records_a_session_that_has_passed(coordinator, group):
	desk = coordinator
	session = make.make_session(group.name, add_to_date(now_datetime(), days=2))
	frappe.db.set_value("Mentoring Session", session.name, "starts_on", add_to_date(now_datetime(), days=-2))
	frappe.db.commit()
	desk.open_record("Mentoring Session", session.name)
	expect(desk.message()).to_contain_text("is over")
	desk.press("Record meeting")
	desk.picture("session-recording")
	desk.press("Save")
	expect(desk.indicator()).to_contain_text("Held")
	stored = desk.stored("Mentoring Session", session.name)
	assert [(row["attended"], row["minutes"]) for row in stored["attendance"]] == [(1, 60), (1, 60)]
	desk.picture("session-held")
