"""Hours of everybody in a group, and the credit record rule by rule."""

from __future__ import annotations

from frappe import _

from mentor_ispe.domain.hours import duration
from mentor_ispe.permissions.gate import RECORD
from mentor_ispe.portal import group_page
from mentor_ispe.services.credit import record as credit
from mentor_ispe.services.groups import hours
from mentor_ispe.services.prints import certificates

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "hours")
	found = hours.hours_of([view.name]).get(view.name, {})
	names = {one.profile: one.full_name for one in view.people}
	# Who no longer sits in the group sees their own hours, nobody else's.
	shown = found if view.reads else {name: each for name, each in found.items() if name == view.me.profile}
	context.hours = [
		{
			"full_name": names.get(name) or view.me.full_name,
			"profile": name,
			"minutes": each.minutes,
			"asked_minutes": each.asked,
			"total": _spent(each.minutes),
			"asked": duration(each.asked) if each.asked else "",
			"months": [
				{"month": month.month, "spent": _spent(month.minutes) or duration(0)} for month in each.months
			],
			"says": [credit.in_dates(words) for words in each.says()],
		}
		for name, each in shown.items()
		if name in names or name == view.me.profile
	]
	context.credit = None
	keeps_record = view.me.status in RECORD or (view.me.is_mentor and view.me.took_part)
	if view.program.credit_scheme and keeps_record:
		context.credit = credit.state(view.name, of=view.me.profile)
	context.certificate = certificates.own_part(view.me.role, view.me.profile, view.group.cycle)
	return context


def _spent(minutes: int) -> str:
	"""Less than an hour is said in minutes; "" is none."""
	if minutes >= 60:
		return duration(minutes)
	return _("{0} min").format(minutes) if minutes else ""
