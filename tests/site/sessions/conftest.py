"""Groups that meet."""

from __future__ import annotations

import pytest

from tests import factories as make


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()
