"""Find a time: when a group meets next by its rhythm, and which times suit the clocks of all its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime, get_system_timezone, getdate, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency.locks import SESSION
from mentor_ispe.domain.pauses import Pauses, current
from mentor_ispe.domain.seats import standstill_of
from mentor_ispe.domain.sessions import cadence, slots
from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.domain.time_zones import zone_named
from mentor_ispe.mails.calendar_events import aware
from mentor_ispe.permissions.gate import WRITE
from mentor_ispe.readings.seats import profiles_in, seats

USUAL_MINUTES = 60
# A group goes on meeting where it met the last time.
AS_LAST_TIME = ("duration_minutes", "mode", "location", "link")
# Suggestions leave people a day to see them, and look so far ahead.
NOTICE = timedelta(days=1)
DAYS_AHEAD = 14
# A proposal that falls into somebody's night moves by so many days at most.
DAYS_ASIDE = 3
# So many of the latest meetings count for who has had early and late hours.
REMEMBERED = 24


@dataclass(frozen=True)
class Proposal:
	"""The next meeting as it would be; `starts_on` is None when none fits before the cycle ends."""

	group: str
	starts_on: datetime | None
	duration_minutes: int
	mode: str
	location: str
	link: str


@dataclass(frozen=True)
class Frame:
	"""What the group's meetings keep to."""

	rhythm: cadence.Rhythm
	first_day: date
	last_day: date
	days_off: frozenset[int]
	standstill: Pauses = ()
	"""When so many people are away that the group can't meet."""


@dataclass(frozen=True)
class Meetings:
	"""The group's meetings, the latest first, and the time zones of its people."""

	rows: list[frappe._dict]
	zones: Mapping[str, ZoneInfo]

	@property
	def last(self) -> frappe._dict | None:
		return self.rows[0] if self.rows else None

	@property
	def minutes(self) -> int:
		return cint(self.last.duration_minutes) if self.last else USUAL_MINUTES

	def as_last_time(self) -> dict[str, Any]:
		last = self.last or frappe._dict(mode="Online")
		return {
			"duration_minutes": self.minutes,
			"mode": last.mode,
			"location": cstr(last.location),
			"link": "" if last.link_made_by else cstr(last.link),
		}

	def borne(self) -> dict[str, int]:
		"""How much early and late hours each person has had."""
		return slots.borne_in([self._slot(row) for row in self.rows[:REMEMBERED]])

	def taken(self) -> list[tuple[datetime, datetime]]:
		return [
			(start := aware(row.starts_on), start + timedelta(minutes=cint(row.duration_minutes)))
			for row in self.rows
		]

	def _slot(self, row: frappe._dict) -> slots.Slot:
		return slots.slot(aware(row.starts_on), cint(row.duration_minutes), self.zones)


def propose_next(group: str, now: datetime | None = None) -> Proposal:
	"""The next meeting by the charter's rhythm, else the program's, after the latest one held or planned.

	On the weekday and at the hour of the planner's clock, so that it stays there when clocks change; at another time
	near by where that is somebody's night or a day on which the group doesn't meet.
	"""
	frame, known = frame_of(group), meetings_of(group)
	here, theirs = ZoneInfo(get_system_timezone()), planners_zone()
	moment = moved(now or now_datetime(), here, theirs)
	last = known.last
	starts_on = cadence.next_start(
		frame.rhythm,
		last and moved(get_datetime(last.starts_on), here, theirs),
		moment,
		frame.first_day,
		frame.last_day,
	)
	starts_on = starts_on and _suiting(starts_on, moment, frame, known, theirs)
	return Proposal(group, starts_on and moved(starts_on, theirs, here), **known.as_last_time())


def as_last_time(group: str) -> dict[str, Any]:
	"""How long the group met the last time, and where: AS_LAST_TIME."""
	return Meetings(_meetings(group, limit=1), {}).as_last_time()


def suggest(group: str, minutes: int | None = None, most: int = slots.MOST) -> list[slots.Slot]:
	"""The times of the next weeks that suit everybody in the group best, by time."""
	frame, known = frame_of(group), meetings_of(group)
	theirs = planners_zone()
	first = datetime.combine(frame.first_day, datetime.min.time(), theirs)
	begin = max(aware(now_datetime()) + NOTICE, first)
	where = _window(begin, timedelta(days=DAYS_AHEAD), frame, known, theirs)
	return slots.suggest(known.zones, minutes or known.minutes, where, known.borne(), most)


