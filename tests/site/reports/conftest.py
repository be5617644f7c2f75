from __future__ import annotations

import pytest

from mentor_ispe.demo import clock
from tests.site.reports.world import NOW, World


@pytest.fixture(params=[1, 2, 3], ids=lambda seed: f"world{seed}")
def world(site, request):
	"""One of three associations, on the day of its records."""
	with clock.at(NOW):
		yield World(request.param)
