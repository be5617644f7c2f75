"""The demo shows a credit that was earned, one that was lost, and some that are on their way."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import frappe

from mentor_ispe import demo
from mentor_ispe.demo import clock, loading
from mentor_ispe.demo.phases import PHASES
from mentor_ispe.services.credit.record import pdf, state
from tests.factories import use_membership_roll


def states(cycle: str, status: str) -> list[str]:
	return sorted(
		state(name)["state"]
		for name in frappe.get_all("Mentoring Group", {"cycle": cycle, "status": status}, pluck="name")
	)


def test_demo_has_credit_records_in_every_state(monkeypatch):
	use_membership_roll()
	names = ("completed_pairs", "running_pairs")
	monkeypatch.setattr(loading, "PHASES", {name: PHASES[name] for name in names})
	with clock.at(datetime(2031, 3, 10, 12)):
		demo.load()
		assert states("PHRMA Partnerships, last half-year", "Completed") == ["Met", "Not Met"]
		assert Counter(states("PHRMA Partnerships, this half-year", "Active")) == {
			"On Track": 4,
			"At Risk": 1,
		}
		earned = next(
			name
			for name in frappe.get_all("Mentoring Group", {"status": "Completed"}, pluck="name")
			if state(name)["state"] == "Met"
		)
		assert pdf(earned).startswith(b"%PDF")
