"""The meetings of groups with who was there, read for many groups at once."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe.utils import cint, get_datetime

from mentor_ispe.domain.sessions.attendance import MeetingRecord, minutes_attended


def meetings_of(groups: Collection[str]) -> dict[str, list[MeetingRecord]]:
	"""Held and planned meetings by group, in the order of their time; two queries."""
	found: dict[str, list[MeetingRecord]] = {group: [] for group in groups}
	if not found:
		return found
	sessions = frappe.get_all(
		"Mentoring Session",
		filters={"mentoring_group": ("in", list(found)), "status": ("in", ("Held", "Planned"))},
		fields=["name", "mentoring_group", "status", "starts_on", "duration_minutes", "mode"],
		order_by="starts_on, name",
	)
	held = {row.name: cint(row.duration_minutes) for row in sessions if row.status == "Held"}
	attended = _attended(held)
	for row in sessions:
		found[row.mentoring_group].append(
			MeetingRecord(
				session=row.name,
				starts=get_datetime(row.starts_on),
				minutes=cint(row.duration_minutes),
				in_person=row.mode == "In Person",
				held=row.status == "Held",
				attended=attended.get(row.name, {}),
			)
		)
	return found


def _attended(durations: dict[str, int]) -> dict[str, dict[str, int]]:
	"""{session: {profile: minutes}} of those who were there."""
	people: dict[str, dict[str, int]] = {}
	if not durations:
		return people
	rows = frappe.get_all(
		"Mentoring Session Attendance",
		filters={"parent": ("in", list(durations)), "parenttype": "Mentoring Session"},
		fields=["parent", "profile", "attended", "minutes"],
		order_by="parent, idx",
	)
	for row in rows:
		minutes = minutes_attended(bool(row.attended), cint(row.minutes), durations[row.parent])
		if minutes is not None:
			people.setdefault(row.parent, {})[row.profile] = minutes
	return people


def group_of(session: str) -> str | None:
	"""The group of a meeting; None when there is no such meeting, which the gate refuses as it does another's."""
	return frappe.db.get_value("Mentoring Session", session, "mentoring_group")
