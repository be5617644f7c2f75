"""Find a time: when a group meets next by its rhythm, and which times suit the clocks of all its people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime, get_system_timezone, getdate, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency.locks import SESSION
from mentor_ispe.domain.pauses import Pauses, return_day
from mentor_ispe.domain.seats import Seat, standstill_of
from mentor_ispe.domain.sessions import cadence, slots
from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.domain.time_zones import zone_named
from mentor_ispe.mails.calendar_events import aware
from mentor_ispe.permissions.gate import WRITE
from mentor_ispe.readings.seats import profiles_in, seats

USUAL_MINUTES = 60
# A group goes on meeting where it met the last time.
AS_LAST_TIME = ("duration_minutes", "mode", "location", "link")
# What is read of a person whose clock counts.
PERSON = ("name", "full_name", "time_zone", "show_time_zone")
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
class Planning:
	"""What a group's next meeting goes by: its frame, its meetings (the latest first), its people and their clocks.

	`people` are rows of their profiles (PERSON) by name, `home` is the time zone of whoever plans.
	"""

	group: str
	frame: Frame
	meetings: Sequence[frappe._dict]
	people: Mapping[str, frappe._dict]
	home: ZoneInfo

	@property
	def zones(self) -> dict[str, ZoneInfo]:
		"""The time zone of everybody who is active in the group; the site's where one named none."""
		return {name: zone_named(row.time_zone) or site_zone() for name, row in self.people.items()}

	@property
	def last(self) -> frappe._dict | None:
		return self.meetings[0] if self.meetings else None

	@property
	def minutes(self) -> int:
		return cint(self.last.duration_minutes) if self.last else USUAL_MINUTES

	def as_last_time(self) -> dict[str, Any]:
		"""How long the group met the last time, and where: AS_LAST_TIME."""
		return _as_in(self.last)

	def borne(self) -> dict[str, int]:
		"""How much early and late hours each person has had."""
		zones = self.zones
		return slots.borne_in(
			[
				slots.slot(aware(row.starts_on), cint(row.duration_minutes), zones)
				for row in self.meetings[:REMEMBERED]
			]
		)

	def taken(self) -> list[tuple[datetime, datetime]]:
		"""When the group meets already."""
		return [
			(start := aware(row.starts_on), start + timedelta(minutes=cint(row.duration_minutes)))
			for row in self.meetings
		]

	def propose_next(self, now: datetime | None = None) -> Proposal:
		"""The next meeting by the charter's rhythm, else the program's, after the latest one held or planned.

		On the weekday and at the hour of the planner's clock, so that it stays there when clocks change; at another
		time near by where that is somebody's night or a day on which the group doesn't meet.
		"""
		frame, here = self.frame, site_zone()
		moment = moved(now or now_datetime(), here, self.home)
		starts_on = cadence.next_start(
			frame.rhythm,
			self.last and moved(get_datetime(self.last.starts_on), here, self.home),
			moment,
			frame.first_day,
			frame.last_day,
		)
		starts_on = starts_on and self._suiting(starts_on, moment)
		return Proposal(self.group, starts_on and moved(starts_on, self.home, here), **self.as_last_time())

	def suggest(self, minutes: int | None = None, most: int = slots.MOST) -> list[slots.Slot]:
		"""The times of the next weeks that suit everybody in the group best, by time."""
		first = datetime.combine(self.frame.first_day, datetime.min.time(), self.home)
		begin = max(aware(now_datetime()) + NOTICE, first)
		where = self._window(begin, timedelta(days=DAYS_AHEAD))
		return slots.suggest(self.zones, minutes or self.minutes, where, self.borne(), most)

	def take_turns(self, dates: Sequence[datetime], minutes: int | None = None) -> list[datetime]:
		"""On each of these days the time that is fairest after the ones before it; moments of the planner's clock.

		A day on which no time fits keeps its own.
		"""
		windows = [self._window(_midnight(at, self.home), timedelta(days=1)) for at in dates]
		chosen = slots.fair_series(self.zones, minutes or self.minutes, windows, self.borne())
		return [
			one.starts_at.astimezone(self.home).replace(tzinfo=None) if one else at
			for one, at in zip(chosen, dates, strict=True)
		]

	def _suiting(self, starts_on: datetime, now: datetime) -> datetime:
		"""The time itself where it suits, else the best one near it; all on the planner's clock."""
		one = slots.slot(starts_on.replace(tzinfo=self.home), self.minutes, self.zones)
		weekend = any(hour.weekend for hour in one.hours)
		# A group that has met early or at a weekend chose to; the first time is nobody's habit.
		bad = one.at_night or (self.last is None and (one.off_hours or weekend))
		if not bad and not {hour.starts_on.weekday() for hour in one.hours} & self.frame.days_off:
			return starts_on
		begin = _midnight(starts_on - timedelta(days=DAYS_ASIDE if self.last else 0), self.home)
		begin = max(begin, now.replace(tzinfo=self.home) + timedelta(minutes=1))
		where = self._window(begin, timedelta(days=2 * DAYS_ASIDE + 1))
		found = slots.best(self.zones, self.minutes, where, self.borne())
		return found.starts_at.astimezone(self.home).replace(tzinfo=None) if found else starts_on

	def _window(self, begin: datetime, length: timedelta) -> slots.Window:
		frame = self.frame
		return slots.Window(
			begin,
			begin + length,
			frame.first_day,
			frame.last_day,
			self.home,
			frame.days_off,
			self.taken(),
		)


