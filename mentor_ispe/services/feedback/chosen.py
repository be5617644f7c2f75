"""One person's feedback in one group: what is asked and what was given, with the day of each meeting."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.permissions.own_session import is_own_session
from mentor_ispe.services.feedback import give


def of_group(profile: str, group: str, cycle: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""(owed, given) in a group, and about the program in its cycle; each with `held_on` of its meeting.

	What was given is left out unless the person themselves is signed in.
	"""

	def here(row: dict) -> bool:
		return row["mentoring_group"] == group or (not row["mentoring_group"] and row["cycle"] == cycle)

	owed = [row for row in give.my_requests(profile) if here(row)]
	given = [row for row in give.my_feedback(profile) if here(row)] if is_own_session() else []
	sessions = sorted({row["session"] for row in (*owed, *given) if row["session"]})
	held = dict(
		frappe.get_all(
			"Mentoring Session", {"name": ("in", sessions or [""])}, ["name", "starts_on"], as_list=True
		)
	)
	return tuple([{**row, "held_on": held.get(row["session"])} for row in rows] for rows in (owed, given))


def about_programs(profile: str) -> list[dict[str, Any]]:
	"""What the person is asked about a program as a whole, of whatever group."""
	return [row for row in give.my_requests(profile) if not row["mentoring_group"]]
