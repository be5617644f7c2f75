"""Load what the credit rules look at, for many groups in a constant number of queries.

A partnership goes over all groups of the same two that extend one another; each of its groups answers for
the whole of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

import frappe
from frappe.utils import cint, getdate

from mentor_ispe.domain.months import Rhythm
from mentor_ispe.domain.partnership import Partner, Partnership, StatedGoal
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.sessions.attendance import MeetingRecord
from mentor_ispe.mentor_ispe.doctype.mentoring_profile.employers import employments_of
from mentor_ispe.readings.meetings import meetings_of
from mentor_ispe.readings.seats import seats_by_group

GROUP = "Mentoring Group"
GROUP_FIELDS = (
	"name",
	"title",
	"cycle",
	"program",
	"format",
	"status",
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

	`pairs` has one partnership for each mentor, in the order in which they began: a mentor who was replaced has
	their own days in it, and so has the successor. Empty while it hasn't started.
	"""

	groups: tuple[frappe._dict, ...]
	program: frappe._dict
	profiles: dict[str, frappe._dict]
	meetings: tuple[MeetingRecord, ...]
	pairs: tuple[Partnership, ...]

	@property
	def pair(self) -> Partnership | None:
		"""The partnership as it is now, or was last."""
		return self.pairs[-1] if self.pairs else None

	@property
	def present_pairs(self) -> tuple[Partnership, ...]:
		"""The partnership of each mentor who is in it now, or was to its end."""
		ends = [pair.ended for pair in self.pairs]
		last = None if None in ends else max(ends, default=None)
		return tuple(pair for pair in self.pairs if pair.ended == last)

	def pair_of(self, profile: str | None) -> Partnership | None:
		"""The partnership of this mentor; for everybody else the present one."""
		own = [pair for pair in self.pairs if profile in pair.mentors]
		return own[-1] if own else self.pair

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
	seats = seats_by_group(wanted)
	people = {seat.profile for found in seats.values() for seat in found}
	profiles = _by_name("Mentoring Profile", people, ("name", "full_name", "employer", "time_zone"))
	employers = employments_of({name: row.employer for name, row in profiles.items()})
	meetings = meetings_of(wanted)
	goals = _goals(rows.values(), people)
	made = {}
	for name, chain in chains.items():
		took_part = [
			seat for row in chain for seat in seats[row.name] if seat.joined_on or seat.status not in NEVER_IN
		]
		partners = [
			Partner(profile, profiles[profile].full_name, role, employers[profile])
			for profile, role in _who(took_part)
			if profile in profiles
		]
		program = programs[chain[-1].program]
		met = tuple(meeting for row in chain for meeting in meetings[row.name])
		whole = _partnership(chain, rows.get(chain[-1].extended_to), program, cycles, partners, met, goals)
		made[name] = Relationship(
			tuple(chain),
			program,
			{partner.profile: profiles[partner.profile] for partner in partners},
			met,
			tuple(_by_mentor(whole, took_part)) if whole else (),
		)
	return made


def _by_mentor(whole: Partnership, took_part: list[Seat]) -> list[Partnership]:
	"""The partnership of each mentor with the others, for the days on which they mentored."""
	mentors = [partner for partner in whole.partners if partner.role == "Mentor"]
	if not mentors:
		return [whole]
	others = [partner for partner in whole.partners if partner.role != "Mentor"]
	pairs = []
	for mentor in mentors:
		own = [seat for seat in took_part if seat.is_mentor and seat.profile == mentor.profile]
		start = min((seat.joined_on or whole.start for seat in own), default=whole.start)
		left = (
			None
			if any(not seat.gone for seat in own)
			else max((seat.left_on for seat in own if seat.left_on), default=None)
		)
		ended = min(day for day in (left, whole.ended) if day) if left or whole.ended else None
		# What a mentee set out to do with the next mentor says nothing of this one.
		goals = tuple(goal for goal in whole.goals if not (left and goal.set_on and goal.set_on > left))
		pairs.append(
			replace(
				whole,
				partners=(mentor, *others),
				start=max(start, whole.start),
				ended=ended,
				goals=goals,
			)
		)
	return sorted(pairs, key=lambda pair: pair.start)


def _partnership(
	chain: list[frappe._dict],
	following: frappe._dict | None,
	program: frappe._dict,
	cycles: dict[str, frappe._dict],
	partners: list[Partner],
	meetings: tuple[MeetingRecord, ...],
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


def _who(took_part: Iterable[Seat]) -> list[tuple[str, str]]:
	"""(profile, role) of everyone who took part, the mentors first; peers count as mentees."""
	everyone = [(seat.profile, "Mentor" if seat.is_mentor else "Mentee") for seat in took_part]
	return sorted(dict.fromkeys(everyone), key=lambda one: one[1] != "Mentor")


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
		fields=["profile", "cycle", "mentoring_group", "status", "reviewed_on", "creation"],
	)
	goals: dict[tuple[str, str], list[StatedGoal]] = {}
	for row in found:
		goal = StatedGoal(row.status == "Open", _day(row.reviewed_on), _day(row.creation))
		for group in [row.mentoring_group] if row.mentoring_group else of_cycle[row.cycle]:
			goals.setdefault((group, row.profile), []).append(goal)
	return goals


def _day(value: date | str | None) -> date | None:
	return getdate(value) if value else None
