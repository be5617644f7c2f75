"""A group as one of its people sees it: what it is, who is in it, and what they may do there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import frappe
from frappe.utils import now_datetime

from mentor_ispe.domain.concerns import SAT_IN_THE_GROUP
from mentor_ispe.domain.conversations import Standing, people_who_write, standing
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.permissions import gate
from mentor_ispe.readings.seats import GROUP, SEAT, held_first, query_of_seats, seats, seats_by_group

HEAD = ("name", "title", "status", "format", "cycle", "program", "mentor_name")
MORE = (
	*("start_date", "end_date", "announce_on", "charter_agreed_on", "extends"),
	*("end_kind", "end_reason", "reason_is_private"),
)
OF_PROGRAM = (
	"credit_scheme",
	"guest_speakers_per_year",
	"may_extend",
	"requires_moderator",
	"contact_email",
	"meeting_links",
)
IN_GROUP = ("Accepted", "Active", "Suspended", "Completed")


@dataclass(frozen=True)
class View:
	"""The group, the reader's own place in it, and everybody's; `program` is what the program says of it."""

	group: frappe._dict
	program: frappe._dict
	me: Seat
	people: list[Seat] = field(default_factory=list)
	standing: Standing = field(default_factory=Standing)
	"""What the reader may do in the group's conversation."""
	writers: list[str] = field(default_factory=list)
	"""The profiles of those who write in it now."""

	@property
	def name(self) -> str:
		return self.group.name

	@property
	def running(self) -> bool:
		return self.group.status == "Active"

	@property
	def reads(self) -> bool:
		"""Whether the reader sees what the group plans and says."""
		return self.me.status in gate.READ

	@property
	def waits(self) -> bool:
		"""Whether the reader has accepted, and the group starts later."""
		return self.me.status == "Accepted"

	@property
	def writes(self) -> bool:
		return self.running and self.me.status in gate.WRITE

	@property
	def talks(self) -> bool:
		"""Whether the reader sees the group's conversation."""
		return self.standing.reads

	@property
	def sat(self) -> bool:
		"""Whether the reader is or was in the group, so that concerns, hours and feedback are theirs.

		The sections of a group's pages ask for it by name (`portal/group_page.py`).
		"""
		return self.me.status in SAT_IN_THE_GROUP

	@property
	def pair(self) -> bool:
		return self.group.format == "One-on-One"

	@property
	def in_charge(self) -> bool:
		"""Whether the reader may ask for a guest speaker and hand the moderator's role over."""
		return self.me.part in ("Mentor", "Moderator") or (
			self.group.format == "Peer Circle" and self.moderator is None
		)

	@property
	def moderator(self) -> Seat | None:
		return next((one for one in self.active if one.is_moderator), None)

	@property
	def active(self) -> list[Seat]:
		return [one for one in self.people if one.status == "Active"]

	@property
	def mentors(self) -> list[Seat]:
		"""Those who mentor the group now."""
		return [one for one in self.people if one.is_mentor and one.live]


def look(group: str, profile: str) -> View | None:
	"""The group for this person; None when it doesn't exist, isn't announced, or isn't theirs. Two queries."""
	of, program = frappe.qb.DocType(GROUP), frappe.qb.DocType("Mentoring Program")
	rows = (
		frappe.qb.from_(of)
		.join(program)
		.on(program.name == of.program)
		.select(*(of[name] for name in (*HEAD, *MORE)), *(program[name] for name in OF_PROGRAM))
		.where(of.name == group)
	).run(as_dict=True)
	if (
		not rows
		or rows[0].status == "Draft"
		or (rows[0].announce_on and rows[0].announce_on > now_datetime())
	):
		return None
	row = rows[0]
	everyone = seats([group])
	me = held_first(one for one in everyone if one.profile == profile)
	if me is None or me.status in ("Draft", "Declined", "Expired"):
		return None
	wanted = IN_GROUP if row.status in ("Proposed", "Active", "Completed") else (*IN_GROUP, "Ended")
	return View(
		row,
		frappe._dict({name: row[name] for name in OF_PROGRAM}),
		me,
		[one for one in everyone if one.status in wanted],
		standing(row.status, me, everyone),
		people_who_write(row.status, everyone),
	)


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
	row, session = frappe.qb.DocType(SEAT), frappe.qb.DocType("Mentoring Session")
	theirs = query_of_seats(row, profiles=[profile], statuses=gate.READ).select(row.parent)
	rows = (
		frappe.qb.from_(session)
		.select(session.name, session.mentoring_group, session.starts_on)
		.where((session.status == "Planned") & (session.starts_on > now))
		.where(session.mentoring_group.isin(groups or [""]))
		.where(session.mentoring_group.isin(theirs))
		.orderby(session.starts_on, order=frappe.qb.desc)
	).run(as_dict=True)
	return {found.mentoring_group: found for found in rows}


def names_in(groups: Collection[str]) -> dict[str, list[tuple[str, str]]]:
	"""Who is or was to the end in each group, as (profile, name), the mentors first; one query."""
	found = seats_by_group(sorted(set(groups)), statuses={*LIVE_SEATS, "Completed"})
	return {
		name: [(one.profile, one.full_name) for one in people] for name, people in found.items() if people
	}
