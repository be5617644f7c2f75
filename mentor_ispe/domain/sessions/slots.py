"""Times at which a group can meet: how a moment falls on everybody's clock, and which moments suit all of them best.

A person's day is from 8 to 20, their night from 22 to 7; the hours between are early or late. The order of the
slots is: nobody at night, else nobody between midnight and 6, nobody's weekend, then the fairest. Fair is leximax
(the vector of what each person has borne, sorted from the most, is as small as can be; Bogomolnaia and Moulin call
its mirror image leximin), so that an hour that is early or late for somebody goes to whoever has had the fewest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

DAY, EARLY, LATE, NIGHT = "Day", "Early", "Late", "Night"
DAY_BEGINS, DAY_ENDS = time(8), time(20)
NIGHT_ENDS, NIGHT_BEGINS = time(7), time(22)
# Nobody is asked to get up at four so that somebody else needn't stay up until eleven.
SMALL_HOURS_END = time(6)
# How much of a burden an hour is: a night is as much as three early or late ones.
BURDEN = {DAY: 0, EARLY: 1, LATE: 1, NIGHT: 3}
SATURDAY = 5
STEP = timedelta(minutes=30)
MOST = 6
# Within office hours every start is as good as another.
BEST_FROM, BEST_TO = 10 * 60, 17 * 60
# Two suggestions are at different hours when they are as far apart, in minutes.
OTHER_HOUR = 120
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Hour:
	"""A meeting on one person's clock: its start without a zone, which part of their day it is, whether it is at
	their weekend, and whether it touches the hours from midnight to 6.
	"""

	person: str
	starts_on: datetime
	part: str
	weekend: bool
	small_hours: bool


@dataclass(frozen=True)
class Slot:
	"""A time to meet: an aware moment in UTC, and how it falls for everybody."""

	starts_at: datetime
	hours: tuple[Hour, ...]

	@property
	def at_night(self) -> tuple[str, ...]:
		return tuple(hour.person for hour in self.hours if hour.part == NIGHT)

	@property
	def off_hours(self) -> tuple[str, ...]:
		"""For whom it is early, late or night."""
		return tuple(hour.person for hour in self.hours if hour.part != DAY)

	@property
	def burden(self) -> dict[str, int]:
		"""How much of a burden it is for each person."""
		return {hour.person: BURDEN[hour.part] for hour in self.hours}


@dataclass(frozen=True)
class Window:
	"""Where to look: aware moments `begin` to `end`; on no clock before `first_day`, after `last_day`, or on a day
	off (0 is Monday). Starts are whole and half hours of the clock `home`; `taken` are other meetings.
	"""

	begin: datetime
	end: datetime
	first_day: date
	last_day: date
	home: ZoneInfo
	days_off: Collection[int] = ()
	taken: Sequence[tuple[datetime, datetime]] = field(default_factory=tuple)


def slot(starts_at: datetime, minutes: int, zones: Mapping[str, ZoneInfo]) -> Slot:
	"""The aware moment on everybody's clock; `zones` are their time zones by person."""
	moment = starts_at.astimezone(timezone.utc)
	end = moment + timedelta(minutes=minutes)
	return Slot(
		moment,
		tuple(_hour(person, moment.astimezone(zone), end.astimezone(zone)) for person, zone in zones.items()),
	)


def _hour(person: str, start: datetime, end: datetime) -> Hour:
	part, weekend = _part(start, end), start.weekday() >= SATURDAY
	small_hours = _overnight(start, end) or start.time() < SMALL_HOURS_END
	return Hour(person, start.replace(tzinfo=None), part, weekend, small_hours)


def _overnight(start: datetime, end: datetime) -> bool:
	return end.date() != start.date() and end.time() != time()


def _part(start: datetime, end: datetime) -> str:
	"""The worst part of the day that the meeting touches."""
	closes = time.max if end.time() == time() and end.date() != start.date() else end.time()
	if _overnight(start, end) or start.time() < NIGHT_ENDS or closes > NIGHT_BEGINS:
		return NIGHT
	if start.time() < DAY_BEGINS:
		return EARLY
	return LATE if closes > DAY_ENDS else DAY


def suggest(
	zones: Mapping[str, ZoneInfo],
	minutes: int,
	window: Window,
	borne: Mapping[str, int] | None = None,
	most: int = MOST,
) -> list[Slot]:
	"""The best slots in the window, at most one a day until every day has one, at different hours, by time.

	`borne` is what each person has borne in earlier meetings, as `Slot.burden` counts it. Slots at night come only
	where there is no other one at all, those between midnight and 6 last, and so do slots at a weekend.
	"""
	left = _best_kind(list(_candidates(zones, minutes, window)))
	found: list[Slot] = []
	while left and len(found) < most:
		days = Counter(_day(one, window) for one in found)
		best = min(left, key=lambda one: (days[_day(one, window)], *_rank(one, borne or {}, found)))
		found.append(best)
		left = [one for one in left if not _clash(one, best, minutes)]
	return sorted(found, key=lambda one: one.starts_at)


def best(
	zones: Mapping[str, ZoneInfo], minutes: int, window: Window, borne: Mapping[str, int] | None = None
) -> Slot | None:
	"""The one best slot of the window; None when there is none."""
	return next(iter(suggest(zones, minutes, window, borne, most=1)), None)


