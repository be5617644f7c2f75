"""Meetings on the clocks of the people in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import frappe
from frappe.utils import get_datetime, get_system_timezone

from mentor_ispe.domain.sessions.local_times import local_times
from mentor_ispe.services.members import sharing

PROFILE = "Mentoring Profile"


def clocks_for(reader: str, starts_on: datetime | str, profiles: Collection[str]) -> list[dict]:
	"""As `clocks`, for somebody of the group: without those who show their time zone to nobody."""
	shown = sharing.who_show("time_zone", profiles) | {reader}
	return clocks(starts_on, [name for name in profiles if name in shown])


def clocks(starts_on: datetime | str, profiles: Collection[str]) -> list[dict]:
	"""The moment on everybody's clock: profile, full_name, starts_on, zone, day_shift, assumed."""
	names = list(dict.fromkeys(profiles))
	rows = {
		row.name: row
		for row in frappe.get_all(
			PROFILE, {"name": ("in", names or [""])}, ["name", "full_name", "time_zone"]
		)
	}
	zones = {name: rows[name].time_zone for name in names if name in rows}
	return [
		{
			"profile": local.person,
			"full_name": rows[local.person].full_name,
			"starts_on": local.starts_on.replace(tzinfo=None),
			"zone": local.zone,
			"day_shift": local.day_shift,
			"assumed": local.assumed,
		}
		for local in local_times(get_datetime(starts_on), get_system_timezone(), zones)
	]
