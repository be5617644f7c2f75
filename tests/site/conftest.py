"""Fixtures for tests on a real site: one connection a session, everything rolled back after each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

import frappe
import pytest
from frappe.utils import now_datetime

from mentor_ispe.concurrency.acts import end_act
from mentor_ispe.demo import clock


@pytest.fixture(scope="session")
def site(connected) -> str:
	"""The connected test site, named by MENTOR_TEST_SITE, on the bench named by MENTOR_BENCH."""
	frappe.db.rollback()  # SQLite: a new connection is in no transaction, and keeps whatever is written
	return connected


@pytest.fixture(autouse=True)
def rolled_back(site, monkeypatch):
	"""Run the test as Administrator and undo everything it wrote."""
	monkeypatch.setattr(frappe.db, "commit", lambda *args, **kwargs: end_act())
	end_act()
	frappe.set_user("Administrator")
	frappe.local.lang = "en"
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.local.cache = {}
	frappe.local.message_log = []
	if hasattr(frappe.local, "request"):  # some tests make one
		del frappe.local.request
	frappe.local.form_dict = frappe._dict()
	frappe.db.value_cache.clear()


@pytest.fixture(autouse=True)
def noon(rolled_back) -> Iterator[None]:
	"""It is noon on the site: what was some hours ago was on the same day, whenever the tests run."""
	with clock.at(datetime.combine(now_datetime().date(), time(12))):
		yield
