"""Times that suit everybody's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mentor_ispe.domain.sessions import slots as domain
from mentor_ispe.domain.sessions.slots import (
	DAY,
	EARLY,
	LATE,
	NIGHT,
	Window,
	best,
	borne_in,
	fair_series,
	fairest,
	slot,
	suggest,
)

ZONES = [
	*("America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/Berlin", "UTC"),
	*("Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Kiritimati", "Australia/Adelaide"),
]
groups = st.lists(st.sampled_from(ZONES), min_size=1, max_size=8).map(
	lambda names: {f"p{number}": ZoneInfo(name) for number, name in enumerate(names)}
)
moments = st.datetimes(datetime(2031, 1, 1), datetime(2032, 1, 1), timezones=st.just(timezone.utc))
lengths = st.sampled_from([30, 45, 60, 90])


def window(begin: datetime, home: ZoneInfo, days: int = 7, **values) -> Window:
	wide = {"first_day": date(2000, 1, 1), "last_day": date(2100, 1, 1), **values}
	return Window(begin, begin + timedelta(days=days), home=home, **wide)


def parts(start: str, minutes: int = 60) -> tuple[str, bool]:
	(hour,) = slot(
		datetime.fromisoformat(start).replace(tzinfo=timezone.utc), minutes, {"a": ZoneInfo("UTC")}
	).hours
	return hour.part, hour.weekend


@pytest.mark.parametrize(
	("start", "minutes", "part"),
	[
		("2031-01-06 08:00", 60, DAY),
		("2031-01-06 19:00", 60, DAY),
		("2031-01-06 19:30", 60, LATE),
		("2031-01-06 21:00", 60, LATE),
		("2031-01-06 21:30", 60, NIGHT),
		("2031-01-06 23:00", 60, NIGHT),
		("2031-01-06 23:30", 60, NIGHT),
		("2031-01-06 20:00", 24 * 60, NIGHT),
		("2031-01-06 06:30", 60, NIGHT),
		("2031-01-06 07:00", 60, EARLY),
	],
)
def test_parts_of_a_day(start, minutes, part):
	assert parts(start, minutes) == (part, False)


def test_a_weekend_is_the_persons():
	friday_evening = datetime(2031, 1, 10, 23, tzinfo=timezone.utc)
	one = slot(friday_evening, 60, {"boston": ZoneInfo("America/New_York"), "tokyo": ZoneInfo("Asia/Tokyo")})
	assert [hour.weekend for hour in one.hours] == [False, True]


@given(groups, lengths, moments)
def test_nobody_meets_at_night_where_a_slot_without_night_exists(zones, minutes, begin):
	found = suggest(zones, minutes, window(begin, ZoneInfo("UTC"), days=3))
	half_hour = begin.replace(minute=0, second=0, microsecond=0)
	every = [half_hour + timedelta(minutes=30 * step) for step in range(3 * 48 + 2)]
	within = [at for at in every if begin <= at < begin + timedelta(days=3)]
	if any(not slot(at, minutes, zones).at_night for at in within):
		assert found
		assert not any(one.at_night for one in found)


def small_hours(at: datetime, minutes: int, zones: dict[str, ZoneInfo]) -> bool:
	"""Whether somebody's clock shows a time from midnight to 6 while they meet."""
	during = [at + timedelta(minutes=each) for each in range(minutes)]
	return any(moment.astimezone(zone).hour < 6 for moment in during for zone in zones.values())


@given(groups, lengths, moments)
def test_nobody_meets_between_midnight_and_six_where_it_can_be_helped(zones, minutes, begin):
	found = suggest(zones, minutes, window(begin, ZoneInfo("UTC"), days=3))
	half_hour = begin.replace(minute=0, second=0, microsecond=0)
	every = [half_hour + timedelta(minutes=30 * step) for step in range(1, 3 * 48)]
	if any(not small_hours(at, minutes, zones) for at in every):
		assert not any(small_hours(one.starts_at, minutes, zones) for one in found)


