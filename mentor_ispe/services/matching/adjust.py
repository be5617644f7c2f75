"""Change a finished run by hand, one person at a time; the rules are asked at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.matching.candidates import Pool, pool_of
from mentor_ispe.services.matching.constraints import clear_pair, constraints_of, set_pair
from mentor_ispe.services.matching.recount import recount
from mentor_ispe.services.matching.rules import rules_of, take_from_program
from mentor_ispe.services.propose import propose
from mentor_ispe.services.refusals import in_words

if TYPE_CHECKING:
	from mentor_ispe.domain.matching.result import Pair
	from mentor_ispe.domain.violations import Violation
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

RUN, PROPOSAL = "Mentoring Match Run", "Mentoring Match Proposal"
_SAVEPOINT = "mentoring_try_pair"


def move(run: str, mentee: str, mentor: str | None) -> dict[str, Any]:
	"""Give `mentee` another mentor in a finished run of pairs, or none; returns the effect on the totals.

	Rules 1 to 4 are asked as they will be when the run is published. A hard criterion that the pair
	breaks is told as a warning: the coordinator decides.
	"""
	doc = _finished(run)
	row = _row(run, mentee)
	if row.mentor == mentor:
		return _effect(doc, doc.total_score, [])
	values: dict[str, Any] = {"by_hand": 1, "pinned": 0}
	warnings: list[str] = []
	if mentor:
		pool = pool_of(doc.cycle)
		_refuse_if_full(doc, pool, mentor)
		_try(doc.cycle, mentee, mentor)
		pair, warnings = _scored(doc, pool, mentee, mentor)
		values |= _values(pair, pool)
	else:
		values |= {
			"state": "Unmatched",
			"group_key": "",
			"mentor": None,
			"mentor_name": None,
			"score": 0,
			"parts": "{}",
			"reasons": "[]",
			"reason": _("Taken out by hand."),
		}
	before = doc.total_score
	frappe.db.set_value(PROPOSAL, row.name, values)
	recount(doc)
	return _effect(doc, before, warnings)


def pin(run: str, mentee: str, mentor: str) -> dict[str, Any]:
	"""Keep these two together in this and every later run of the cycle."""
	effect = move(run, mentee, mentor)
	doc = _finished(run)
	set_pair(doc.cycle, "Pin", mentee, mentor)
	frappe.db.set_value(PROPOSAL, _row(run, mentee).name, "pinned", 1)
	return effect


def unpin(run: str, mentee: str, mentor: str) -> dict[str, Any]:
	"""Let the next run of the cycle decide about these two again; in this one they stay together."""
	doc = _finished(run)
	clear_pair(doc.cycle, mentee, mentor)
	frappe.db.set_value(PROPOSAL, _row(run, mentee).name, "pinned", 0)
	return _effect(doc, doc.total_score, [])


def forbid(run: str, mentee: str, mentor: str, reason: str = "") -> dict[str, Any]:
	"""Never put these two together; if this run does, the mentee is free until it is run again."""
	doc = _finished(run)
	set_pair(doc.cycle, "Forbid", mentee, mentor, reason)
	if _row(run, mentee).mentor == mentor:
		return move(run, mentee, None)
	return _effect(doc, doc.total_score, [])


def choices(cycle: str, mentee: str, run: str | None = None, limit: int = 20) -> list[dict[str, Any]]:
	"""Mentors for one mentee, best first, with score, reasons and the hard rules a pair would break.

	With `run`, seats that the run gives away count as taken.
	"""
	from mentor_ispe.domain.matching.pairs import score_pairs

	doc = _finished(run) if run else _as_by_program(cycle)
	pool = pool_of(cycle)
	learner = _find(pool.mentees, mentee)
	given = _given(run) if run else {}
	mentors = [person for person in pool.mentors if person.seats > given.get(person.name, 0)]
	mentors = [person for person in mentors if person.name not in learner.refuses]
	mentors = [person for person in mentors if person.person != learner.person]
	forbidden = {other for name, other in constraints_of(cycle, pool).forbidden if name == mentee}
	found = []
	for mentor in mentors:
		(pair,), broken = score_pairs([(mentee, mentor.name)], [learner], [mentor], rules_of(doc))
		found.append(
			{
				"mentor": mentor.name,
				"mentor_name": mentor.title,
				"score": pair.score,
				"free_seats": mentor.seats - given.get(mentor.name, 0),
				"reasons": [in_words(reason) for reason in pair.reasons],
				"breaks": [_rule_in_words(violation) for violation in broken],
				"forbidden": mentor.name in forbidden,
			}
		)
	found.sort(key=lambda line: (bool(line["breaks"]) or line["forbidden"], -line["score"], line["mentor"]))
	return found[: cint(limit)]


def _finished(run: str) -> MentoringMatchRun:
	doc = frappe.get_doc(RUN, run, for_update=True)
	doc.check_permission("write")
	if doc.status != "Ready":
		frappe.throw(
			_("This run is {0}; only a finished one that isn't published can be changed.").format(
				_(doc.status)
			),
			exc=RuleViolation,
		)
	if doc.format != "One-on-One":
		frappe.throw(_("Groups are changed by pins and another run."), exc=RuleViolation)
	return doc


def _as_by_program(cycle: str) -> MentoringMatchRun:
	doc = frappe.new_doc(RUN)
	doc.cycle = cycle
	doc.program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	take_from_program(doc)
	return doc


def _row(run: str, mentee: str) -> frappe._dict:
	row = frappe.db.get_value(
		PROPOSAL, {"match_run": run, "mentee": mentee}, ["name", "mentor", "score", "state"], as_dict=True
	)
	if not row:
		frappe.throw(_("This run knows nothing of that mentee; run it again."), exc=RuleViolation)
	return row


def _find(people: tuple[Candidate, ...], name: str) -> Candidate:
	person = next((person for person in people if person.name == name), None)
	if person is None:
		frappe.throw(
			_(
				"This person can't be matched now: not approved, without a free seat, or not an active member."
			),
			exc=RuleViolation,
		)
	return person


def _given(run: str) -> dict[str, int]:
	"""How many seats of each mentor the run gives away."""
	given: dict[str, int] = {}
	for mentor in frappe.get_all(PROPOSAL, {"match_run": run, "state": "Proposed"}, pluck="mentor"):
		given[mentor] = given.get(mentor, 0) + 1
	return given


def _refuse_if_full(doc: MentoringMatchRun, pool: Pool, mentor: str) -> None:
	person = _find(pool.mentors, mentor)
	given = _given(doc.name).get(mentor, 0)
	if given >= person.seats:
		frappe.throw(
			_("{0} has {1} free seats and this run gives away all of them; take somebody out first.").format(
				person.title, person.seats
			),
			exc=RuleViolation,
		)


def _try(cycle: str, mentee: str, mentor: str) -> None:
	"""Ask every rule of a proposal by making it and taking it back."""
	frappe.db.savepoint(_SAVEPOINT)
	undone = False
	try:
		propose(cycle, [mentee], mentor)
	except frappe.QueryDeadlockError:
		undone = True  # by the database, and the savepoint with it; the endpoint goes again
		raise
	finally:
		if not undone:
			frappe.db.rollback(save_point=_SAVEPOINT)


def _scored(doc: MentoringMatchRun, pool: Pool, mentee: str, mentor: str) -> tuple[Pair, list[str]]:
	from mentor_ispe.domain.matching.pairs import score_pairs

	learner, teacher = _find(pool.mentees, mentee), _find(pool.mentors, mentor)
	(pair,), broken = score_pairs([(mentee, mentor)], [learner], [teacher], rules_of(doc))
	return pair, [_rule_in_words(violation) for violation in broken]


def _rule_in_words(violation: Violation) -> str:
	"""A hard criterion that a pair breaks; the engine's own words speak of a pin."""
	from mentor_ispe.domain.matching.scoring import NEVER

	rule = violation.params["rule"]
	if rule == NEVER:
		return _("One of them declined the other.")
	return _("They break a rule of this run: {0}.").format(_(rule))


def _values(pair: Pair, pool: Pool) -> dict[str, Any]:
	return {
		"state": "Proposed",
		"group_key": pair.mentee,
		"mentor": pair.mentor,
		"mentor_name": _find(pool.mentors, pair.mentor).title,
		"score": pair.score,
		"parts": json.dumps(dict(pair.parts)),
		"reasons": json.dumps([reason.as_dict() for reason in pair.reasons]),
		"reason": " ".join(in_words(reason) for reason in pair.reasons),
	}


def _effect(doc: MentoringMatchRun, before: float, warnings: list[str]) -> dict[str, Any]:
	return {
		"total_before": before,
		"total_after": doc.total_score,
		"difference": doc.total_score - before,
		"matched": doc.matched,
		"bound": doc.bound,
		"warnings": warnings,
	}
