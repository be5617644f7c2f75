"""One moment on everybody's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from mentor_ispe.domain.time_zones import zone_named


@dataclass(frozen=True)
class LocalTime:
	"""The start on one person's clock; `day_shift` is their day counted from the site's, mostly -1, 0 or 1.

	`assumed` says that the person named no time zone, or none that exists, and the site's is shown.
	"""

	person: str
	zone: str
	starts_on: datetime
	day_shift: int
	assumed: bool


def local_times(starts_on: datetime, site_zone: str, zones: Mapping[str, str | None]) -> list[LocalTime]:
	"""`starts_on` (the site's clock, without a zone) on the clock of everyone in `zones`, in their order."""
	here = zone_named(site_zone) or ZoneInfo("UTC")
	moment = starts_on.replace(tzinfo=here)
	return [_local(person, moment, zone_named(name), here) for person, name in zones.items()]


def _local(person: str, moment: datetime, zone: ZoneInfo | None, here: ZoneInfo) -> LocalTime:
	there = zone or here
	local = moment.astimezone(there)
	shift = (local.date() - moment.date()).days
	return LocalTime(person, there.key, local, shift, assumed=zone is None)


def moved(moment: datetime, from_zone: ZoneInfo, to_zone: ZoneInfo) -> datetime:
	"""A moment without a zone, on the clock of `from_zone`, as the clock of `to_zone` shows it.

	By way of UTC, also where both are one zone: half past two in the night when clocks jump from two to three
	doesn't exist, and is half past three on every clock.
	"""
	utc = moment.replace(tzinfo=from_zone).astimezone(timezone.utc)
	return utc.astimezone(to_zone).replace(tzinfo=None)
