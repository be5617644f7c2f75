"""What the page of a run shows: figures, proposals page by page, and two runs side by side."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import cint

from mentor_ispe.services.matching.run import PROPOSAL, RUN, progress_of

FIGURES = (
	"name",
	"cycle",
	"program",
	"format",
	"status",
	"message",
	"mentees_in",
	"mentors_in",
	"seats_in",
	"matched",
	"unmatched",
	"total_score",
	"bound",
	"gap",
	"proven",
	"seconds",
	"ended_on",
	"published_on",
	"announce_on",
)
ROW = (
	"name",
	"state",
	"group_key",
	"mentee",
	"mentee_name",
	"mentor",
	"mentor_name",
	"is_moderator",
	"pinned",
	"by_hand",
	"score",
	"parts",
	"reasons",
	"reason",
	"refusal",
	"mentoring_group",
)
PAGE = 50


def figures(run: str) -> dict[str, Any]:
	"""The run's figures and its summary (distribution, criteria, fairness, what would place more)."""
	row = frappe.db.get_value(RUN, run, [*FIGURES, "summary"], as_dict=True)
	summary = frappe.parse_json(row.pop("summary") or "{}")
	return {**row, "summary": summary, "progress": progress_of(run)}


def proposals(
	run: str, state: str | None = None, search: str = "", start: int = 0, page_length: int = PAGE
) -> dict[str, Any]:
	"""One page of the run's rows, groups together, the weakest scores first; and how many there are."""
	filters: dict[str, Any] = {"match_run": run}
	if state:
		filters["state"] = state
	wanted = None
	if search:
		like = ("like", f"%{search}%")
		wanted = {"mentee_name": like, "mentor_name": like}
	rows = frappe.get_all(
		PROPOSAL,
		filters,
		list(ROW),
		or_filters=wanted,
		order_by="state, score, group_key, mentee_name, name",
		start=cint(start),
		page_length=min(cint(page_length) or PAGE, 500),
	)
	for row in rows:
		row.parts = frappe.parse_json(row.parts or "{}")
		row.reasons = frappe.parse_json(row.reasons or "[]")
	total = len(frappe.get_all(PROPOSAL, filters, or_filters=wanted, pluck="name")) if wanted else None
	return {"rows": rows, "total": frappe.db.count(PROPOSAL, filters) if total is None else total}


def compare(run: str, other: str) -> dict[str, Any]:
	"""Two runs of one cycle side by side: figures of both, and who is with someone else.

	`changed` holds a line for each mentee whose mentor or group company differs.
	"""
	first, second = _with_whom(run), _with_whom(other)
	changed = []
	for mentee in sorted(set(first) | set(second)):
		one, two = first.get(mentee), second.get(mentee)
		if (one and one["with"]) != (two and two["with"]):
			changed.append(
				{
					"mentee": mentee,
					"mentee_name": (one or two)["name"],
					"run": one and {"with": one["words"], "score": one["score"]},
					"other": two and {"with": two["words"], "score": two["score"]},
				}
			)
	return {
		"run": figures(run),
		"other": figures(other),
		"same": len(set(first) | set(second)) - len(changed),
		"changed": changed,
	}


def _with_whom(run: str) -> dict[str, dict[str, Any]]:
	rows = frappe.get_all(
		PROPOSAL,
		{"match_run": run},
		["mentee", "mentee_name", "mentor", "mentor_name", "group_key", "score"],
		order_by="mentee_name",
	)
	company: dict[str, list[frappe._dict]] = {}
	for row in rows:
		if row.group_key:
			company.setdefault(row.group_key, []).append(row)
	found = {}
	for row in rows:
		others = [other for other in company.get(row.group_key, ()) if other.mentee != row.mentee]
		names = [row.mentor_name, *(other.mentee_name for other in others)]
		found[row.mentee] = {
			"name": row.mentee_name,
			"with": (row.mentor, frozenset(other.mentee for other in others)) if row.group_key else None,
			"words": ", ".join(name for name in names if name),
			"score": row.score,
		}
	return found
