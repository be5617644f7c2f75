"""Pins and forbids of a cycle: what coordinators know and no criterion says. They hold for every run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.matching.candidates import Pool

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_constraint.mentoring_match_constraint import (
		MentoringMatchConstraint,
	)

CONSTRAINT = "Mentoring Match Constraint"


@dataclass(frozen=True)
class Constraints:
	"""Pairs of names (mentee, mentor), and of two mentees or peers, that must or may not be together."""

	pins: tuple[tuple[str, str], ...]
	forbidden: tuple[tuple[str, str], ...]
	together: tuple[tuple[str, str], ...]
	apart: tuple[tuple[str, str], ...]


def constraints_of(cycle: str, pool: Pool) -> Constraints:
	"""The cycle's pins and forbids among those who can be matched now."""
	mentees = {person.name for person in pool.mentees}
	mentors = {person.name for person in pool.mentors}
	rows = frappe.get_all(
		CONSTRAINT, {"cycle": cycle}, ["kind", "mentee", "mentor", "other_mentee"], order_by="creation, name"
	)

	def pairs(kind: str, other: str, names: set[str]) -> tuple[tuple[str, str], ...]:
		return tuple(
			(row.mentee, row[other])
			for row in rows
			if row.kind == kind and row.mentee in mentees and row[other] in names
		)

	return Constraints(
		pins=pairs("Pin", "mentor", mentors),
		forbidden=pairs("Forbid", "mentor", mentors),
		together=pairs("Pin", "other_mentee", mentees),
		apart=pairs("Forbid", "other_mentee", mentees),
	)


def forbidden_in(cycle: str) -> set[tuple[str, str]]:
	"""Pairs (mentee, mentor) and (mentee, other mentee) that the cycle forbids now, whoever is in the pool."""
	rows = frappe.get_all(
		CONSTRAINT, {"cycle": cycle, "kind": "Forbid"}, ["mentee", "mentor", "other_mentee"]
	)
	return {(row.mentee, row.mentor or row.other_mentee) for row in rows}


def forbidden_together(
	names: Mapping[str | None, str], forbidden: Collection[tuple[str, str]]
) -> list[Violation]:
	"""Which people of one group are forbidden together; `names` are what they are called."""
	message = N_("{one} and {other} are forbidden together.")
	return [
		Violation("forbidden", message, {"one": names[one], "other": names[other]})
		for one in names
		for other in names
		if (one, other) in forbidden
	]


def check(doc: MentoringMatchConstraint) -> None:
	"""A constraint names two different people of its cycle, and doesn't contradict another one."""
	if bool(doc.mentor) == bool(doc.other_mentee):
		frappe.throw(_("Choose either a mentor or another mentee."), exc=RuleViolation)
	if doc.other_mentee == doc.mentee:
		frappe.throw(_("Choose two different people."), exc=RuleViolation)
	for doctype, name in (("Mentee", doc.mentee), ("Mentor", doc.mentor), ("Mentee", doc.other_mentee)):
		if name and frappe.db.get_value(doctype, name, "cycle") != doc.cycle:
			frappe.throw(_("Both take part in {0}.").format(doc.cycle), exc=RuleViolation)
	same = frappe.get_all(
		CONSTRAINT,
		{
			"cycle": doc.cycle,
			"mentee": doc.mentee,
			"mentor": doc.mentor or ("is", "not set"),
			"other_mentee": doc.other_mentee or ("is", "not set"),
			"name": ("!=", doc.name or ""),
		},
		pluck="kind",
	)
	if same:
		frappe.throw(
			_("These two are {0} already; delete that entry first.").format(
				_("pinned") if same[0] == "Pin" else _("forbidden")
			),
			exc=RuleViolation,
		)


def set_pair(cycle: str, kind: str, mentee: str, mentor: str, reason: str = "") -> MentoringMatchConstraint:
	"""Pin or forbid a pair; whatever was said of this pair before no longer holds."""
	clear_pair(cycle, mentee, mentor)
	if kind == "Pin":
		# A mentee has one mentor, so another pin of theirs goes.
		for name in frappe.get_all(
			CONSTRAINT,
			{"cycle": cycle, "kind": "Pin", "mentee": mentee, "mentor": ("is", "set")},
			pluck="name",
		):
			frappe.delete_doc(CONSTRAINT, name)
	doc = frappe.new_doc(CONSTRAINT)
	doc.update({"cycle": cycle, "kind": kind, "mentee": mentee, "mentor": mentor, "reason": reason})
	return doc.insert()


def clear_pair(cycle: str, mentee: str, mentor: str) -> None:
	"""Take back what was said of this pair."""
	for name in frappe.get_all(
		CONSTRAINT, {"cycle": cycle, "mentee": mentee, "mentor": mentor}, pluck="name"
	):
		frappe.delete_doc(CONSTRAINT, name)
