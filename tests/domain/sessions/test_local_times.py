"""One moment on everybody's clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions.local_times import local_times

ZONES = [
	"Asia/Kolkata",
	"Europe/Berlin",
	"America/Los_Angeles",
	"Pacific/Auckland",
	"Pacific/Kiritimati",
	"UTC",
]
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))


@given(moments, st.sampled_from(ZONES), st.lists(st.sampled_from(ZONES), unique=True))
def test_every_clock_shows_the_same_moment(starts_on, site, zones):
	moment = starts_on.replace(tzinfo=ZoneInfo(site)).timestamp()
	for local in local_times(starts_on, site, {zone: zone for zone in zones}):
		assert local.starts_on.timestamp() == moment
		assert local.zone == local.person
		assert not local.assumed


@given(moments, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_the_day_shift_is_the_difference_of_the_calendar_days(starts_on, site, zone):
	(local,) = local_times(starts_on, site, {"a": zone})
	here = starts_on.replace(tzinfo=ZoneInfo(site)).astimezone(ZoneInfo(site)).date()
	assert (local.starts_on.date() - here).days == local.day_shift


def test_late_in_boston_is_the_next_day_in_mumbai():
	(mumbai, boston) = local_times(
		datetime(2031, 1, 6, 18), "America/New_York", {"m": "Asia/Kolkata", "b": "America/New_York"}
	)
	assert (mumbai.starts_on.strftime("%H:%M"), mumbai.day_shift) == ("04:30", 1)
	assert (boston.starts_on.strftime("%H:%M"), boston.day_shift) == ("18:00", 0)


def test_summer_time_begins_on_one_side_of_the_ocean_first():
	before, after = (
		local_times(datetime(2031, 3, day, 10), "America/New_York", {"a": "Europe/Berlin"})[0]
		for day in (5, 12)
	)
	assert (before.starts_on.hour, after.starts_on.hour) == (16, 15)


def test_whoever_named_no_time_zone_or_none_that_exists_is_shown_the_sites():
	for named in (None, "", "Atlantis/Capital", "../etc", "Europe"):
		(local,) = local_times(datetime(2031, 1, 6, 18), "Europe/Berlin", {"a": named})
		assert (local.zone, local.assumed, local.starts_on.hour) == ("Europe/Berlin", True, 18)
