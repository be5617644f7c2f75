"""Open a group for a change, and find people's seats in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.exceptions import RuleViolation

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import (
		MentoringGroup,
		MentoringGroupMember,
	)


def open_group(name: str) -> MentoringGroup:
	"""The group as it is now, locked; what another request changed a moment ago is in it."""
	return frappe.get_doc("Mentoring Group", name, for_update=True)


def member_row(group: MentoringGroup, mentee: str) -> MentoringGroupMember:
	"""The row of `mentee` that is still open, or an error that says there is none."""
	for row in reversed(group.members):
		if row.mentee == mentee and (row.status in LIVE_SEATS or row.status == "Draft"):
			return row
	name = frappe.db.get_value("Mentee", mentee, "full_name") or mentee
	frappe.throw(_("{0} holds no seat in {1}.").format(name, group.title), exc=RuleViolation)


def seat_of(group: MentoringGroup, profile: str) -> tuple[str, MentoringGroupMember | None]:
	"""Where `profile` sits in the group: ("Mentor", None) or ("Mentee", row); an error when nowhere."""
	if group.mentor and frappe.db.get_value("Mentor", group.mentor, "profile") == profile:
		return "Mentor", None
	for row in reversed(group.members):
		if row.profile == profile and row.status in LIVE_SEATS:
			return "Mentee", row
	frappe.throw(_("You hold no seat in this group."), exc=RuleViolation)
