"""Where a person sits in a group."""

from __future__ import annotations

from dataclasses import dataclass

import frappe

from mentor_ispe.domain.statuses import LIVE_SEATS


@dataclass(frozen=True)
class SeatIn:
	"""As "Mentor" or "Mentee", and the state of the seat."""

	role: str
	status: str

	@property
	def live(self) -> bool:
		return self.status in LIVE_SEATS


def seat_in(group: str, profile: str) -> SeatIn | None:
	"""The person's seat, a live one before one that was given up; None for a stranger."""
	mentor, status = frappe.db.get_value("Mentoring Group", group, ["mentor", "mentor_status"]) or (
		None,
		None,
	)
	if mentor and frappe.db.get_value("Mentor", mentor, "profile") == profile:
		return SeatIn("Mentor", status)
	rows = frappe.get_all(
		"Mentoring Group Member",
		{"parent": group, "parenttype": "Mentoring Group", "profile": profile},
		pluck="status",
		order_by="idx",
	)
	seats = [SeatIn("Mentee", row) for row in rows]
	return next((seat for seat in seats if seat.live), seats[-1] if seats else None)
