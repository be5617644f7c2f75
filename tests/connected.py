"""The site under test, for every suite that needs one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest


@contextmanager
def connected_site() -> Iterator[str]:
	"""This process connected to the site named by MENTOR_TEST_SITE, on the bench named by MENTOR_BENCH.

	Ends the whole run when the site doesn't allow tests.
	"""
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
	try:
		yield name
	finally:
		frappe.destroy()
		os.chdir(before)