def planning_of(group: str) -> Planning:
	"""All of it in six queries; DoesNotExistError for no group."""
	held = seats([group], statuses=WRITE)
	return Planning(
		group,
		_frame(group, held),
		_meetings(group),
		people_named(dict.fromkeys(seat.profile for seat in held)),
		planners_zone(),
	)


def propose_next(group: str, now: datetime | None = None) -> Proposal:
	"""The next meeting of a group; see Planning."""
	return planning_of(group).propose_next(now)


def as_last_time(group: str) -> dict[str, Any]:
	"""The same as of a Planning, in one query."""
	return _as_in(next(iter(_meetings(group, limit=1)), None))


def _as_in(last: frappe._dict | None) -> dict[str, Any]:
	last = last or frappe._dict(mode="Online", duration_minutes=USUAL_MINUTES)
	return {
		"duration_minutes": cint(last.duration_minutes),
		"mode": last.mode,
		"location": cstr(last.location),
		"link": "" if last.link_made_by else cstr(last.link),
	}


def site_moment(one: slots.Slot) -> datetime:
	"""The start of a slot on the site's clock."""
	return one.starts_at.astimezone(site_zone()).replace(tzinfo=None)


def site_zone() -> ZoneInfo:
	return ZoneInfo(get_system_timezone())


def planners_zone() -> ZoneInfo:
	"""The time zone of whoever is signed in: of their profile, else of their login, else the site's."""
	user = frappe.session.user
	zone = frappe.db.get_value("Mentoring Profile", {"user": user}, "time_zone")
	zone = zone or frappe.get_cached_value("User", user, "time_zone")
	return zone_named(zone) or site_zone()


def people_in(group: str) -> dict[str, frappe._dict]:
	"""The people who are active in the group, as `people_named` gives them."""
	return people_named(profiles_in(group, WRITE))


def people_named(profiles: Iterable[str]) -> dict[str, frappe._dict]:
	"""PERSON of each of these profiles by name, in their order; one query."""
	names = list(dict.fromkeys(profiles))
	found = {
		row.name: row
		for row in frappe.get_all("Mentoring Profile", {"name": ("in", names or [""])}, list(PERSON))
	}
	return {name: found[name] for name in names if name in found}


def _meetings(group: str, limit: int = 0) -> list[frappe._dict]:
	"""What the group has planned and held, the latest first; all of them without a `limit`."""
	return frappe.get_all(
		SESSION,
		{"mentoring_group": group, "status": ("in", ("Planned", "Held"))},
		["starts_on", *AS_LAST_TIME, "link_made_by"],
		order_by="starts_on desc",
		limit=limit,
	)


def _frame(group: str, held: Sequence[Seat]) -> Frame:
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
	still, first_day = standstill_of(held), getdate(row.start_date or begins)
	if back := return_day(still, today()):
		first_day = max(first_day, back)
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


def _midnight(moment: datetime, zone: ZoneInfo) -> datetime:
	return datetime.combine(moment.date(), datetime.min.time(), zone)
