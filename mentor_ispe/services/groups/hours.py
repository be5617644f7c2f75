"""Hours per person and calendar month of groups, against what their program asks for.

A meeting counts in the month that its start lies in, by the site's time zone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import frappe
from frappe.utils import flt, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain import hours as domain
from mentor_ispe.domain.hours import Asked, Hours
from mentor_ispe.services.sessions.meetings_held import meetings_of

GROUP, MEMBER = "Mentoring Group", "Mentoring Group Member"
SEATS_WITH_HOURS = ("Active", "Suspended", "Withdrawn", "Ended", "Completed")


def hours_of(groups: Collection[str], on: date | None = None) -> dict[str, dict[str, Hours]]:
	"""Hours as of the day `on` by group and profile, of everyone who took part; six queries.

	Groups that haven't started are left out.
	"""
	rows = _groups(groups)
	if not rows:
		return {}
	asked = _asked({row.program for row in rows})
	meetings = meetings_of([row.name for row in rows])
	seats = _seats(rows)
	day = on or today()
	return {
		row.name: {
			profile: domain.hours_of(meetings[row.name], profile, first, last, day, asked[row.program])
			for profile, (first, last) in seats[row.name].items()
		}
		for row in rows
	}


def hours_of_person(profile: str, on: date | None = None) -> dict[str, Hours]:
	"""The hours of one person by group, over all groups that they took part in."""
	group, row, mentor = (frappe.qb.DocType(name) for name in (GROUP, MEMBER, "Mentor"))
	as_member = frappe.qb.from_(row).select(row.parent).where(row.profile == profile)
	as_mentor = (
		frappe.qb.from_(group)
		.join(mentor)
		.on(mentor.name == group.mentor)
		.select(group.name)
		.where(mentor.profile == profile)
	)
	names = {name for query in (as_member, as_mentor) for (name,) in query.run()}
	found = hours_of(names, on)
	return {name: people[profile] for name, people in found.items() if profile in people}


def _groups(names: Collection[str]) -> list[frappe._dict]:
	if not names:
		return []
	group, cycle, mentor = (frappe.qb.DocType(name) for name in (GROUP, "Mentoring Cycle", "Mentor"))
	return (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.left_join(mentor)
		.on(mentor.name == group.mentor)
		.select(
			group.name,
			group.program,
			group.mentor_status,
			group.start_date,
			group.end_date,
			cycle.end_date.as_("cycle_end"),
			mentor.profile.as_("mentor_profile"),
		)
		.where(group.name.isin(list(names)) & group.start_date.notnull())
		.orderby(group.name)
		.run(as_dict=True)
	)


def _asked(programs: Collection[str]) -> dict[str, Asked]:
	rows = frappe.get_all(
		"Mentoring Program",
		filters={"name": ("in", list(programs))},
		fields=["name", "minimum_hours_per_month", "minimum_hours"],
	)
	return {
		row.name: Asked(_minutes(row.minimum_hours_per_month), _minutes(row.minimum_hours)) for row in rows
	}


def _minutes(hours: float | None) -> int:
	return round(flt(hours) * 60)


def _seats(groups: list[frappe._dict]) -> dict[str, dict[str, tuple[date, date]]]:
	"""{group: {profile: (first day, last day)}}, the mentor first."""
	found: dict[str, dict[str, tuple[date, date]]] = {}
	ends = {}
	for row in groups:
		ends[row.name] = getdate(row.end_date or row.cycle_end)
		found[row.name] = {}
		if row.mentor_profile and row.mentor_status in SEATS_WITH_HOURS:
			found[row.name][row.mentor_profile] = (getdate(row.start_date), ends[row.name])
	starts = {row.name: getdate(row.start_date) for row in groups}
	members = frappe.get_all(
		MEMBER,
		filters={
			"parent": ("in", list(found)),
			"parenttype": GROUP,
			"status": ("in", SEATS_WITH_HOURS),
		},
		fields=["parent", "profile", "status", "joined_on", "left_on"],
		order_by="parent, idx",
	)
	for member in members:
		if not member.joined_on and member.status not in ("Active", "Suspended", "Completed"):
			continue  # left before the group began
		first = (
			max(getdate(member.joined_on), starts[member.parent])
			if member.joined_on
			else starts[member.parent]
		)
		last = min(getdate(member.left_on), ends[member.parent]) if member.left_on else ends[member.parent]
		found[member.parent].setdefault(member.profile, (first, last))
	return found
