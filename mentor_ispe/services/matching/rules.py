"""What a run must keep to: its program's criteria, as the engine's rules, and the pins and forbids of its cycle.

Pins and forbids are what coordinators know and no criterion says. They hold for every run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, flt

from mentor_ispe.domain.matching.answered import unanswered
from mentor_ispe.domain.matching.people import as_peer
from mentor_ispe.domain.matching.rules import (
	FULL_SCORE,
	MUST,
	NOT_ASKED,
	Asked,
	CircleRules,
	Criterion,
	GroupRules,
	Rules,
)
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.services.matching.candidates import Pool

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_constraint.mentoring_match_constraint import (
		MentoringMatchConstraint,
	)
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

# Whether somebody willing to moderate is a must, by whether the program needs a moderator.
WISH_OR_MUST = {False: "Wish", True: "Must"}
WISH_POINTS = 150
"""What missing a wish costs: a sixth of a perfect pair."""


def count_answers(doc: MentoringMatchRun, pool: Pool) -> None:
	"""Let only those parts of the score count that the people of this run gave anything for.

	What a finished run counted is in its summary, so that a change by hand is scored as the run was.
	"""
	doc.flags.uncounted = ()
	mentors = pool.mentees if doc.format == "Peer Circle" else pool.mentors
	peers = map(as_peer, mentors) if doc.format == "Peer Circle" else mentors
	doc.flags.uncounted = unanswered(rules_of(doc), pool.mentees, tuple(peers))


def _uncounted(doc: MentoringMatchRun) -> tuple[str, ...]:
	if doc.flags.uncounted is None:
		doc.flags.uncounted = tuple(frappe.parse_json(doc.summary or "{}").get("uncounted", ()))
	return doc.flags.uncounted


def rules_of(doc: MentoringMatchRun) -> Rules:
	"""The engine's rules for pairs; raises ValueError for criteria that contradict each other."""
	return Rules(
		criteria=tuple(Criterion(row.criterion, cint(row.weight), bool(row.is_hard)) for row in doc.criteria),
		employers_apart=bool(doc.employers_apart),
		time_window=flt(doc.time_zone_window),
		stage_steps=cint(doc.stage_steps),
		least_score=cint(doc.least_score) * FULL_SCORE // 100,
		uncounted=_uncounted(doc),
	)


def group_rules_of(doc: MentoringMatchRun) -> GroupRules:
	"""The engine's rules for groups; raises ValueError for sizes that contradict each other."""
	scoring = rules_of(doc)
	mixed = _asked(doc.mixed_stages)
	return GroupRules(
		scoring=scoring,
		size_min=cint(doc.group_size_min),
		size_max=cint(doc.group_size_max),
		senior=mixed,
		moderator=_asked(WISH_OR_MUST[bool(_program(doc).requires_moderator)]),
		junior=mixed,
		mid_level=mixed,
		employers=_must(scoring.is_hard("Employer")),
		countries=_asked(doc.two_countries),
		time_window=_must(scoring.is_hard("Time Zone")),
		language=_must(scoring.is_hard("Languages")),
	)


def circle_rules_of(doc: MentoringMatchRun) -> CircleRules:
	"""The engine's rules for circles; raises ValueError for sizes that contradict each other."""
	scoring = rules_of(doc)
	return CircleRules(
		scoring=scoring,
		size_min=cint(doc.group_size_min),
		size_max=cint(doc.group_size_max),
		host=_asked(WISH_OR_MUST[bool(_program(doc).requires_moderator)]),
		employers=_must(scoring.is_hard("Employer")),
		time_window=_must(scoring.is_hard("Time Zone")),
	)


def _program(doc: MentoringMatchRun):
	return frappe.get_cached_doc("Mentoring Program", doc.program)


def _must(hard: bool) -> Asked:
	return _asked("Must" if hard else "")


def _asked(strictness: str | None) -> Asked:
	return {"Must": MUST, "Wish": Asked(points=WISH_POINTS)}.get(strictness or "", NOT_ASKED)


# Pins and forbids ----------------------------------------------------------------------------------

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
	message = N_("{one} and {other} must not be matched.")
	return [
		Violation("forbidden", message, {"one": names[one], "other": names[other]})
		for one in names
		for other in names
		if (one, other) in forbidden
	]


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
