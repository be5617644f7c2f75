"""Dates and times as people say them in a language: "Fri, Dec 11, 4:00 PM Chicago".

How each language writes its parts comes from the Unicode CLDR, by way of Babel.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location

NEAR = timedelta(days=180)
"""So far ahead a day needs no year."""

# Where a language puts the clock's city, and what it says after the hour.
_PATTERNS = {"en": ("{0}, {1}", "{0}, {1} {2}"), "de": ("{0}, {1} Uhr", "{0}, {1} Uhr ({2})")}
_OTHERS = ("{0}, {1}", "{0}, {1} ({2})")


@lru_cache(maxsize=100)
def locale_named(language: str | None) -> Locale:
	"""The locale of a language as Frappe calls it ("de", "en-GB", "zh-TW"); English for one that nobody knows."""
	for name in (language or "en", (language or "en").partition("-")[0]):
		try:
			return Locale.parse(name, sep="-" if "-" in name else "_")
		except (UnknownLocaleError, ValueError, TypeError):
			continue
	return Locale("en")


def spoken_day(day: date, language: str | None, today: date) -> str:
	"""The day with its weekday; with its year unless that is this one, or the day is near ahead."""
	locale = locale_named(language)
	near = day.year == today.year or timedelta(0) <= day - today <= NEAR
	try:
		return _plain(format_skeleton("MMMEd" if near else "yMMMEd", day, locale=locale))
	except KeyError:  # a language of which the CLDR knows no short form
		return _plain(format_date(day, "full", locale))


def spoken_time(moment: datetime, language: str | None) -> str:
	"""The time of day, with twelve or twenty-four hours as the language has it."""
	return _plain(format_time(moment.time(), "short", locale=locale_named(language)))


def spoken_moment(local: datetime, language: str | None, today: date, zone: str | None = None) -> str:
	"""A moment that is on somebody's clock already; with `zone`, an IANA name, whose clock that is."""
	locale = locale_named(language)
	alone, with_place = _PATTERNS.get(locale.language, _OTHERS)
	day, time = spoken_day(local.date(), language, today), spoken_time(local, language)
	return with_place.format(day, time, spoken_zone(zone, language)) if zone else alone.format(day, time)


def spoken_zone(zone: str, language: str | None) -> str:
	"""The city whose clock it is: "Chicago" for America/Chicago; the zone's own name where it names no city."""
	if "/" not in zone or zone.startswith("Etc/"):
		return zone
	try:
		city = get_timezone_location(zone, locale=locale_named(language), return_city=True)
	except LookupError:
		city = zone.replace("_", " ")
	return city.rpartition("/")[2]


def _plain(text: str) -> str:
	"""Without the narrow space that the CLDR puts before AM and PM, which many fonts and mail programs lack."""
	return text.replace("\u202f", " ").replace("\xa0", " ")
