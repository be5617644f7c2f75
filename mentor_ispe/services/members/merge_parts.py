"""The applications of two people who are to be one: read, locked, and brought together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe.utils import cint, cstr

from mentor_ispe.concurrency import locks
from mentor_ispe.concurrency.retries import raise_retry
from mentor_ispe.domain.merging import Both, Held, Part, pairs
from mentor_ispe.domain.participants import record_name
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS, PLACED
from mentor_ispe.services.members.merge_journal import Journal

GROUP, SEAT, CYCLE, PROFILE = (
	"Mentoring Group",
	"Mentoring Group Member",
	"Mentoring Cycle",
	"Mentoring Profile",
)
FIELDS = {MENTOR: locks.MENTOR_FIELDS, MENTEE: locks.MENTEE_FIELDS}
WISHES = {MENTOR: ("Mentoring Mentor Wish", "mentor"), MENTEE: ("Mentoring Mentee Wish", "mentee")}


def parts_of(profile: str) -> list[Part]:
	"""Every application of this person with its seats; a handful of queries."""
	rows = [
		(role, row)
		for role, fields in FIELDS.items()
		for row in frappe.get_all(role, {"profile": profile}, list(fields), order_by="name")
	]
	held = _seats([row.name for _role, row in rows])
	return [
		Part(
			name=row.name,
			role=role,
			cycle=row.cycle,
			status=row.status,
			seats_offered=cint(row.get("seats_offered")),
			seats=tuple(held.get(row.name, ())),
			apart=_apart(role, row),
		)
		for role, row in rows
	]


def lock_and_check(profiles: Sequence[str]) -> None:
	"""Lock the people, their applications, groups and cycles, in the order of concurrency/.

	Everything that was read before is up to date then; otherwise the whole transaction is done again.
	"""
	for profile in sorted(profiles):
		before = frappe.db.get_value(PROFILE, profile, "modified")
		# None by now: somebody else has merged it.
		if frappe.db.get_value(PROFILE, profile, "modified", for_update=True) != before:
			raise_retry("A profile that is merged changed meanwhile")
	seen = {
		role: {row.name: row for row in frappe.get_all(role, {"profile": ("in", profiles)}, list(fields))}
		for role, fields in FIELDS.items()
	}
	cycles = {row.cycle for rows in seen.values() for row in rows.values()}
	names = {
		role: {*rows, *(record_name(role, profile, cycle) for profile in profiles for cycle in cycles)}
		for role, rows in seen.items()
	}
	locked = locks.lock_people(names[MENTOR], names[MENTEE])
	for role, rows in ((MENTOR, locked.mentors), (MENTEE, locked.mentees)):
		if rows != seen[role]:
			raise_retry("An application of two people who are merged changed meanwhile")
	parts = [name for rows in seen.values() for name in rows]
	groups = frappe.get_all(SEAT, {"participant": ("in", parts or [""])}, pluck="parent", distinct=True)
	for group in sorted(set(groups)):
		before = frappe.db.get_value(GROUP, group, "modified")
		if frappe.db.get_value(GROUP, group, "modified", for_update=True) != before:
			raise_retry("A group of two people who are merged changed meanwhile")
	for cycle in sorted(cycles):
		frappe.db.get_value(CYCLE, cycle, "name", for_update=True)


def may_be_both(parts: Iterable[Part]) -> dict[str, bool]:
	"""Of each cycle: whether its program lets somebody be mentor and mentee at once."""
	cycles = sorted({part.cycle for part in parts})
	programs = dict(
		frappe.get_all(CYCLE, {"name": ("in", cycles or [""])}, ["name", "program"], as_list=True)
	)
	return {
		cycle: bool(frappe.get_cached_value("Mentoring Program", program, "may_be_both"))
		for cycle, program in programs.items()
	}


def bring_together(journal: Journal, kept: str, mine: Sequence[Part], theirs: Sequence[Part]) -> None:
	"""Give the applications of `theirs` to the profile `kept`; of two to one side of a cycle one stays."""
	twice = {both.stays.key: both for both in pairs(mine, theirs)}
	for part in theirs:
		both = twice.get(part.key)
		stays = both.stays if both else part
		if both:
			_unite(journal, both)
		name = record_name(stays.role, kept, stays.cycle)
		if stays.name != name:
			journal.rename(stays.role, stays.name, name)
		_drop_double_wishes(journal, stays.role, name)


def _unite(journal: Journal, both: Both) -> None:
	role = both.stays.role
	stays, goes = (frappe.get_doc(role, part.name) for part in (both.stays, both.goes))
	values: dict[str, Any] = {
		field: max(cint(stays.get(field)), cint(goes.get(field)))
		for field in ("training_completed", "moderator_training_completed")
		if stays.meta.has_field(field)
	}
	if role == MENTOR:
		values["seats_offered"] = both.seats_offered
	else:
		values["declined_mentors"] = json.dumps(sorted(both.stays.apart | both.goes.apart))
	journal.repoint(role, goes.name, stays.name)
	journal.remove(role, goes.name)
	journal.set_values(role, stays.name, values)


def _drop_double_wishes(journal: Journal, role: str, name: str) -> None:
	table, field = WISHES[role]
	seen = set()
	for row in frappe.get_all(table, {field: name}, ["name", "parent"], order_by="parent, idx"):
		if row.parent in seen:
			journal.remove(table, row.name)
		seen.add(row.parent)


def recount(journal: Journal, profiles: Iterable[str]) -> None:
	"""Write again what is counted from seats: seats taken, the group somebody sits in, places of cycles."""
	cycles = set()
	for profile in profiles:
		for part in parts_of(profile):
			cycles.add(part.cycle)
			values: dict[str, Any] = {"status": _status(part)}
			if part.role == MENTOR:
				taken = sum(seat.takes for seat in part.live)
				values |= {"seats_taken": taken, "seats_offered": max(part.seats_offered, taken)}
			else:
				values["mentoring_group"] = part.live[0].group if part.live else None
			journal.set_values(part.role, part.name, values)
	for cycle in sorted(cycles):
		placed = frappe.db.count(MENTEE, {"cycle": cycle, "status": ("in", list(PLACED))})
		journal.set_values(CYCLE, cycle, {"places_taken": placed})


def _status(part: Part) -> str:
	"""As a step of a group would have left it."""
	now = {seat.status for seat in part.seats}
	if "Active" in now:
		return "Active"
	if part.status == "Active" and not part.live:
		return "Completed" if "Completed" in now else "Approved"
	return part.status


def _seats(parts: Sequence[str]) -> dict[str, list[Held]]:
	row, group = frappe.qb.DocType(SEAT), frappe.qb.DocType(GROUP)
	mine = frappe.qb.from_(row).select(row.parent).where(row.participant.isin(list(parts) or [""]))
	rows = (
		frappe.qb.from_(row)
		.join(group)
		.on((group.name == row.parent) & (row.parenttype == GROUP))
		.select(row.parent, row.participant, row.participant_type, row.status, group.title)
		.where(row.parent.isin(mine))
		.orderby(row.parent)
		.orderby(row.idx)
	).run(as_dict=True)
	groups: dict[str, list[frappe._dict]] = {}
	for each in rows:
		groups.setdefault(each.parent, []).append(each)
	held: dict[str, list[Held]] = {}
	for each in rows:
		if each.participant in parts:
			held.setdefault(each.participant, []).append(_held(each, groups[each.parent]))
	return held


def _held(seat: frappe._dict, group: list[frappe._dict]) -> Held:
	as_mentor = seat.participant_type == MENTOR
	partners = [
		other.participant
		for other in group
		if other.status in LIVE_SEATS and (other.participant_type == MENTOR) != as_mentor
	]
	takes = len(partners) if as_mentor and seat.status in LIVE_SEATS else 0
	return Held(seat.parent, cstr(seat.title), seat.status, as_mentor, takes, frozenset(partners))


def _apart(role: str, row: frappe._dict) -> frozenset[str]:
	if role == MENTEE:
		return frozenset(frappe.parse_json(row.declined_mentors) or ())
	others = frappe.get_all(
		MENTEE, {"cycle": row.cycle, "declined_mentors": ("like", f"%{row.name}%")}, pluck="name"
	)
	return frozenset(others)
