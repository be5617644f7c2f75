"""Who can be matched in a cycle now: approved people without a seat, mentors with free seats.

What stands already is left alone: whoever holds a seat is not among the mentees, and a mentor comes
with the seats that are still free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, time

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import cint, cstr, getdate

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.spelling import Spellings
from mentor_ispe.domain.time_zones import hours_ahead
from mentor_ispe.domain.violations import Violation
from mentor_ispe.membership import commitment

# What criteria compare as the profile has it; the others are worked out below.
TEXTS = {kind.field: kind.profile_field for kind in KINDS.values() if kind.is_text}
PROFILE_FIELDS = ("name", "full_name", "time_zone", *TEXTS.values())


@dataclass(frozen=True)
class Pool:
	"""The two sides of a run, and who was left out with the rules they break (by Mentor or Mentee name)."""

	mentees: tuple[Candidate, ...]
	mentors: tuple[Candidate, ...]
	left_out: dict[str, list[Violation]]


def pool_of(cycle: str, with_full: bool = False) -> Pool:
	"""Read everyone who can be matched in `cycle`; a constant number of queries.

	`with_full`: mentors without a free seat as well.
	"""
	program, start = frappe.db.get_value("Mentoring Cycle", cycle, ["program", "start_date"])
	mentees = _rows("Mentee", cycle, ("willing_to_moderate", "declined_mentors", "mentoring_group"))
	mentees = [row for row in mentees if not row.mentoring_group and row.status == "Approved"]
	mentors = _rows("Mentor", cycle, ("seats_offered", "seats_taken"))
	mentors = [row for row in mentors if with_full or row.seats_taken < row.seats_offered]
	profiles = _profiles({row.profile for row in (*mentees, *mentors)})
	refused = commitment.refusals(list(profiles), program) if profiles else {}
	languages = _languages(profiles)
	general = _children("Mentoring Topic Item", "topic", "Mentoring Profile", "topics", profiles)
	waited = _unmatched_before(program, cycle, [row.profile for row in mentees])
	own = {side: [row.name for row in rows] for side, rows in (("Mentee", mentees), ("Mentor", mentors))}
	wants = _children("Mentoring Topic Item", "topic", "Mentee", "topics", own["Mentee"])
	knows = _children("Mentoring Topic Item", "topic", "Mentor", "topics", own["Mentor"])
	offers = _children("Mentoring Topic Item", "topic", "Mentor", "eager_topics", own["Mentor"])
	mentor_wishes = _children("Mentoring Mentor Wish", "mentor", "Mentee", "wishes", own["Mentee"])
	mentee_wishes = _children("Mentoring Mentee Wish", "mentee", "Mentor", "wishes", own["Mentor"])
	offset = _offsets(getdate(start))
	left_out: dict[str, list[Violation]] = {}
	employers = Spellings()  # the engine compares them as written

	def common(row: frappe._dict) -> dict:
		profile = profiles[row.profile]
		return {
			**{field: cstr(profile[of_profile]) for field, of_profile in TEXTS.items()},
			"name": row.name,
			"person": row.profile,
			"full_name": cstr(profile.full_name),
			"utc_offset": offset(profile.time_zone),
			"languages": languages[row.profile],
			"employer": employers.one(cstr(profile.employer).strip()),
		}

	def may(row: frappe._dict) -> bool:
		broken = refused.get(row.profile, ())
		if broken:
			left_out[row.name] = list(broken)
		return not broken

	return Pool(
		mentees=tuple(
			Candidate(
				**common(row),
				wants=wants[row.name] or general[row.profile],
				wishes=mentor_wishes[row.name],
				refuses=tuple(frappe.parse_json(row.declined_mentors) or ()),
				waited=waited.get(row.profile, 0),
				willing_to_moderate=bool(row.willing_to_moderate),
			)
			for row in mentees
			if may(row)
		),
		mentors=tuple(
			Candidate(
				**common(row),
				offers=offers[row.name],
				knows=knows[row.name] or general[row.profile],
				wishes=mentee_wishes[row.name],
				seats=max(0, row.seats_offered - row.seats_taken),
			)
			for row in mentors
			if may(row)
		),
		left_out=left_out,
	)


def _rows(doctype: str, cycle: str, fields: tuple[str, ...]) -> list[frappe._dict]:
	return frappe.get_all(
		doctype,
		{"cycle": cycle, "status": ("in", ("Approved", "Active"))},
		["name", "profile", "status", *fields],
		order_by="name",
	)


def _profiles(names: Collection[str]) -> dict[str, frappe._dict]:
	if not names:
		return {}
	rows = frappe.get_all("Mentoring Profile", {"name": ("in", sorted(names))}, list(PROFILE_FIELDS))
	return {row.name: row for row in rows}


def _children(
	table: str, field: str, parenttype: str, parentfield: str, parents: Collection[str]
) -> defaultdict[str, tuple[str, ...]]:
	"""The values of `field` in the rows of each parent, in their order."""
	found: defaultdict[str, list[str]] = defaultdict(list)
	if parents:
		rows = frappe.get_all(
			table,
			{"parenttype": parenttype, "parentfield": parentfield, "parent": ("in", list(parents))},
			["parent", field],
			order_by="parent, idx",
		)
		for row in rows:
			found[row.parent].append(row[field])
	return defaultdict(tuple, {parent: tuple(dict.fromkeys(values)) for parent, values in found.items()})


def _languages(profiles: Collection[str]) -> defaultdict[str, tuple[str, ...]]:
	"""The languages of each profile by their names, since the names stand in the reasons of a match."""
	spoken = _children("Mentoring Profile Language", "language", "Mentoring Profile", "languages", profiles)
	codes = {code for values in spoken.values() for code in values}
	rows = (
		frappe.get_all("Language", {"name": ("in", sorted(codes))}, ["name", "language_name"])
		if codes
		else ()
	)
	named = {row.name: row.language_name or row.name for row in rows}
	return defaultdict(
		tuple,
		{profile: tuple(named.get(code, code) for code in values) for profile, values in spoken.items()},
	)


def _unmatched_before(program: str, cycle: str, profiles: list[str]) -> dict[str, int]:
	"""How many earlier cycles of the program left each person approved but without a match."""
	if not profiles:
		return {}
	mentee, earlier = frappe.qb.DocType("Mentee"), frappe.qb.DocType("Mentoring Cycle")
	rows = (
		frappe.qb.from_(mentee)
		.join(earlier)
		.on(earlier.name == mentee.cycle)
		.select(mentee.profile, Count("*"))
		.where((earlier.program == program) & (earlier.name != cycle) & (earlier.status == "Completed"))
		.where((mentee.status == "Approved") & mentee.profile.isin(profiles))
		.groupby(mentee.profile)
		.run()
	)
	return {profile: cint(count) for profile, count in rows}


def _offsets(day) -> Callable[[str | None], float | None]:
	"""Hours ahead of UTC at noon of `day`, by the name of the time zone; None when it isn't known."""
	noon, known = datetime.combine(day, time(12)), {}

	def offset(zone: str | None) -> float | None:
		if zone not in known:
			known[zone] = hours_ahead(zone, noon)
		return known[zone]

	return offset
