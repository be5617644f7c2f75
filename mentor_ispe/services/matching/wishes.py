"""What members say about whom they would like: ranked wishes, and asking a mentor directly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.domain.matching.people import MAX_WISHES
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import eligibility
from mentor_ispe.services.applications.participant_step import record_name
from mentor_ispe.services.groups.answer import accept
from mentor_ispe.services.groups.propose import propose

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

# Whose wishes: (field of the row, the other side, the program's switch).
WISHES = {
	"Mentee": ("mentor", "Mentor", "mentees_rank"),
	"Mentor": ("mentee", "Mentee", "mentors_rank"),
}


def check_wishes(doc: Mentor | Mentee) -> None:
	"""Wishes are few, different, and about people of the same cycle; called when a record is saved."""
	field, other, _switch = WISHES[doc.doctype]
	names = [row.get(field) for row in doc.wishes]
	if len(names) > MAX_WISHES:
		frappe.throw(
			_("At most {0} wishes count; take the others off.").format(MAX_WISHES), exc=RuleViolation
		)
	if len(set(names)) < len(names):
		frappe.throw(_("Every wish names another person."), exc=RuleViolation)
	if names:
		there = frappe.get_all(other, {"name": ("in", names), "cycle": doc.cycle}, pluck="name")
		if set(names) - set(there):
			frappe.throw(_("Wishes name people who take part in {0}.").format(doc.cycle), exc=RuleViolation)


def rank(profile: str, cycle: str, side: str, names: Sequence[str]) -> Mentor | Mentee:
	"""Keep the wishes of `profile`, most wanted first, where the program lets this side rank."""
	field, _other, switch = WISHES[side]
	program = _refuse_unless(cycle, switch, _("In this program members don't rank each other."))
	eligibility.require(profile, program)
	doc = frappe.get_doc(side, record_name(side, profile, cycle), for_update=True)
	doc.set("wishes", [{field: name} for name in names])
	return doc.save(ignore_permissions=True)


def ask(profile: str, mentor: str) -> MentoringGroup:
	"""Ask a mentor directly: a proposal that the mentee has accepted and the mentor answers."""
	cycle = frappe.db.get_value("Mentor", mentor, "cycle")
	if not cycle:
		frappe.throw(_("There is no such mentor."), exc=RuleViolation)
	_refuse_unless(cycle, "mentees_ask", _("In this program the association proposes the matches."))
	mentee = record_name("Mentee", profile, cycle)
	if not frappe.db.exists("Mentee", mentee):
		frappe.throw(_("Apply to {0} as mentee first.").format(cycle), exc=RuleViolation)
	group = propose(cycle, [mentee], mentor, as_member=True)
	return accept(group.name, profile)


def _refuse_unless(cycle: str, switch: str, words: str) -> str:
	"""Return the program of the cycle, which has the switch on."""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	if not program or not frappe.db.get_value("Mentoring Program", program, switch):
		frappe.throw(words, exc=RuleViolation)
	return program
