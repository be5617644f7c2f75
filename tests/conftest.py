"""For all suites: how long an example takes says nothing about what it tests, and machines are slow at times."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")


@pytest.fixture(scope="session")
def connected() -> Iterator[str]:
	"""The site under test, with a connection of this process to it."""
	from tests.connected import connected_site  # the rules' tests run without Frappe

	with connected_site() as name:
		yield name
