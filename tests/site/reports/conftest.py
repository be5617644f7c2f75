from __future__ import annotations

from collections.abc import Iterable

import frappe
import pytest

from mentor_ispe import demo
from mentor_ispe.demo import clock
from tests.factories import use_membership_roll
from tests.site.reports import demo_records
from tests.site.reports.demo_records import Records
from tests.site.reports.world import NOW, World


@pytest.fixture(params=[1, 2, 3], ids=lambda seed: f"world{seed}")
def world(site, request):
	"""One of three associations, on the day of its records."""
	with clock.at(NOW):
		yield World(request.param)


@pytest.fixture
def records(site) -> Iterable[Records]:
	"""A site with the demo and nothing else of the kind."""
	demo.remove()
	for doctype in ("Mentoring Cycle", "Mentoring Program", "Mentoring Profile"):
		assert not frappe.db.count(doctype), f"{doctype} of others would be counted too"
	use_membership_roll()
	with clock.at(demo_records.NOW):
		demo.load()
		yield Records()
	frappe.clear_cache()  # what was kept of users who came and went
