"""Time zones by their names in the IANA database; a name may be wrong, and then there is no zone."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1000)
def zone_named(name: str | None) -> ZoneInfo | None:
	"""The zone with this name, None when there is none."""
	try:
		return ZoneInfo(name) if name else None
	except (KeyError, ValueError, OSError):  # unknown, no name of a zone, a folder of zones
		return None


def hours_ahead(name: str | None, moment: datetime) -> float | None:
	"""Hours ahead of UTC at `moment`, which is the zone's own time unless it is aware; None without a zone."""
	zone = zone_named(name)
	if zone is None:
		return None
	here = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
	ahead = here.utcoffset()
	return None if ahead is None else ahead.total_seconds() / 3600
