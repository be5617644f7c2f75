"""Fixtures for tests on a real site: one connection a session, everything rolled back after each test."""

from __future__ import annotations

import os

import frappe
import pytest


@pytest.fixture(scope="session")
def site():
	"""The connected test site, named by MENTOR_TEST_SITE, on the bench named by MENTOR_BENCH."""
	name, bench = os.environ["MENTOR_TEST_SITE"], os.environ["MENTOR_BENCH"]
	before = os.getcwd()
	os.chdir(os.path.join(bench, "sites"))  # Frappe opens its logs relative to this folder
	frappe.init(site=name, sites_path=".")
	if not frappe.conf.allow_tests:
		pytest.exit(
			f"{name} doesn't allow tests: bench --site {name} set-config allow_tests true", returncode=3
		)
	frappe.connect()
	frappe.flags.in_test = True
	frappe.flags.mute_emails = True
	frappe.db.rollback()  # SQLite: a new connection is in no transaction, and keeps whatever is written
	yield name
	frappe.destroy()
	os.chdir(before)


@pytest.fixture(autouse=True)
def rolled_back(site, monkeypatch):
	"""Run the test as Administrator and undo everything it wrote."""
	monkeypatch.setattr(frappe.db, "commit", lambda *args, **kwargs: None)
	frappe.set_user("Administrator")
	frappe.local.lang = "en"
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.local.cache = {}
	frappe.local.message_log = []
	frappe.local.form_dict = frappe._dict()
	frappe.db.value_cache.clear()
