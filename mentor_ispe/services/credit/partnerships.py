"""Load what the credit rules look at, for many groups in a constant number of queries.

A partnership goes over all groups of the same two that extend one another; each of its groups answers for
the whole of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import cint, getdate

from mentor_ispe.domain.meetings import Meeting
from mentor_ispe.domain.months import Rhythm
from mentor_ispe.domain.partnership import Partner, Partnership, StatedGoal
from mentor_ispe.services.members.employers import employments_of
from mentor_ispe.services.sessions.meetings_held import meetings_of

GROUP = "Mentoring Group"
GROUP_FIELDS = (
	"name",
	"title",
	"cycle",
	"program",
	"format",
	"status",
	"mentor",
	"start_date",
	"end_date",
	"extends",
	"extended_to",
)
PROGRAM_FIELDS = ("name", "format", "credit_scheme", "meet_every", "meet_every_unit", "may_extend")
# Seats whose holder never took part.
NEVER_IN = ("Draft", "Proposed", "Accepted", "Declined", "Expired")
# Groups that have been made to go on in, and haven't started yet.
STILL_TO_START = ("Draft", "Proposed")
MOST_CYCLES = 20


@dataclass(frozen=True)
class Relationship:
	"""The groups that make up a partnership, first to last, its program, and what the rules look at.

	`pair` is None while it hasn't started.
	"""

	groups: tuple[frappe._dict, ...]
	program: frappe._dict
	profiles: dict[str, frappe._dict]
	meetings: tuple[Meeting, ...]
	pair: Partnership | None

	@property
	def last(self) -> frappe._dict:
		return self.groups[-1]


def relationships(names: Collection[str]) -> dict[str, Relationship]:
	"""The relationship that each of these groups belongs to; groups that don't exist are left out."""
	rows = _with_extensions(names)
	chains = {name: _chain(name, rows) for name in names if name in rows}
	wanted = {row.name: row for chain in chains.values() for row in chain}
	programs = _by_name("Mentoring Program", {row.program for row in wanted.values()}, PROGRAM_FIELDS)
	cycles = _by_name("Mentoring Cycle", {row.cycle for row in rows.values()}, ("name", "end_date"))
	seats = _seats(wanted)
	mentors = _by_name("Mentor", {row.mentor for row in wanted.values()}, ("name", "profile"))
	people = {row.profile for row in mentors.values()} | {
		seat.profile for rows_of in seats.values() for seat in rows_of
	}
	profiles = _by_name("Mentoring Profile", people, ("name", "full_name", "employer", "time_zone"))
	employers = employments_of({name: row.employer for name, row in profiles.items()})
	meetings = meetings_of(wanted)
	goals = _goals(rows.values(), people)
	made = {}
	for name, chain in chains.items():
		partners = [
			Partner(profile, profiles[profile].full_name, role, employers[profile])
			for profile, role in _who(chain, mentors, seats)
			if profile in profiles
		]
		program = programs[chain[-1].program]
		met = tuple(meeting for row in chain for meeting in meetings[row.name])
		made[name] = Relationship(
			tuple(chain),
			program,
			{partner.profile: profiles[partner.profile] for partner in partners},
			met,
			_pair(chain, rows.get(chain[-1].extended_to), program, cycles, partners, met, goals),
		)
	return made


def _pair(
	chain: list[frappe._dict],
	following: frappe._dict | None,
	program: frappe._dict,
	cycles: dict[str, frappe._dict],
	partners: list[Partner],
	meetings: tuple[Meeting, ...],
	goals: dict[tuple[str, str], list[StatedGoal]],
) -> Partnership | None:
	if not chain[0].start_date:
		return None
	last = chain[-1]
	goes_on = bool(following and following.status in STILL_TO_START)
	planned_end = getdate(cycles[following.cycle if goes_on else last.cycle].end_date)
	ended = getdate(last.end_date) if last.end_date and not goes_on else None
	mentees = [partner.profile for partner in partners if partner.role == "Mentee"]
	return Partnership(
		format=program.format,
		partners=tuple(partners),
		start=getdate(chain[0].start_date),
		ended=ended,
		planned_end=planned_end,
		may_go_on=bool(program.may_extend),
		rhythm=Rhythm(max(1, cint(program.meet_every)), program.meet_every_unit or "Month"),
		meetings=meetings,
		goals=tuple(
			goal
			for group in (last.name, following.name if goes_on else None)
			for mentee in mentees
			for goal in goals.get((group, mentee), ())
		),
	)