def take_turns(group: str, dates: list[datetime], minutes: int | None = None) -> list[datetime]:
	"""On each of these days the time that is fairest after the ones before it; moments of the planner's clock.

	A day on which no time fits keeps its own.
	"""
	frame, known = frame_of(group), meetings_of(group)
	theirs = planners_zone()
	windows = [_window(_midnight(at, theirs), timedelta(days=1), frame, known, theirs) for at in dates]
	chosen = slots.fair_series(known.zones, minutes or known.minutes, windows, known.borne())
	return [
		one.starts_at.astimezone(theirs).replace(tzinfo=None) if one else at
		for one, at in zip(chosen, dates, strict=True)
	]


def site_moment(one: slots.Slot) -> datetime:
	"""The start of a slot on the site's clock."""
	return one.starts_at.astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None)


def planners_zone() -> ZoneInfo:
	"""The time zone of whoever is signed in: of their profile, else of their login, else the site's."""
	user = frappe.session.user
	zone = frappe.db.get_value("Mentoring Profile", {"user": user}, "time_zone")
	zone = zone or frappe.get_cached_value("User", user, "time_zone")
	return zone_named(zone) or ZoneInfo(get_system_timezone())


def zones_of(group: str) -> dict[str, ZoneInfo]:
	"""The time zone of everybody who is active in the group; the site's where one named none."""
	people = profiles_in(group, WRITE)
	rows = frappe.get_all(
		"Mentoring Profile", {"name": ("in", people or [""])}, ["name", "time_zone"], as_list=True
	)
	site, named = ZoneInfo(get_system_timezone()), dict(rows)
	return {person: zone_named(named.get(person)) or site for person in people}


def meetings_of(group: str) -> Meetings:
	"""What the group has planned and held."""
	return Meetings(_meetings(group), zones_of(group))


def _meetings(group: str, limit: int = 0) -> list[frappe._dict]:
	"""The latest first; all of them without a `limit`."""
	return frappe.get_all(
		SESSION,
		{"mentoring_group": group, "status": ("in", ("Planned", "Held"))},
		["starts_on", *AS_LAST_TIME, "link_made_by"],
		order_by="starts_on desc",
		limit=limit,
	)


def frame_of(group: str) -> Frame:
	"""What the group's meetings keep to; DoesNotExistError for no group."""
	row = frappe.db.get_value(
		"Mentoring Group",
		group,
		[
			*("program", "cycle", "start_date"),
			*("charter_meet_every", "charter_meet_every_unit", "charter_days_off"),
		],
		as_dict=True,
	)
	if not row:
		raise frappe.DoesNotExistError(_("We couldn't find this group."))
	program = frappe.get_cached_doc("Mentoring Program", row.program)
	begins, ends = frappe.db.get_value("Mentoring Cycle", row.cycle, ["start_date", "end_date"])
	still, first_day = standstill_of(seats([group], statuses=WRITE)), getdate(row.start_date or begins)
	pause = current(still, today())
	if pause and pause.covers(today()):
		first_day = max(first_day, pause.returns_on)
	return Frame(
		cadence.rhythm_of(
			cint(row.charter_meet_every),
			row.charter_meet_every_unit,
			cint(program.meet_every),
			program.meet_every_unit,
		),
		first_day,
		getdate(ends),
		slots.days_named(row.charter_days_off),
		still,
	)


def _suiting(starts_on: datetime, now: datetime, frame: Frame, known: Meetings, theirs: ZoneInfo) -> datetime:
	"""The time itself where it suits, else the best one near it; all on the planner's clock."""
	one = slots.slot(starts_on.replace(tzinfo=theirs), known.minutes, known.zones)
	weekend = any(hour.weekend for hour in one.hours)
	# A group that has met early or at a weekend chose to; the first time is nobody's habit.
	bad = one.at_night or (known.last is None and (one.off_hours or weekend))
	if not bad and not {hour.starts_on.weekday() for hour in one.hours} & frame.days_off:
		return starts_on
	begin = _midnight(starts_on - timedelta(days=DAYS_ASIDE if known.last else 0), theirs)
	begin = max(begin, now.replace(tzinfo=theirs) + timedelta(minutes=1))
	where = _window(begin, timedelta(days=2 * DAYS_ASIDE + 1), frame, known, theirs)
	found = slots.best(known.zones, known.minutes, where, known.borne())
	return found.starts_at.astimezone(theirs).replace(tzinfo=None) if found else starts_on


def _midnight(moment: datetime, zone: ZoneInfo) -> datetime:
	return datetime.combine(moment.date(), datetime.min.time(), zone)


def _window(
	begin: datetime, length: timedelta, frame: Frame, known: Meetings, home: ZoneInfo
) -> slots.Window:
	return slots.Window(
		begin, begin + length, frame.first_day, frame.last_day, home, frame.days_off, known.taken()
	)
