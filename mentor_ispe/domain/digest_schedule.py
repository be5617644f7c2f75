"""When a mail that may wait goes out: at one hour of the morning, on the reader's own clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = 7
"""The hour at which the daily mail goes out."""


def next_morning(moment: datetime, zone: ZoneInfo) -> datetime:
	"""The first morning in the zone after the moment, in that zone; never the moment itself.

	So a mail whose morning has come is complete: what is announced from then on waits for the next one.
	"""
	here = moment.astimezone(zone)
	morning = datetime.combine(here.date(), time(HOUR), zone)
	if morning <= here:
		morning = datetime.combine(here.date() + timedelta(days=1), time(HOUR), zone)
	return morning
