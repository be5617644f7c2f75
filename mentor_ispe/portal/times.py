"""Dates and times as the reader's clock shows them. The site keeps them in its own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_datetime, get_system_timezone

from mentor_ispe.clock import day_text, moment_text
from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.domain.spoken_dates import spoken_zone
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

	@property
	def city(self) -> str:
		"""Whose clock it is, in the reader's language."""
		return spoken_zone(self.zone, frappe.local.lang)

	def local(self, moment: datetime | str) -> datetime:
		"""A moment of the site as the reader's clock shows it, without a zone."""
		return moved(get_datetime(moment), ZoneInfo(self.site), ZoneInfo(self.zone))

	def of_site(self, moment: datetime | str) -> datetime:
		"""What the reader typed, in the site's time zone."""
		return moved(get_datetime(moment), ZoneInfo(self.zone), ZoneInfo(self.site))

	def when(self, moment: datetime | str | None) -> str:
		"""Date and time on the reader's clock, and in which city that is."""
		if not moment:
			return ""
		return moment_text(self.local(moment), self.zone)

	def day(self, day: date | datetime | str | None) -> str:
		"""A date, of a moment the reader's day."""
		return day_text(self.local(day) if isinstance(day, datetime) else day)

	def field(self, moment: datetime | str | None) -> str:
		"""The moment for a field of a form, as the reader's clock shows it."""
		return self.local(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""

	def machine(self, moment: datetime | str | None) -> str:
		"""The moment for the attribute `datetime`, with its offset."""
		return get_datetime(moment).replace(tzinfo=ZoneInfo(self.site)).isoformat() if moment else ""
