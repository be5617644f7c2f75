"""Answer a proposed seat: accept it, or decline it with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.groups.open_group import open_group, seat_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def accept(group: str, profile: str) -> MentoringGroup:
	"""Accept the seat that `profile` was proposed; accepting twice changes nothing."""
	return _answer(group, profile, "Accepted", "")


def decline(group: str, profile: str, reason: str) -> MentoringGroup:
	"""Decline the seat that `profile` was proposed. The pair is not proposed again in this cycle."""
	if not (reason or "").strip():
		frappe.throw(
			_("Say in a few words why you decline; it helps to find a better match."), exc=RuleViolation
		)
	return _answer(group, profile, "Declined", reason.strip())


def _answer(name: str, profile: str, status: str, reason: str) -> MentoringGroup:
	doc = open_group(name)
	row = seat_of(doc, profile)
	if status == "Accepted" and row.status in ("Accepted", "Active"):
		return doc
	row.update({"status": status, "reason": reason})
	# Whoever answers needs no right to write the group: the seat is theirs (checked above).
	return doc.save(ignore_permissions=True)
