"""The demo's library, workshops, speakers and concerns: in every state, and taken away again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import frappe
import pytest

from mentor_ispe import demo
from mentor_ispe.demo import clock, loading
from mentor_ispe.demo.phases import PHASES
from tests.factories import use_membership_roll

DAY = datetime(2031, 3, 31, 9)
OURS = (
	"Mentoring Workshop",
	"Mentoring Workshop Participant",
	"Mentoring Resource",
	"Guest Speaker",
	"Guest Speaker Request",
	"Mentoring Concern",
	"Mentoring Concern Step",
)


@pytest.fixture(autouse=True)
def without_demo(monkeypatch):
	demo.remove()
	use_membership_roll()
	monkeypatch.setattr(loading, "PHASES", {name: PHASES[name] for name in ("open", "running_groups")})
	yield
	frappe.clear_cache()


def counted() -> dict[str, int]:
	return {doctype: frappe.db.count(doctype) for doctype in OURS}


def statuses(doctype: str) -> Counter:
	return Counter(frappe.get_all(doctype, pluck="status"))


def test_the_demo_shows_each_state_once_loaded_and_goes_without_a_trace():
	before = counted()
	with clock.at(DAY):
		demo.load()
		loaded = counted()
		demo.load()
		assert counted() == loaded
	assert statuses("Mentoring Workshop") >= Counter({"Held": 2, "Planned": 2})
	assert {"Attended", "Missed", "Signed Up", "Waiting"} <= set(statuses("Mentoring Workshop Participant"))
	assert statuses("Guest Speaker Request") >= Counter({"Arranged": 1, "Requested": 1, "Declined": 1})
	assert statuses("Mentoring Concern") >= Counter({"Open": 1, "In Mediation": 1})
	assert frappe.db.exists("Mentor", {"training_completed": 1, "cycle": "Women in Pharma, this year"})
	assert frappe.db.exists(
		"Mentee", {"moderator_training_completed": 1, "cycle": "Women in Pharma, this year"}
	)
	phases = set(frappe.get_all("Mentoring Resource", pluck="phase"))
	assert len(phases) == 5
	demo.remove()
	assert counted() == before
