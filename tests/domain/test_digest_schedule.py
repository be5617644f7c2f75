"""The morning at which the daily mail goes out, on everybody's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.digest_schedule import HOUR, next_morning

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Pacific/Apia")


@given(
	st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES)
)
def test_it_is_the_first_one_after_the_moment(moment, name):
	morning = next_morning(moment, ZoneInfo(name))
	assert (morning.hour, morning.minute) == (HOUR, 0)
	# 23 to 25 hours a day, by the clock that changes; on an island that left out a day, more.
	assert timedelta(0) < morning - moment <= timedelta(hours=25)


@pytest.mark.parametrize(
	("moment", "morning"),
	[
		("2031-03-30T06:59:59+02:00", "2031-03-30T07:00:00+02:00"),
		("2031-03-30T07:00:00+02:00", "2031-03-31T07:00:00+02:00"),
		("2031-03-29T12:00:00+01:00", "2031-03-30T07:00:00+02:00"),
	],
)
def test_what_comes_at_the_hour_itself_waits_for_the_next_day(moment, morning):
	found = next_morning(datetime.fromisoformat(moment), ZoneInfo("Europe/Berlin"))
	assert found.isoformat() == morning
