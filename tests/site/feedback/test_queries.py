"""What the nightly jobs ask of the database doesn't grow with the groups."""

from __future__ import annotations

from collections.abc import Callable

import frappe
import pytest

from mentor_ispe.jobs import groups as job
from tests import factories as make
from tests.site.feedback.groups import at, days_after, hold_session, start_group
from tests.site.membership.records import counted_queries

TWO_MONTHS = days_after(59)
MANY = 50


@pytest.fixture
def grow(monkeypatch) -> Callable[[int], None]:
	"""Have so many active groups of one cycle, all with a session, and none from elsewhere."""
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "coordinator@example.org")
	frappe.db.set_value("Mentoring Group", {"status": "Active"}, "status", "Draft")
	frappe.db.set_value("Mentoring Feedback Request", {"status": "Open"}, "status", "Waived")
	groups = [start_group(session_feedback=1)]
	hold_session(groups[0], days_after(50))

	def more(count: int) -> None:
		while len(groups) < count:
			groups.append(start_group(cycle=groups[0].cycle))
			hold_session(groups[-1], days_after(50))

	return more


NIGHTS = (
	("asking", TWO_MONTHS, job.process_feedback),
	("reminding", days_after(14, TWO_MONTHS), job.process_feedback),
	("reminding again", days_after(21, TWO_MONTHS), job.process_feedback),
	("calling it missed", days_after(28, TWO_MONTHS), job.process_feedback),
	("health", days_after(90), job.process_health),
)


def statements_of_the_nights() -> dict[str, list[str]]:
	"""What the jobs ask of the database, night by night; undone afterwards."""
	found = {}
	frappe.db.savepoint("counted_nights")
	for name, day, night in NIGHTS:
		frappe.db.value_cache.clear()
		with at(day, hour=2), counted_queries() as statements:
			found[name] = statements
			assert not night()["failed"]
	frappe.db.rollback(save_point="counted_nights")
	return found


def test_fifty_groups_take_as_many_queries_as_one(grow):
	found = []
	for groups in (1, MANY):
		grow(groups)
		statements_of_the_nights()  # so that what is read once was read
		found.append(statements_of_the_nights())
	few, many = found
	for name, _day, _job in NIGHTS:
		print(f"{name}: {len(few[name])} statements for one group, {len(many[name])} for {MANY}")
		assert len(few[name]) == len(many[name]), many[name]
		assert few[name]
	asked = [text for text in many["asking"] if "tabMentoring Feedback Request" in text]
	assert any(text.lower().startswith("insert") for text in asked)
