"""Which mail a notice goes out in, and when: alone and at once, or with others in the morning."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from frappe.utils import get_datetime, get_system_timezone

from mentor_ispe.domain.mornings import next_morning
from mentor_ispe.domain.time_zones import zone_named
from mentor_ispe.mails.default_templates import TEMPLATES
from mentor_ispe.mails.default_templates.digests import YOUR_DAY

if TYPE_CHECKING:
	from mentor_ispe.mails.outbox import Notice

ONE_A_DAY = "One a Day"


def joined(
	notice: Notice, rhythm: str | None, zone: str | None, moment: datetime
) -> tuple[str | None, datetime | None]:
	"""(the template of the mail that it joins, None for a mail of its own; not before).

	`rhythm` and `zone` are the person's, None for an address; `moment` is now, on the site's clock. Whoever
	chose one mail a day gets what may wait in it. A matter that has an hour of its own, such as the
	announcement of the matches, keeps it.
	"""
	wording = TEMPLATES.get(notice.template)
	alone = None, notice.not_before
	has_its_hour = notice.not_before and get_datetime(notice.not_before) > moment
	if wording is None or notice.calendar or has_its_hour:
		return alone
	if rhythm == ONE_A_DAY and not wording.at_once:
		return YOUR_DAY, _morning(moment, zone)
	if wording.together:
		return notice.template, _morning(moment, zone)
	return alone


def _morning(moment: datetime, zone: str | None) -> datetime:
	"""The next morning of somebody in the zone, on the site's clock."""
	site = ZoneInfo(get_system_timezone())
	morning = next_morning(moment.replace(tzinfo=site), zone_named(zone) or site)
	return morning.astimezone(site).replace(tzinfo=None)
