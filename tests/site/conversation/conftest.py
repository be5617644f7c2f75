"""Groups that write to each other."""

from __future__ import annotations

import pytest

from tests import factories as make


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()


@pytest.fixture
def pair(roll):
	"""A pair that has started."""
	return make.make_active_group(format="One-on-One")