def fair_series(
	zones: Mapping[str, ZoneInfo],
	minutes: int,
	windows: Sequence[Window],
	borne: Mapping[str, int] | None = None,
) -> list[Slot | None]:
	"""A slot in each window, so that early and late hours go round; None for a window without any.

	Chosen one after the other, then moved one at a time for as long as a move makes it fairer; each move makes the
	leximax vector smaller, so this ends. No single meeting of the result could be moved to make it fairer.
	"""
	so_far, chosen = Counter(borne or {}), []
	options = [_best_kind(list(_candidates(zones, minutes, window))) for window in windows]
	for there in options:
		chosen.append(min(there, key=lambda one: _rank(one, so_far, ()), default=None))
		if one := chosen[-1]:
			so_far.update(one.burden)
	moved = True
	while moved:
		moved = False
		for at, there in enumerate(options):
			if one := chosen[at]:
				others = Counter(so_far)
				others.subtract(one.burden)
				other = min(there, key=lambda each: _rank(each, others, ()))
				if _after(other, others) < _after(one, others):
					others.update(other.burden)
					chosen[at], so_far, moved = other, others, True
	return chosen


def fairest(slots: Sequence[Slot], borne: Mapping[str, int]) -> Slot:
	"""Of several slots the one to prefer when nothing else speaks for any; the earliest of equals."""
	return min(slots, key=lambda one: (*_kind(one), *_rank(one, borne, ())))


def borne_in(meetings: Sequence[Slot]) -> dict[str, int]:
	"""What everybody bears in these meetings together."""
	total: Counter[str] = Counter()
	for one in meetings:
		total.update(one.burden)
	return dict(total)


def days_named(text: str | None) -> frozenset[int]:
	"""The weekdays that a text such as "Friday, Saturday" names; 0 is Monday. Other words aren't days: they are
	refused where a charter is written, and a page that plans doesn't fail over them.
	"""
	words = {each.strip() for each in (text or "").split(",")}
	return frozenset(number for number, day in enumerate(WEEKDAYS) if day in words)


def _candidates(zones: Mapping[str, ZoneInfo], minutes: int, window: Window) -> Iterator[Slot]:
	begins = window.begin.astimezone(window.home).replace(second=0, microsecond=0, tzinfo=None)
	at = begins.replace(minute=30 if begins.minute >= 30 else 0)
	# On the wall clock of `home`, so that starts stay at whole hours when clocks change.
	ends = window.end.astimezone(window.home).replace(tzinfo=None)
	while at < ends:
		moment = at.replace(tzinfo=window.home)
		if moment >= window.begin and _exists(moment) and _is_free(moment, minutes, window):
			one = slot(moment, minutes, zones)
			if _on_allowed_days(at.date(), one, window):
				yield one
		at += STEP


def _exists(moment: datetime) -> bool:
	"""Whether clocks show this time; they jump over an hour in spring."""
	there = moment.astimezone(timezone.utc).astimezone(moment.tzinfo)
	return there.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _is_free(moment: datetime, minutes: int, window: Window) -> bool:
	end = moment + timedelta(minutes=minutes)
	return not any(moment < until and start < end for start, until in window.taken)


def _on_allowed_days(day: date, one: Slot, window: Window) -> bool:
	days = {day, *(hour.starts_on.date() for hour in one.hours)}
	return all(
		window.first_day <= each <= window.last_day and each.weekday() not in window.days_off for each in days
	)


def _kind(one: Slot) -> tuple[bool, bool, bool]:
	in_small_hours = any(hour.small_hours for hour in one.hours)
	return bool(one.at_night), in_small_hours, any(hour.weekend for hour in one.hours)


def _best_kind(slots: list[Slot]) -> list[Slot]:
	kind = min(map(_kind, slots), default=None)
	return [one for one in slots if _kind(one) == kind]


def _rank(one: Slot, borne: Mapping[str, int], found: Sequence[Slot]) -> tuple[Any, ...]:
	near = sum(max(OTHER_HOUR - _apart(one, other), 0) for other in found)
	from_best = sorted((_from_best(hour.starts_on) for hour in one.hours), reverse=True)
	return (_after(one, borne), near, from_best, one.starts_at)


def _after(one: Slot, borne: Mapping[str, int]) -> list[int]:
	"""What everybody has borne with this meeting, from the most."""
	return sorted((borne.get(who, 0) + adds for who, adds in one.burden.items()), reverse=True)


def _from_best(start: datetime) -> int:
	at = start.hour * 60 + start.minute
	return max(BEST_FROM - at, at - BEST_TO, 0)


def _apart(one: Slot, other: Slot) -> int:
	"""How many minutes of the day lie between two starts."""
	minutes = int((one.starts_at - other.starts_at).total_seconds() // 60) % (24 * 60)
	return min(minutes, 24 * 60 - minutes)


def _clash(one: Slot, other: Slot, minutes: int) -> bool:
	return abs(one.starts_at - other.starts_at) < timedelta(minutes=minutes)


def _day(one: Slot, window: Window) -> date:
	return one.starts_at.astimezone(window.home).date()
