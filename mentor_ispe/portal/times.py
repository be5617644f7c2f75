"""Dates and times as the reader's clock shows them. The site keeps them in its own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import format_date, get_datetime, get_system_timezone, getdate

from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.domain.time_zones import zone_named


@dataclass(frozen=True)
class Clock:
	"""The reader's time zone beside the site's."""

	zone: str
	site: str

	@classmethod
	def of(cls, profile: str | None, zone: str | None = None) -> Clock:
		"""The clock of a profile: its time zone (`zone`, when it is at hand), else its login's, else the site's."""
		site = get_system_timezone()
		zone = zone or (profile and frappe.db.get_value("Mentoring Profile", profile, "time_zone"))
		if not zone and frappe.session.user != "Guest":
			zone = frappe.db.get_value("User", frappe.session.user, "time_zone")
		return cls(zone if zone and zone_named(zone) else site, site)

	def local(self, moment: datetime | str) -> datetime:
		"""A moment of the site as the reader's clock shows it, without a zone."""
		return moved(get_datetime(moment), ZoneInfo(self.site), ZoneInfo(self.zone))

	def of_site(self, moment: datetime | str) -> datetime:
		"""What the reader typed, in the site's time zone."""
		return moved(get_datetime(moment), ZoneInfo(self.zone), ZoneInfo(self.site))

	def when(self, moment: datetime | str | None) -> str:
		"""Date and time on the reader's clock, with the zone's name."""
		if not moment:
			return ""
		local = self.local(moment)
		return f"{local_words(local)} ({self.zone})"

	def choice(self, moment: datetime | str) -> str:
		"""A time to choose: `when`, with the weekday, by which people know whether they can come."""
		local = self.local(moment)
		return f"{format_date(local.date(), 'full')}, {local:%H:%M} ({self.zone})"

	def day(self, day: date | datetime | str | None) -> str:
		"""A date, of a moment the reader's day; the month in words, since formats differ from reader to reader."""
		if not day:
			return ""
		return _in_full(self.local(day).date() if isinstance(day, datetime) else getdate(day))

	def field(self, moment: datetime | str | None) -> str:
		"""The moment for a field of a form, as the reader's clock shows it."""
		return self.local(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""

	def machine(self, moment: datetime | str | None) -> str:
		"""The moment for the attribute `datetime`, with its offset."""
		return get_datetime(moment).replace(tzinfo=ZoneInfo(self.site)).isoformat() if moment else ""


def local_words(moment: datetime) -> str:
	"""A moment that is on somebody's clock already, in words without its zone."""
	return f"{_in_full(moment.date())}, {moment:%H:%M}"


def _in_full(day: date) -> str:
	return format_date(day, "long")
