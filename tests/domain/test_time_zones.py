"""Time zones by name."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from mentor_ispe.domain.time_zones import OF_LARGEST_CITY, guess_zone, hours_ahead, zone_named


@pytest.mark.parametrize("name", ["", None, "Mars/Base", "Europe", "../etc/passwd", "Europe/Berlin\0"])
def test_a_name_of_no_zone_is_none_and_no_error(name):
	assert zone_named(name) is None
	assert hours_ahead(name, datetime(2027, 1, 1)) is None


def test_hours_ahead_follow_the_zones_own_summer_time():
	assert hours_ahead("Europe/Berlin", datetime(2027, 1, 1, 12)) == 1
	assert hours_ahead("Europe/Berlin", datetime(2027, 7, 1, 12)) == 2
	assert hours_ahead("Asia/Kolkata", datetime(2027, 7, 1, tzinfo=timezone.utc)) == 5.5


@pytest.mark.parametrize(
	("country", "listed", "zone"),
	[
		("United States", ["America/Adak", "America/New_York"], "America/New_York"),
		("Switzerland", ["Europe/Zurich"], "Europe/Zurich"),
		("Utopia", ["Utopia/Capital", "Asia/Tokyo"], "Asia/Tokyo"),
		("Utopia", [], ""),
		(None, [], ""),
	],
)
def test_a_country_has_the_zone_of_most_of_its_people(country, listed, zone):
	assert guess_zone(country, listed) == zone


def test_every_zone_of_a_largest_city_exists():
	assert all(zone_named(zone) for zone in OF_LARGEST_CITY.values())
