"""The site under test, for every suite that needs one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest


@contextmanager
def in_sites_folder() -> Iterator[None]:
	"""Work in the folder that Frappe opens its logs relative to."""
	before = os.getcwd()
	os.chdir(os.path.join(os.environ["MENTOR_BENCH"], "sites"))
	try:
		yield
	finally:
		os.chdir(before)


if "MENTOR_BENCH" in os.environ:  # a benchmark that borrows from the tests finds its bench by itself
	with in_sites_folder():
		import frappe.utils.pdf  # Frappe 16 opens a log as soon as this is imported


@contextmanager
def connected_site() -> Iterator[str]:
	"""This process connected to the site named by MENTOR_TEST_SITE, on the bench named by MENTOR_BENCH.

	Ends the whole run when the site doesn't allow tests.
	"""
	name = os.environ["MENTOR_TEST_SITE"]
	with in_sites_folder():
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
