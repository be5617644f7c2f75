"""Dates as people say them, in every language and zone that there is."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.spoken_dates import NEAR, spoken_day, spoken_moment, spoken_time, spoken_zone

TODAY = date(2026, 11, 30)
MOMENT = datetime(2026, 12, 11, 16, 0)
LANGUAGES = st.sampled_from([name.replace("_", "-") for name in sorted(locale_identifiers())])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31))


@pytest.mark.parametrize(
	("language", "said"),
	[
		("en", "Fri, Dec 11, 4:00 PM Chicago"),
		("en-GB", "Fri, 11 Dec, 16:00 Chicago"),
		("de", "Fr., 11. Dez., 16:00 Uhr (Chicago)"),
		("de-CH", "Fr., 11. Dez., 16:00 Uhr (Chicago)"),
		("fr", "ven. 11 déc., 16:00 (Chicago)"),
		("nobody's", "Fri, Dec 11, 4:00 PM Chicago"),
		(None, "Fri, Dec 11, 4:00 PM Chicago"),
	],
)
def test_a_moment_as_each_language_says_it(language, said):
	assert spoken_moment(MOMENT, language, TODAY, "America/Chicago") == said


def test_without_a_zone_no_city_is_named():
	assert spoken_moment(MOMENT, "en", TODAY) == "Fri, Dec 11, 4:00 PM"
	assert spoken_moment(MOMENT, "de", TODAY) == "Fr., 11. Dez., 16:00 Uhr"


@pytest.mark.parametrize(
	("zone", "english", "german"),
	[
		("America/New_York", "New York", "New York"),
		("Asia/Kolkata", "Kolkata", "Kalkutta"),
		("America/Argentina/Salta", "Salta", "Salta"),
		("UTC", "UTC", "UTC"),
		("Etc/GMT+3", "Etc/GMT+3", "Etc/GMT+3"),
	],
)
def test_a_zone_is_called_by_its_city(zone, english, german):
	assert (spoken_zone(zone, "en"), spoken_zone(zone, "de")) == (english, german)


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_zone_is_called_by_its_technical_name(language):
	said = {zone: spoken_zone(zone, language) for zone in available_timezones() if zone[:4] != "Etc/"}
	assert len(said) > 400
	assert not [zone for zone, name in said.items() if not name or re.search(r"[/_]|Unknown|Unbekannt", name)]


@given(
	MOMENTS,
	LANGUAGES,
	st.sampled_from(sorted(available_timezones())),
	st.dates(date(2020, 1, 1), date(2090, 1, 1)),
)
def test_every_language_says_every_moment_without_a_technical_form(moment, language, zone, today):
	said = spoken_moment(moment, language, today, zone)
	assert spoken_day(moment.date(), language, today) in said
	assert spoken_time(moment, language) in said
	assert "\u202f" not in said
	assert language[:2] == "lt" or not re.search(r"\d{4}-\d\d-\d\d", said), "Lithuanians write 2020-01-31"


@given(MOMENTS, st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.sampled_from(["en", "de"]))
def test_the_year_is_left_out_only_where_it_is_clear(moment, today, language):
	day = moment.date()
	with_year = str(day.year) in spoken_day(day, language, today)
	clear = day.year == today.year or timedelta(0) <= day - today <= NEAR
	assert with_year is not clear


@given(MOMENTS)
def test_americans_get_twelve_hours_and_germans_twenty_four(moment):
	assert re.fullmatch(r"1?\d:\d\d [AP]M", spoken_time(moment, "en"))
	assert spoken_time(moment, "de") == f"{moment:%H:%M}"