def _with_extensions(names: Collection[str]) -> dict[str, frappe._dict]:
	"""These groups and all that they extend or are extended by: a query for each cycle they go over."""
	rows: dict[str, frappe._dict] = {}
	ahead = {name for name in names if name}
	for _cycle in range(MOST_CYCLES):
		if not ahead:
			break
		found = frappe.get_all(GROUP, filters={"name": ("in", list(ahead))}, fields=list(GROUP_FIELDS))
		rows.update({row.name: row for row in found})
		linked = {name for row in found for name in (row.extends, row.extended_to) if name}
		ahead = linked - set(rows)
	return rows


def _chain(name: str, rows: dict[str, frappe._dict]) -> list[frappe._dict]:
	"""The started groups from the first to the last; the group itself alone when none has started."""
	before, row = [], rows[name]
	while (row := rows.get(row.extends)) and row not in before and row.name != name:
		before.append(row)
	after, row = [], rows[name]
	while (row := rows.get(row.extended_to)) and row not in after and row.name != name:
		after.append(row)
	chain = [*reversed(before), rows[name], *after]
	return [row for row in chain if row.start_date] or [rows[name]]


def _by_name(doctype: str, names: Iterable[str | None], fields: tuple[str, ...]) -> dict[str, frappe._dict]:
	wanted = sorted({name for name in names if name})
	if not wanted:
		return {}
	found = frappe.get_all(doctype, filters={"name": ("in", wanted)}, fields=list(fields))
	return {row.name: row for row in found}


def _seats(groups: Collection[str]) -> dict[str, list[frappe._dict]]:
	if not groups:
		return {}
	rows = frappe.get_all(
		"Mentoring Group Member",
		filters={"parent": ("in", list(groups)), "parenttype": GROUP},
		fields=["parent", "profile", "status", "joined_on"],
		order_by="parent, idx",
	)
	by_group: dict[str, list[frappe._dict]] = {}
	for row in rows:
		by_group.setdefault(row.parent, []).append(row)
	return by_group


def _who(
	chain: list[frappe._dict], mentors: dict[str, frappe._dict], seats: dict[str, list[frappe._dict]]
) -> list[tuple[str, str]]:
	"""(profile, role) of everyone who took part, the mentor first."""
	found: dict[tuple[str, str], None] = {}
	for row in chain:
		if row.mentor in mentors:
			found[mentors[row.mentor].profile, "Mentor"] = None
	for row in chain:
		for seat in seats.get(row.name, ()):
			if seat.joined_on or seat.status not in NEVER_IN:
				found[seat.profile, "Mentee"] = None
	return list(found)


def _goals(
	groups: Iterable[frappe._dict], people: Collection[str]
) -> dict[tuple[str, str], list[StatedGoal]]:
	"""Goals by (group, person): those set for the group, and those for its cycle without a group."""
	rows = list(groups)
	if not rows or not people:
		return {}
	cycles = sorted({row.cycle for row in rows})
	of_cycle: dict[str, list[str]] = {}
	for row in rows:
		of_cycle.setdefault(row.cycle, []).append(row.name)
	found = frappe.get_all(
		"Mentoring Goal",
		filters={
			"cycle": ("in", cycles),
			"profile": ("in", list(people)),
			"role": "Mentee",
			"carried_to": ("is", "not set"),
		},
		fields=["profile", "cycle", "mentoring_group", "status", "reviewed_on"],
	)
	goals: dict[tuple[str, str], list[StatedGoal]] = {}
	for row in found:
		goal = StatedGoal(row.status == "Open", _day(row.reviewed_on))
		for group in [row.mentoring_group] if row.mentoring_group else of_cycle[row.cycle]:
			goals.setdefault((group, row.profile), []).append(goal)
	return goals


def _day(value: date | str | None) -> date | None:
	return getdate(value) if value else None
