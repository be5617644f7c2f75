"""The figures of a run after somebody changed it by hand: counts, scores, and what the page draws of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, cstr, flt

from mentor_ispe.domain.matching.fairness import shares
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.result import Pair, PairsResult

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

PROPOSAL = "Mentoring Match Proposal"


def recount(doc: MentoringMatchRun, penalties: Mapping[str, int]) -> None:
	"""Bring the figures of a run up to its rows; `penalties` are those of the groups that changed."""
	rows = _rows(doc.name)
	seats = tuple(
		Pair(row.mentee, row.mentor or "", cint(row.score), frappe.parse_json(row.parts or "{}"), ())
		for row in rows
		if row.state == "Proposed"
	)
	summary = frappe.parse_json(doc.summary or "{}")
	costs = {key: cost for key, cost in {**summary.get("penalties", {}), **penalties}.items() if cost}
	fit = sum(seat.score for seat in seats)
	total = fit - sum(costs.values())
	bound, most = flt(doc.bound), cint(summary.get("most_matched"))
	is_best = len(seats) >= most > 0 and total >= bound  # what the engine proved holds for any match
	now = PairsResult(
		pairs=seats,
		unmatched=(),
		mentees=len(rows),
		seats=cint(doc.seats_in),
		score=total,
		bound=bound,
		most_matched=most,
		proven=is_best,
		fairness=shares([_candidate(row) for row in rows], seats),
		full_points=summary.get("full_points", {}),
	).summary()
	for part in ("matched", "score", "gap", "proven", "distribution", "contributions", "fairness"):
		summary[part] = now[part]
	summary["penalties"] = costs
	doc.db_set(
		{
			"matched": len(seats),
			"unmatched": len(rows) - len(seats),
			"total_score": total,
			"gap": 100 * max(0, bound - total) / max(1, abs(fit)) if bound else 0,
			"proven": cint(is_best),
			"summary": json.dumps(summary),
		}
	)


def _rows(run: str) -> list[frappe._dict]:
	row, mentee, person = (
		frappe.qb.DocType(PROPOSAL),
		frappe.qb.DocType("Mentee"),
		frappe.qb.DocType("Mentoring Profile"),
	)
	return (
		frappe.qb.from_(row)
		.join(mentee)
		.on(mentee.name == row.mentee)
		.join(person)
		.on(person.name == mentee.profile)
		.select(row.mentee, row.mentor, row.state, row.score, row.parts)
		.select(person.country, person.career_stage, person.chapter)
		.where(row.match_run == run)
	).run(as_dict=True)


def _candidate(row: frappe._dict) -> Candidate:
	return Candidate(
		row.mentee,
		country=cstr(row.country),
		career_stage=cstr(row.career_stage),
		chapter=cstr(row.chapter),
	)
