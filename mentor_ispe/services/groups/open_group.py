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


def row_of(group: MentoringGroup, participant: str) -> MentoringGroupMember:
	"""The row of this Mentor or Mentee that is still open, or an error that says there is none."""
	for row in reversed(group.seats):
		if row.participant == participant and (row.status in LIVE_SEATS or row.status == "Draft"):
			return row
	doctype = next(
		(doctype for doctype in ("Mentee", "Mentor") if frappe.db.exists(doctype, participant)), None
	)
	name = (doctype and frappe.db.get_value(doctype, participant, "full_name")) or participant
	frappe.throw(_("{0} holds no seat in {1}.").format(name, group.title), exc=RuleViolation)


def seat_of(group: MentoringGroup, profile: str) -> MentoringGroupMember:
	"""The row in which `profile` sits in the group, an error when nowhere."""
	for row in reversed(group.seats):
		if row.profile == profile and row.status in LIVE_SEATS:
			return row
	frappe.throw(_("You hold no seat in this group."), exc=RuleViolation)
