"""The demo, loaded on a day of its own through the app's services, and taken away again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import frappe
import pytest

from mentor_ispe import demo
from mentor_ispe.demo import clock, loading
from mentor_ispe.demo.manifest import PARENT
from mentor_ispe.demo.people import everybody
from mentor_ispe.demo.phases import PHASES
from mentor_ispe.membership.status import standings
from mentor_ispe.setup.install import choose_membership_source
from tests.factories import make_user, use_membership_roll

COUNTED = (
	"Mentoring Program",
	"Mentoring Agreement",
	"Mentoring Cycle",
	"Mentoring Profile",
	"Mentor",
	"Mentee",
	"Mentoring Group",
	"Mentoring Group Member",
	"Mentoring Session",
	"Mentoring Session Attendance",
	"Mentoring Workshop",
	"Mentoring Workshop Participant",
	"Mentoring Resource",
	"Guest Speaker",
	"Guest Speaker Request",
	"Mentoring Concern",
	"Mentoring Concern Step",
	"Mentoring Session Note",
	"Mentoring Action Item",
	"Mentoring Message",
	"Mentoring Read Mark",
	"Mentoring Feedback",
	"Mentoring Feedback Request",
	"Mentoring Agreement Acceptance",
	"Mentoring Notice",
	"Mentoring Committee Report",
	"Mentoring Committee Report Recipient",
	"File",
	"Mentoring Topic",
	"Mentoring Industry",
	"Mentoring Match Run",
	"Mentoring Match Proposal",
	"Membership Roll Entry",
	"User",
	"Version",
)
MONTH_END = datetime(2031, 3, 31, 9)
LEAP_DAY = datetime(2028, 2, 29, 23, 30)


@pytest.fixture(autouse=True)
def without_demo():
	"""A site that has the demo is without it for the time of the test."""
	demo.remove()
	yield
	frappe.clear_cache()  # what was kept of users who came and went


def count_records() -> dict[str, int]:
	return {doctype: frappe.db.count(doctype) for doctype in COUNTED}


def last_changes() -> dict[str, datetime | None]:
	return {
		doctype: frappe.get_all(doctype, fields=["max(modified) as at"])[0].at
		for doctype in COUNTED
		if doctype != "Mentoring Notice"
	}


def statuses(doctype: str) -> Counter:
	made = frappe.get_all("DefaultValue", {"parent": PARENT, "defkey": "Mentoring Cycle"}, pluck="defvalue")
	return Counter(frappe.get_all(doctype, {"cycle": ("in", made)}, pluck="status"))


def test_demo_has_every_phase_and_standing_and_a_second_load_changes_nothing():
	"""On the source that a new site would ask: Non Profit where it is there; the others use the roll."""
	choose_membership_source()
	mails = frappe.db.count("Email Queue")
	with clock.at(MONTH_END):
		logins = demo.load()
		first = count_records(), last_changes()
		assert demo.load() == logins
		assert (count_records(), last_changes()) == first

		people = frappe.get_all(
			"Mentoring Profile", {"email": ("in", [one.email for one in everybody()])}, pluck="name"
		)
		states = Counter(standing.state for standing in standings(people).values())
	assert len(people) == 120
	assert set(states) == {"Active", "Grace", "Lapsed", "Never"}
	assert states["Grace"] == 8
	assert states["Lapsed"] == 8
	assert {login["user"] for login in logins.values()} <= set(frappe.get_all("User", pluck="name"))
	cycles = frappe.get_all(
		"Mentoring Cycle",
		{"name": ("in", frappe.get_all("DefaultValue", {"parent": PARENT}, pluck="defvalue"))},
		pluck="status",
	)
	assert set(cycles) == {"Draft", "Open", "Matching", "Running", "Completed", "Cancelled"}
	assert set(statuses("Mentoring Group")) == {"Proposed", "Active", "Completed", "Ended Early", "Cancelled"}
	assert set(statuses("Mentee")) == {"Applied", "Approved", "Rejected", "Active", "Completed", "Withdrawn"}
	assert statuses("Mentoring Match Run") == {"Ready": 1}
	assert set(statuses("Mentoring Feedback Request")) == {"Open", "Given", "Missed", "Waived"}
	assert not [
		mentor
		for mentor in frappe.get_all("Mentor", fields=["seats_taken", "seats_offered"])
		if mentor.seats_taken > mentor.seats_offered
	]
	reports = frappe.get_all(
		"Mentoring Committee Report", {"program": "Mentor ISPE: Women in Pharma"}, pluck="status"
	)
	assert reports == ["Not Delivered"], "and its mails are left unsent"
	assert frappe.db.count("Email Queue") == mails
	demo.remove()
	assert not frappe.db.exists("Mentoring Committee Report", {"program": "Mentor ISPE: Women in Pharma"})


def test_a_demo_that_was_stopped_goes_on_with_the_same_people(monkeypatch):
	use_membership_roll()
	with clock.at(LEAP_DAY):
		monkeypatch.setattr(
			loading, "PHASES", {name: PHASES[name] for name in ("running_circle", "cancelled")}
		)
		demo.load()
		before = frappe.get_all("Mentoring Group", fields=["name", "title", "modified"], order_by="name")
		monkeypatch.setattr(loading, "PHASES", {**loading.PHASES, "completed": PHASES["completed"]})
		demo.load()
		after = frappe.get_all("Mentoring Group", fields=["name", "title", "modified"], order_by="name")
	assert [group for group in after if group in before] == before
	assert len(after) == len(before) + 6


def test_remove_takes_what_the_demo_made_and_nothing_else(monkeypatch):
	use_membership_roll()
	monkeypatch.setattr(loading, "PHASES", {name: PHASES[name] for name in ("running_circle", "open")})
	frappe.get_doc({"doctype": "Mentoring Topic", "topic": "Public Speaking"}).insert(
		ignore_if_duplicate=True
	)
	before = count_records()
	demo.load()
	assert count_records() != before
	demo.remove()
	assert count_records() == before
	assert frappe.db.exists("Mentoring Topic", "Public Speaking")
	assert not frappe.db.exists("DefaultValue", {"parent": PARENT})
	assert frappe.db.get_single_value("Mentoring Settings", "membership_source") == "Membership Roll"


def test_demo_leaves_a_login_alone_that_the_site_has_already():
	make_user(email="coordinator@example.org")
	with pytest.raises(frappe.ValidationError, match="already has one with that name"):
		demo.load()
