"""Whether an application has what the matching of its program needs; asked where members apply for themselves.

Coordinators may enter people of whom they know less, and match them by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.application_fields import Role
from mentor_ispe.domain.matching.needs import Needs, needs_of
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.profiles import own_values


def needs(program: str) -> Needs:
	"""What this program compares, and so has to know of everybody; one query."""
	rows = frappe.get_all(
		"Mentoring Program Criterion",
		{"parent": program, "parenttype": "Mentoring Program"},
		["criterion", "weight", "is_hard"],
	)
	return needs_of(row.criterion for row in rows if row.weight or row.is_hard)


def require_complete(profile: str, cycle: str, answers: Mapping[Role, Mapping[str, Any]]) -> None:
	"""Refuse an application, with its answers by role, that lacks what matching compares; the words name it."""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	wanted = needs(program) if program else None
	if not wanted or not (wanted.profile or wanted.application):
		return
	lacking = [field.question for field in wanted.missing_of_profile(own_values(profile))]
	for role, values in answers.items():
		lacking += [field.question for field in wanted.missing_of_application(role, values)]
	if lacking:
		frappe.throw(
			_("Complete your application first. We need these answers to find your match: {0}.").format(
				", ".join(_(question) for question in dict.fromkeys(lacking))
			),
			exc=RuleViolation,
		)
