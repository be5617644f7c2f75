"""A group as one of its people sees it: what it is, who is in it, and what they may do there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import frappe
from frappe.utils import cstr, now_datetime

from mentor_ispe.domain.concerns import SAT_IN_THE_GROUP
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.permissions import gate

GROUP, MEMBER, PROFILE = "Mentoring Group", "Mentoring Group Member", "Mentoring Profile"
HEAD = ("name", "title", "status", "format", "cycle", "program", "mentor", "mentor_name", "mentor_status")
MORE = ("start_date", "end_date", "announce_on", "end_kind", "end_reason", "charter_agreed_on", "extends")
OF_PROGRAM = ("credit_scheme", "guest_speakers_per_year", "may_extend", "requires_moderator", "contact_email")
IN_GROUP = ("Accepted", "Active", "Suspended", "Completed")


@dataclass(frozen=True)
class Person:
	"""Somebody in the group; `role` is one of Mentor, Moderator, Mentee, Peer."""

	profile: str
	full_name: str
	role: str
	seat: str
	agreed_on: date | None = None


@dataclass(frozen=True)
class View:
	"""The group, the reader's own place in it, and everybody's; `program` is what the program says of it."""

	group: frappe._dict
	program: frappe._dict
	me: Person
	people: list[Person] = field(default_factory=list)

	@property
	def name(self) -> str:
		return self.group.name

	@property
	def running(self) -> bool:
		return self.group.status == "Active"

	@property
	def reads(self) -> bool:
		"""Whether the reader sees what the group plans and says."""
		return self.me.seat in gate.READ

	@property
	def waits(self) -> bool:
		"""Whether the reader has accepted, and the group starts later."""
		return self.me.seat == "Accepted"

	@property
	def writes(self) -> bool:
		return self.running and self.me.seat in gate.WRITE

	@property
	def sat(self) -> bool:
		"""Whether the reader is or was in the group, so that concerns, hours and feedback are theirs."""
		return self.me.seat in SAT_IN_THE_GROUP

	@property
	def pair(self) -> bool:
		return self.group.format == "One-on-One"

	@property
	def in_charge(self) -> bool:
		"""Whether the reader may ask for a guest speaker and hand the moderator's role over."""
		return self.me.role in ("Mentor", "Moderator") or (
			self.group.format == "Peer Circle" and self.moderator is None
		)

	@property
	def moderator(self) -> Person | None:
		return next((one for one in self.people if one.role == "Moderator" and one.seat == "Active"), None)

	@property
	def active(self) -> list[Person]:
		return [one for one in self.people if one.seat == "Active"]


def look(group: str, profile: str) -> View | None:
	"""The group for this person; None when it doesn't exist, isn't announced, or isn't theirs. Three queries."""
	of, program, mentor = (frappe.qb.DocType(name) for name in (GROUP, "Mentoring Program", "Mentor"))
	rows = (
		frappe.qb.from_(of)
		.join(program)
		.on(program.name == of.program)
		.left_join(mentor)
		.on(mentor.name == of.mentor)
		.select(
			*(of[name] for name in (*HEAD, *MORE)),
			*(program[name] for name in OF_PROGRAM),
			of.mentor_charter_agreed_on,
			mentor.profile.as_("mentor_profile"),
		)
		.where(of.name == group)
	).run(as_dict=True)
	if (
		not rows
		or rows[0].status == "Draft"
		or (rows[0].announce_on and rows[0].announce_on > now_datetime())
	):
		return None
	row = rows[0]
	everyone = _people(row)
	own = [one for one in everyone if one.profile == profile]
	me = next((one for one in own if one.seat in LIVE_SEATS), own[-1] if own else None)
	if me is None or me.seat in ("Draft", "Declined", "Expired"):
		return None
	wanted = IN_GROUP if row.status in ("Proposed", "Active", "Completed") else (*IN_GROUP, "Ended")
	return View(
		row,
		frappe._dict({name: row[name] for name in OF_PROGRAM}),
		me,
		[one for one in everyone if one.seat in wanted],
	)


def _people(row: frappe._dict) -> list[Person]:
	found = []
	if row.mentor_profile:
		found.append(
			Person(
				row.mentor_profile,
				cstr(row.mentor_name),
				"Mentor",
				row.mentor_status,
				row.mentor_charter_agreed_on,
			)
		)
	member = "Peer" if row.format == "Peer Circle" else "Mentee"
	for one in frappe.get_all(
		MEMBER,
		{"parent": row.name, "parenttype": GROUP},
		["profile", "full_name", "status", "is_moderator", "charter_agreed_on"],
		order_by="idx",
	):
		role = "Moderator" if one.is_moderator else member
		found.append(Person(one.profile, cstr(one.full_name), role, one.status, one.charter_agreed_on))
	return found


def mentoring_of(profile: str) -> list[dict[str, Any]]:
	"""One's parts as a mentor that go on, with the seats offered, taken and left; one query."""
	rows = frappe.get_all(
		"Mentor",
		{"profile": profile, "status": ("in", ("Approved", "Active"))},
		["name", "cycle", "program", "seats_offered", "seats_taken", "pauses_next", "next_seats"],
		order_by="cycle",
	)
	return [{**row, "seats_left": max(0, row.seats_offered - row.seats_taken)} for row in rows]


def next_meetings(groups: list[str], profile: str, now: datetime) -> dict[str, dict[str, Any]]:
	"""The next planned meeting of each group whose meetings the person reads, as name and start; one query."""
	of, row = frappe.qb.DocType(GROUP), frappe.qb.DocType(MEMBER)
	session, mentor = frappe.qb.DocType("Mentoring Session"), frappe.qb.DocType("Mentor")
	as_member = (
		frappe.qb.from_(row).select(row.parent).where((row.profile == profile) & row.status.isin(gate.READ))
	)
	as_mentor = (
		frappe.qb.from_(of)
		.join(mentor)
		.on(mentor.name == of.mentor)
		.select(of.name)
		.where((mentor.profile == profile) & of.mentor_status.isin(gate.READ))
	)
	rows = (
		frappe.qb.from_(session)
		.select(session.name, session.mentoring_group, session.starts_on)
		.where((session.status == "Planned") & (session.starts_on > now))
		.where(session.mentoring_group.isin(groups or [""]))
		.where(session.mentoring_group.isin(as_member) | session.mentoring_group.isin(as_mentor))
		.orderby(session.starts_on, order=frappe.qb.desc)
	).run(as_dict=True)
	return {found.mentoring_group: found for found in rows}


def names_in(groups: Collection[str]) -> dict[str, list[tuple[str, str]]]:
	"""Who is or was to the end in each group, as (profile, name), the mentor first; two queries."""
	group, mentor = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentor")
	row = frappe.qb.DocType("Mentoring Group Member")
	names, live = sorted(set(groups)) or [""], sorted({*LIVE_SEATS, "Completed"})
	found: dict[str, list[tuple[str, str]]] = {}
	for name, *person in (
		*(
			frappe.qb.from_(group)
			.join(mentor)
			.on(mentor.name == group.mentor)
			.select(group.name, mentor.profile, mentor.full_name)
			.where(group.name.isin(names) & group.mentor_status.isin(live))
		).run(),
		*(
			frappe.qb.from_(row)
			.select(row.parent, row.profile, row.full_name)
			.where(row.parent.isin(names) & (row.parenttype == "Mentoring Group") & row.status.isin(live))
			.orderby(row.idx)
		).run(),
	):
		found.setdefault(name, []).append(tuple(person))
	return found
