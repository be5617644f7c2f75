"""Time zones by their names in the IANA database; a name may be wrong, and then there is no zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

# Of countries with several zones that of the largest city; Frappe lists them by the alphabet.
OF_LARGEST_CITY = {
	"Argentina": "America/Argentina/Buenos_Aires",
	"Australia": "Australia/Sydney",
	"Brazil": "America/Sao_Paulo",
	"Canada": "America/Toronto",
	"Chile": "America/Santiago",
	"China": "Asia/Shanghai",
	"Indonesia": "Asia/Jakarta",
	"Kazakhstan": "Asia/Almaty",
	"Mexico": "America/Mexico_City",
	"New Zealand": "Pacific/Auckland",
	"Portugal": "Europe/Lisbon",
	"Russian Federation": "Europe/Moscow",
	"Spain": "Europe/Madrid",
	"Ukraine": "Europe/Kyiv",
	"United States": "America/New_York",
}


def guess_zone(country: str | None, listed: Iterable[str]) -> str:
	"""The zone that most people of a country have, out of those that are `listed` for it; "" where nobody can tell."""
	zones = (OF_LARGEST_CITY.get(country or ""), *listed)
	return next((zone for zone in zones if zone and zone_named(zone)), "")


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
