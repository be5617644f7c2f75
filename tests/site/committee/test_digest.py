"""The coordinators' week: off by default, once a week, each their own."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.jobs import mails as job
from mentor_ispe.mails.default_templates.digests import WEEKLY_DIGEST
from mentor_ispe.mails.rendering import render
from mentor_ispe.roles import COORDINATOR
from tests.site.permissions.records import make_user
from tests.site.reports.world import World

MONDAY = datetime(2031, 8, 18, 6, 0)


@pytest.fixture
def world(site):
	with clock.at(MONDAY):
		yield World(7)


@pytest.fixture
def coordinators(world) -> list[str]:
	"""Two coordinators and nobody else, told each by themselves."""
	frappe.db.delete("Has Role", {"role": COORDINATOR, "parenttype": "User"})
	frappe.db.set_single_value("Mentoring Settings", {"coordinator_email": "", "weekly_digest": 1})
	return [make_user(word, COORDINATOR, user_type="System User") for word in ("cora", "cliff")]


def digests() -> list:
	return frappe.get_all("Mentoring Notice", {"template": WEEKLY_DIGEST}, ["recipient", "context"])


def test_off_by_default(coordinators):
	assert frappe.get_meta("Mentoring Settings").get_field("weekly_digest").default in (None, "", "0")
	frappe.db.set_single_value("Mentoring Settings", "weekly_digest", 0)
	assert job.process_weekly_digest() == 0
	assert digests() == []


def test_once_a_week_whatever_day_it_runs(coordinators):
	assert job.process_weekly_digest() == 2
	for day in (1, 6):
		with clock.at(MONDAY + timedelta(days=day)):
			assert job.process_weekly_digest() == 0
	with clock.at(MONDAY + timedelta(days=9)):
		assert job.process_weekly_digest() == 2
	assert sorted(one.recipient for one in digests()) == sorted(2 * coordinators)


def test_it_says_what_waits_and_leads_to_each_list(coordinators):
	job.process_weekly_digest()
	context = digests()[0].context
	needs = frappe.parse_json(context)["needs"]
	assert needs
	assert all(need["count"] and need["url"].startswith("http") for need in needs)
	mail = render(WEEKLY_DIGEST, context, None)
	assert all(frappe.utils.escape_html(need["label"]) in mail.message for need in needs)
	assert str(sum(need["count"] for need in needs)) in mail.subject


def test_a_shared_address_hears_of_no_concern(coordinators):
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "desk@example.org")
	assert job.process_weekly_digest() == 1
	(digest,) = digests()
	assert digest.recipient == "desk@example.org"
	assert frappe.db.count("Mentoring Concern", {"status": "Open"})
	assert "mentoring-concern" not in digest.context


def test_nothing_waits_nothing_is_written(coordinators, monkeypatch):
	monkeypatch.setattr("mentor_ispe.services.desk.worklist.worklist", lambda **asked: [])
	assert job.process_weekly_digest() == 0