def test_four_continents_meet_late_in_sydney_rather_than_at_three_in_new_york():
	"""Though Sydney had more early hours so far."""
	names = ["America/New_York", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney"]
	zones = {f"p{number}": ZoneInfo(name) for number, name in enumerate(names)}
	begin = datetime(2030, 12, 2, tzinfo=timezone.utc)
	found = suggest(zones, 60, window(begin, ZoneInfo("America/New_York"), days=14), {"p4": 3})
	starts = {hour.starts_on.hour for one in found for hour in one.hours if hour.person in ("p0", "p1")}
	assert starts <= {6, 7}
	assert not any(hour.small_hours for one in found for hour in one.hours)


@given(
	groups,
	lengths,
	moments,
	st.sampled_from(ZONES),
	st.sets(st.integers(0, 6), max_size=5),
	st.integers(-3, 6),
)
def test_slots_keep_to_the_days_and_to_the_other_meetings(zones, minutes, begin, home, off, first):
	first_day = begin.date() + timedelta(days=first)
	last_day = begin.date() + timedelta(days=10)
	taken = [
		(begin + timedelta(days=day, hours=9), begin + timedelta(days=day, hours=17)) for day in range(14)
	]
	where = window(
		begin, ZoneInfo(home), days=14, days_off=off, first_day=first_day, last_day=last_day, taken=taken
	)
	found = suggest(zones, minutes, where)
	assert len(found) <= domain.MOST
	assert found == sorted(found, key=lambda one: one.starts_at)
	for one in found:
		assert begin <= one.starts_at < where.end
		for hour in one.hours:
			assert first_day <= hour.starts_on.date() <= last_day
			assert hour.starts_on.weekday() not in off
		end = one.starts_at + timedelta(minutes=minutes)
		assert not any(one.starts_at < until and start < end for start, until in taken)


@given(groups, lengths, moments, st.sampled_from(ZONES))
def test_suggestions_are_on_different_days_as_long_as_there_are_any(zones, minutes, begin, home):
	where = window(begin, ZoneInfo(home), days=14)
	as_good = domain._best_kind(list(domain._candidates(zones, minutes, where)))
	there = {one.starts_at.astimezone(ZoneInfo(home)).date() for one in as_good}
	found = suggest(zones, minutes, where)
	days = {one.starts_at.astimezone(ZoneInfo(home)).date() for one in found}
	assert len(days) == min(len(there), domain.MOST)


FAR_APART = ("America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Asia/Tokyo", "Pacific/Auckland")


def weeks(begin: datetime, times: int) -> list[Window]:
	"""A day in each of so many weeks."""
	start = begin.replace(hour=0, minute=0, second=0, microsecond=0)
	return [window(start + timedelta(weeks=week), ZoneInfo("UTC"), days=1) for week in range(times)]


@settings(max_examples=30)
@given(groups, lengths, moments, st.integers(2, 8))
def test_no_meeting_of_a_series_could_be_moved_to_make_it_fairer(zones, minutes, begin, times):
	windows = weeks(begin, times)
	chosen = fair_series(zones, minutes, windows)
	assert all(chosen)
	total = sorted(borne_in(chosen).values(), reverse=True)
	for at, where in enumerate(windows):
		others = borne_in([one for number, one in enumerate(chosen) if number != at])
		for kind in _kinds(zones, minutes, where):
			moved = [others.get(who, 0) + adds for who, adds in zip(zones, kind, strict=True)]
			assert total <= sorted(moved, reverse=True)


@pytest.mark.parametrize("names", [FAR_APART, FAR_APART[:2], FAR_APART[2:], (*FAR_APART, "Asia/Kolkata")])
@pytest.mark.parametrize("minutes", [60, 90])
@pytest.mark.parametrize("day", ["2031-01-07", "2031-05-20", "2031-09-21"])
@pytest.mark.parametrize("times", [4, 7])
def test_over_a_series_early_and_late_hours_are_shared_within_one_meeting_of_even(names, minutes, day, times):
	"""Nobody bears more than the fairest plan there is asks of whoever bears most, and one meeting."""
	zones = {f"p{number}": ZoneInfo(name) for number, name in enumerate(names)}
	windows = weeks(datetime.fromisoformat(day).replace(tzinfo=timezone.utc), times)
	chosen = fair_series(zones, minutes, windows)
	worst_of_one = max(max(one.burden.values()) for one in chosen)
	assert max(borne_in(chosen).values()) <= _least_worst(zones, minutes, windows) + worst_of_one


def _least_worst(zones, minutes, windows) -> float:
	"""What whoever bears most bears in a plan that is fair to fractions: a bound from below, by linear programming."""
	people = list(zones)
	kinds = [_kinds(zones, minutes, each) for each in windows]
	sizes = [len(each) for each in kinds]
	columns = sum(sizes)
	upper = [[float(kind[who]) for each in kinds for kind in each] + [-1.0] for who in range(len(people))]
	equal, at = [], 0
	for size in sizes:
		equal.append([1.0 if at <= column < at + size else 0.0 for column in range(columns)] + [0.0])
		at += size
	result = linprog(
		[0.0] * columns + [1.0], A_ub=upper, b_ub=[0.0] * len(people), A_eq=equal, b_eq=[1.0] * len(sizes)
	)
	return float(result.fun)


def _kinds(zones, minutes, where) -> list[tuple[int, ...]]:
	"""The different burdens of the slots of a window, as far as nights and weekends can be helped."""
	every = domain._best_kind(list(domain._candidates(zones, minutes, where)))
	return sorted({tuple(one.burden[who] for who in zones) for one in every})


def test_los_angeles_and_dubai_take_turns():
	zones = {"la": ZoneInfo("America/Los_Angeles"), "ae": ZoneInfo("Asia/Dubai")}
	start = datetime(2031, 1, 6, tzinfo=timezone.utc)
	windows = [
		window(start + timedelta(weeks=week), ZoneInfo("America/Los_Angeles"), days=1) for week in range(8)
	]
	borne = borne_in(fair_series(zones, 60, windows))
	assert abs(borne["la"] - borne["ae"]) <= 1
	assert max(borne.values()) > 0


def test_new_york_and_kolkata_meet_by_day():
	zones = {"ny": ZoneInfo("America/New_York"), "in": ZoneInfo("Asia/Kolkata")}
	found = suggest(zones, 60, window(datetime(2031, 1, 6, tzinfo=timezone.utc), zones["ny"], days=14))
	assert {one.off_hours for one in found} == {()}
	starts = [f"{hour.starts_on:%H:%M}" for one in found for hour in one.hours if hour.person == "ny"]
	assert starts == ["08:00", "08:30"] * 3, "every hour that is as good is among them"


def test_eight_people_in_four_zones_never_meet_at_four_in_the_morning():
	names = ["Asia/Kolkata", "Europe/Dublin", "America/New_York", "America/Chicago"] * 2
	zones = {f"p{number}": ZoneInfo(name) for number, name in enumerate(names)}
	found = suggest(
		zones, 60, window(datetime(2031, 1, 6, tzinfo=timezone.utc), ZoneInfo("Asia/Kolkata"), days=14)
	)
	assert found
	assert not any(one.at_night for one in found)


def test_whoever_bore_less_bears_the_next_one():
	zones = {"la": ZoneInfo("America/Los_Angeles"), "ae": ZoneInfo("Asia/Dubai")}
	day = window(datetime(2031, 1, 6, 8, tzinfo=timezone.utc), zones["la"], days=1)
	assert best(zones, 60, day, {"la": 4, "ae": 0}).off_hours == ("ae",)
	assert best(zones, 60, day, {"la": 0, "ae": 4}).off_hours == ("la",)


def test_the_fairest_of_some_slots():
	zones = {"la": ZoneInfo("America/Los_Angeles"), "ae": ZoneInfo("Asia/Dubai")}
	for_dubai, for_los_angeles = (
		slot(datetime(2031, 1, 7, hour, tzinfo=timezone.utc), 60, zones) for hour in (16, 4)
	)
	assert (for_dubai.off_hours, for_los_angeles.off_hours) == (("ae",), ("la",))
	assert fairest([for_dubai, for_los_angeles], {"ae": 9, "la": 0}) is for_los_angeles
	assert fairest([for_dubai, for_los_angeles], {"ae": 0, "la": 9}) is for_dubai


@pytest.mark.parametrize(
	("text", "days"), [("", set()), (None, set()), ("Friday, Saturday", {4, 5}), ("Someday,Monday ", {0})]
)
def test_days_named(text, days):
	assert domain.days_named(text) == days


def test_no_slot_where_every_day_is_off():
	zones = {"a": ZoneInfo("UTC")}
	where = window(datetime(2031, 1, 6, tzinfo=timezone.utc), ZoneInfo("UTC"), days_off=range(7))
	assert best(zones, 60, where) is None
	assert fair_series(zones, 60, [where]) == [None]


def test_hours_that_clocks_jump_over_are_no_slots():
	berlin = ZoneInfo("Europe/Berlin")
	where = window(datetime(2031, 3, 30, 0, tzinfo=timezone.utc), berlin, days=1)
	starts = [one.starts_at for one in domain._candidates({"a": berlin}, 30, where)]
	assert len(starts) == len(set(starts))
