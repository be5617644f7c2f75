"""Groups that meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

import pytest
from frappe.utils import now_datetime

from mentor_ispe.demo import clock
from tests import factories as make


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()


@pytest.fixture(autouse=True)
def noon(site) -> Iterator[None]:
	"""It is noon: what was some hours ago was on the same day."""
	with clock.at(datetime.combine(now_datetime().date(), time(12))):
		yield
