"""Who is in a group, and where each of them sits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import frappe

from mentor_ispe.domain.statuses import LIVE_SEATS


@dataclass(frozen=True)
class SeatIn:
	"""One person's seat: as "Mentor" or "Mentee", and its state."""

	profile: str
	role: str
	status: str

	@property
	def live(self) -> bool:
		return self.status in LIVE_SEATS


def seats_in(group: str) -> list[SeatIn]:
	"""Every seat of the group, the mentor's first, then the members' in their order; two queries."""
	table, mentor = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentor")
	mentors = (
		frappe.qb.from_(table)
		.join(mentor)
		.on(mentor.name == table.mentor)
		.select(mentor.profile, table.mentor_status)
		.where(table.name == group)
	).run()
	members = frappe.get_all(
		"Mentoring Group Member",
		{"parent": group, "parenttype": "Mentoring Group"},
		["profile", "status"],
		order_by="idx",
		as_list=True,
	)
	return [
		*(SeatIn(profile, "Mentor", status) for profile, status in mentors),
		*(SeatIn(profile, "Mentee", status) for profile, status in members),
	]


def people_of(group: str, statuses: Collection[str] | None = None) -> list[str]:
	"""Profiles in the group, the mentor first; only seats in `statuses` when these are given."""
	return list(
		dict.fromkeys(seat.profile for seat in seats_in(group) if statuses is None or seat.status in statuses)
	)


def seat_in(group: str, profile: str) -> SeatIn | None:
	"""The person's seat, a live one before one that was given up; None for a stranger."""
	seats = [seat for seat in seats_in(group) if seat.profile == profile]
	if seats and seats[0].role == "Mentor":
		return seats[0]
	return next((seat for seat in seats if seat.live), seats[-1] if seats else None)
