"""Rosters for the kickoff: who is in a group, what each chose to share, and when they meet first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, get_system_timezone

from mentor_ispe.domain.sessions.local_times import local_times
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.permissions.gate import SHARED
from mentor_ispe.readings.seats import seats_by_group
from mentor_ispe.services.members.sharing import PROFILE, shown_to_group, who_show
from mentor_ispe.services.prints.printing import pdf_of, require_coordinator, require_own_group

GROUP = "Mentoring Group"
FORMAT_OF = {GROUP: "Mentoring Roster", "Mentoring Cycle": "Mentoring Rosters"}
WITH_ROSTER = ("Proposed", "Active", "Completed")
# A cycle's rosters are for those who begin or are under way.
AT_THE_START = ("Proposed", "Active")
NO_GROUP = N_("{cycle} has no proposed or started group yet, so there is no roster to print.")
NOT_MADE = N_(
	"{group} is {status}. You can print a roster for a group that is proposed, started or completed."
)


def mentoring_roster(group: str) -> dict[str, Any]:
	"""The roster of one group, for the print format.

	Raises PermissionError for others than its people and the coordinators, RuleViolation for a group
	that is a draft or was called off.
	"""
	require_own_group(group)
	row = frappe.db.get_value(GROUP, group, ["title", "status"], as_dict=True)
	if row is None:
		raise frappe.DoesNotExistError(_("{0} {1} not found").format(_(GROUP), group))
	if row.status not in WITH_ROSTER:
		words = {"group": row.title, "status": [row.status]}
		raise_violations([Violation("no_roster", NOT_MADE, words)])
	return _rosters([group])[0]


def mentoring_rosters(cycle: str) -> list[dict[str, Any]]:
	"""Those of every proposed or running group of a cycle, by name; for coordinators only.

	The same number of queries however many there are. Raises RuleViolation when there is no such group.
	"""
	require_coordinator()
	names = frappe.get_all(GROUP, {"cycle": cycle, "status": ("in", AT_THE_START)}, pluck="name")
	if not names:
		raise_violations([Violation("no_group", NO_GROUP, {"cycle": cycle})])
	return _rosters(names)


def pdf(doctype: str, name: str, language: str | None = None, letterhead: str | None = None) -> bytes:
	"""The roster of a Mentoring Group, or of all groups of a Mentoring Cycle a page or more each, as a PDF."""
	# Asked first, so that a refusal comes in words of its own and not from within the page.
	if doctype == "Mentoring Cycle":
		mentoring_rosters(name)
	else:
		mentoring_roster(name)
	return pdf_of(doctype, name, FORMAT_OF[doctype], language=language, letterhead=letterhead)


def _rosters(names: Collection[str]) -> list[dict[str, Any]]:
	group, cycle, program = (
		frappe.qb.DocType(each) for each in (GROUP, "Mentoring Cycle", "Mentoring Program")
	)
	rows = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.join(program)
		.on(program.name == cycle.program)
		.select(
			group.name,
			group.title,
			group.cycle,
			cycle.program,
			cycle.kickoff_on,
			program.contact_email,
		)
		.where(group.name.isin(list(names)))
		.orderby(group.title, group.name)
		.run(as_dict=True)
	)
	seats = _seats([row.name for row in rows])
	profiles = sorted({person["profile"] for people in seats.values() for person in people})
	shared, zones = shown_to_group(profiles), _zones(profiles)
	meetings = _first_meetings([row.name for row in rows])
	rosters = []
	for row in rows:
		meeting = meetings.get(row.name)
		people = [person for person in seats[row.name] if person["status"] in SHARED]
		_share(people, shared)
		_set_clocks(people, zones, meeting.starts_on if meeting else row.kickoff_on)
		rosters.append(
			{
				"name": row.name,
				"title": cstr(row.title),
				"cycle": row.cycle,
				"program": row.program,
				"kickoff_on": row.kickoff_on,
				"contact_email": row.contact_email or "",
				"time_zone": get_system_timezone(),
				"meeting": meeting,
				"people": people,
				"waiting": len(seats[row.name]) - len(people),
			}
		)
	return rosters


def _share(people: list[dict], shared: dict[str, list[tuple[str, str]]]) -> None:
	for person in people:
		person["shared"] = shared.get(person["profile"], [])


def _set_clocks(people: list[dict], zones: dict[str, str], moment: datetime | None) -> None:
	"""The first date on the clock of each person who shows a time zone."""
	clocks = {}
	if moment:
		own = {person["profile"]: zones.get(person["profile"]) for person in people}
		clocks = {each.person: each for each in local_times(moment, get_system_timezone(), own)}
	for person in people:
		clock = clocks.get(person["profile"])
		person["starts_on"] = clock.starts_on.replace(tzinfo=None) if clock else None
		person["zone"] = clock.zone if clock and not clock.assumed else ""


def _seats(groups: Collection[str]) -> dict[str, list[dict]]:
	"""Everybody who was asked or has a place, by group: mentors, moderators, the others; not who declined."""
	return {
		name: [
			{
				"profile": seat.profile,
				"full_name": seat.full_name,
				"role": seat.part,
				"status": seat.status,
			}
			for seat in sorted(found, key=lambda seat: (not seat.is_mentor, not seat.is_moderator))
		]
		for name, found in seats_by_group(groups, statuses=("Proposed", *SHARED)).items()
	}


def _zones(profiles: Collection[str]) -> dict[str, str]:
	"""The time zones that people show to their group."""
	shown = who_show("time_zone", profiles)
	rows = frappe.get_all(PROFILE, {"name": ("in", list(shown) or [""])}, ["name", "time_zone"])
	return {row.name: row.time_zone for row in rows}


def _first_meetings(groups: Collection[str]) -> dict[str, frappe._dict]:
	"""The first meeting of each group that wasn't cancelled; its focus stays in the group."""
	found: dict[str, frappe._dict] = {}
	for row in frappe.get_all(
		"Mentoring Session",
		{"mentoring_group": ("in", list(groups) or [""]), "status": ("!=", "Cancelled")},
		["mentoring_group", "starts_on", "duration_minutes", "mode", "location", "link"],
		order_by="starts_on, name",
	):
		found.setdefault(row.mentoring_group, row)
	return found
