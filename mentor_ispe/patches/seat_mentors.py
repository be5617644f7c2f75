"""A mentor's seat was eight columns of the group; now it is a row as everybody's is."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.query_builder import DocType
from pypika.terms import Case

GROUP, SEAT = "Mentoring Group", "Mentoring Group Member"
LEFT = ("Declined", "Expired", "Withdrawn", "Ended", "Completed")
NEVER_IN = ("Draft", "Proposed", "Accepted", "Declined", "Expired")


def execute() -> None:
	"""Give each group a row for its mentor, and its other rows their role; the same again when it runs twice."""
	frappe.reload_doctype(SEAT)
	frappe.reload_doctype(GROUP)
	if frappe.db.has_column(SEAT, "mentee"):
		_complete_rows()
	if frappe.db.has_column(GROUP, "mentor_status"):
		_seat_mentors()


def _complete_rows() -> None:
	row, group = DocType(SEAT), DocType(GROUP)
	circles = frappe.qb.from_(group).select(group.name).where(group.format == "Peer Circle")
	of_groups = row.parenttype == GROUP
	frappe.qb.update(row).set(row.parentfield, "seats").where(
		of_groups & (row.parentfield == "members")
	).run()
	unnamed = of_groups & (row.participant.isnull() | (row.participant == ""))
	frappe.qb.update(row).set(row.participant, row.mentee).set(row.participant_type, "Mentee").set(
		row.role, Case().when(row.parent.isin(circles), "Peer").else_("Mentee")
	).where(unnamed & row.mentee.notnull()).run()


def _seat_mentors() -> None:
	group, mentor, row = DocType(GROUP), DocType("Mentor"), DocType(SEAT)
	seated = frappe.qb.from_(row).select(row.parent).where((row.parenttype == GROUP) & (row.role == "Mentor"))
	found = (
		frappe.qb.from_(group)
		.join(mentor)
		.on(mentor.name == group.mentor)
		.select(group.star, mentor.profile, mentor.full_name)
		.where(group.name.notin(seated))
	).run(as_dict=True)
	for each in found:
		_make_room(each.name)
		seat = frappe.get_doc({"doctype": SEAT, "name": frappe.generate_hash(length=10), **_seat(each)})
		seat.db_insert()


def _make_room(group: str) -> None:
	"""The mentor's row comes first."""
	row = DocType(SEAT)
	of_group = (row.parenttype == GROUP) & (row.parent == group)
	frappe.qb.update(row).set(row.idx, row.idx + 1).where(of_group).run()


def _seat(group: frappe._dict) -> dict[str, Any]:
	was_in = group.start_date and group.mentor_status not in NEVER_IN
	return {
		"parent": group.name,
		"parenttype": GROUP,
		"parentfield": "seats",
		"idx": 1,
		"owner": group.owner,
		"creation": group.creation,
		"modified": group.modified,
		"modified_by": group.modified_by,
		"role": "Mentor",
		"participant_type": "Mentor",
		"participant": group.mentor,
		"profile": group.profile,
		"full_name": group.full_name,
		"status": group.mentor_status or "Draft",
		"reason": group.mentor_reason,
		"suspended_from": group.mentor_suspended_from,
		"proposed_on": group.proposed_on,
		"responded_on": group.mentor_responded_on,
		"joined_on": group.start_date if was_in else None,
		"left_on": group.end_date if group.mentor_status in LEFT else None,
		"charter_agreed_on": group.mentor_charter_agreed_on,
		"extends": group.mentor_extends,
	}
