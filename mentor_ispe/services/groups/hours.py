"""Hours per person and calendar month of groups, against what their program asks for.

A meeting counts in the month that its start lies in, by the site's time zone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import cint, flt, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain import hours as domain
from mentor_ispe.domain.hours import Asked, Hours
from mentor_ispe.domain.pauses import Pauses, together
from mentor_ispe.readings.meetings import meetings_of
from mentor_ispe.readings.seats import groups_with, seats

GROUP = "Mentoring Group"
SEATS_WITH_HOURS = ("Active", "Suspended", "Withdrawn", "Ended", "Completed")


def hours_of(groups: Collection[str], on: date | None = None) -> dict[str, dict[str, Hours]]:
	"""Hours as of the day `on` by group and profile, of everyone who took part; five queries.

	Groups that haven't started are left out.
	"""
	rows = _groups(groups)
	if not rows:
		return {}
	asked = _asked({row.program for row in rows})
	meetings = meetings_of([row.name for row in rows])
	days = _days(rows)
	day = on or today()
	return {
		row.name: {
			profile: domain.hours_of(
				meetings[row.name], profile, stay.first, stay.last, day, asked[row.program], stay.pauses
			)
			for profile, stay in days[row.name].items()
		}
		for row in rows
	}


def hours_of_person(profile: str, on: date | None = None) -> dict[str, Hours]:
	"""The hours of one person by group, over all groups that they took part in."""
	names = groups_with([profile])
	found = hours_of(names, on)
	return {name: people[profile] for name, people in found.items() if profile in people}


def _groups(names: Collection[str]) -> list[frappe._dict]:
	if not names:
		return []
	group, cycle = frappe.qb.DocType(GROUP), frappe.qb.DocType("Mentoring Cycle")
	return (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.select(
			group.name,
			group.program,
			group.start_date,
			group.end_date,
			cycle.end_date.as_("cycle_end"),
		)
		.where(group.name.isin(list(names)) & group.start_date.notnull())
		.orderby(group.name)
		.run(as_dict=True)
	)


def _asked(programs: Collection[str]) -> dict[str, Asked]:
	rows = frappe.get_all(
		"Mentoring Program",
		filters={"name": ("in", list(programs))},
		fields=["name", "minimum_hours_per_month", "minimum_hours", "length_months"],
	)
	return {
		row.name: Asked(
			_minutes(row.minimum_hours_per_month), _minutes(row.minimum_hours), cint(row.length_months)
		)
		for row in rows
	}


def _minutes(hours: float | None) -> int:
	return round(flt(hours) * 60)


@dataclass(frozen=True)
class Stay:
	"""Somebody's own time in a group, from the first day to the last."""

	first: date
	last: date
	pauses: Pauses = ()


def _days(groups: list[frappe._dict]) -> dict[str, dict[str, Stay]]:
	"""{group: {profile: time}} of everybody in it, the mentors first.

	Somebody who left and came back counts from the first day to the last.
	"""
	ends = {row.name: getdate(row.end_date or row.cycle_end) for row in groups}
	starts = {row.name: getdate(row.start_date) for row in groups}
	found: dict[str, dict[str, Stay]] = {name: {} for name in ends}
	for seat in seats(list(ends), statuses=SEATS_WITH_HOURS):
		if not seat.took_part and seat.status != "Suspended":
			continue  # left before the group began
		start, end, people = starts[seat.group], ends[seat.group], found[seat.group]
		first = max(seat.joined_on, start) if seat.joined_on else start
		last = min(seat.left_on, end) if seat.left_on else end
		earlier = people.get(seat.profile, Stay(first, last))
		people[seat.profile] = Stay(
			min(first, earlier.first), max(last, earlier.last), together((*earlier.pauses, *seat.pauses))
		)
	return found
