"""The site of the canaries for a module's tests: made, committed, and deleted with the module's other records."""

from __future__ import annotations

import pytest

from tests.canaries.world import World, make_world


@pytest.fixture(scope="module")
def canaries(site) -> World:
	return make_world()
