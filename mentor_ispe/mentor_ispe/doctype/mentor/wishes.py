"""Ranked wishes of mentors and mentees, checked when a record of either is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.domain.matching.people import MAX_WISHES
from mentor_ispe.exceptions import RuleViolation

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

# Of whose wishes: (field of the row, the other side).
WISHES = {"Mentee": ("mentor", "Mentor"), "Mentor": ("mentee", "Mentee")}


def check_wishes(doc: Mentor | Mentee) -> None:
	"""Wishes are few, different, and about people of the same cycle."""
	field, other = WISHES[doc.doctype]
	names = [row.get(field) for row in doc.wishes]
	if len(names) > MAX_WISHES:
		frappe.throw(
			_("You can choose at most {0} people. Remove the others.").format(MAX_WISHES), exc=RuleViolation
		)
	if len(set(names)) < len(names):
		frappe.throw(
			_("You chose the same person twice, or yourself. Choose different people."), exc=RuleViolation
		)
	if names:
		there = frappe.get_all(other, {"name": ("in", names), "cycle": doc.cycle}, pluck="name")
		if set(names) - set(there):
			frappe.throw(_("Choose people who are in {0}.").format(doc.cycle), exc=RuleViolation)
