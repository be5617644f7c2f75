"""Time zones by name."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from mentor_ispe.domain.time_zones import hours_ahead, zone_named


@pytest.mark.parametrize("name", ["", None, "Mars/Base", "Europe", "../etc/passwd", "Europe/Berlin\0"])
def test_a_name_of_no_zone_is_none_and_no_error(name):
	assert zone_named(name) is None
	assert hours_ahead(name, datetime(2027, 1, 1)) is None


def test_hours_ahead_follow_the_zones_own_summer_time():
	assert hours_ahead("Europe/Berlin", datetime(2027, 1, 1, 12)) == 1
	assert hours_ahead("Europe/Berlin", datetime(2027, 7, 1, 12)) == 2
	assert hours_ahead("Asia/Kolkata", datetime(2027, 7, 1, tzinfo=timezone.utc)) == 5.5
