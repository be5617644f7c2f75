"""What the page of a run shows: figures, proposals page by page, and two runs side by side."""

from __future__ import annotations

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Avg, Count, Max, Min, Sum
from frappe.utils import cint

from mentor_ispe.domain.matching.explain import SENTENCES
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import violation_message
from mentor_ispe.services.matching.job_liveness import is_abandoned, progress_of
from mentor_ispe.services.matching.layout import PROPOSAL, RUN, co_mentors_of, names_of_mentors
from mentor_ispe.services.matching.publish import announcement_of

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
	"co_mentors",
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
_RANK = {message: rank for rank, message in enumerate(SENTENCES)}


def figures(run: str) -> dict[str, Any]:
	"""The run's figures, its summary, and what it says in words in the reader's language.

	`counts` holds rows, groups and changes by hand for each state; `announcement` is when members would
	be told if it were published now, None for at once. `average` is the mean score of those who are matched,
	of 1,000 that are possible; `lowest` and `highest` are theirs too. `abandoned`: it says that it is under way, and no
	job is. `added_by_hand`: the second mentors, whom the next run wouldn't know. A constant number of queries.
	"""
	row = frappe.db.get_value(RUN, run, [*FIGURES, "summary", "modified"], as_dict=True)
	if row is None:
		raise frappe.DoesNotExistError(_("{0} {1} not found").format(_(RUN), run))
	summary = frappe.parse_json(row.pop("summary") or "{}")
	counts = _counts(run)
	scores = {state: line.pop("scores") for state, line in counts.items()}
	points = sum(total for total, _lowest, _highest in scores.values())
	placed = sum(line["people"] for state, line in counts.items() if state != "Unmatched")
	scores.pop("Unmatched", None)
	abandoned = is_abandoned(run, row.status, row.pop("modified"))
	cycle = frappe.db.get_value("Mentoring Cycle", row.cycle, ["status", "program"], as_dict=True)
	program = frappe.get_cached_doc("Mentoring Program", cycle.program)
	return {
		**row,
		"cycle_status": cycle.status,
		"answer_days": program.answer_days,
		"mentors_max": max(1, cint(program.mentors_max)),
		"announcement": announcement_of(row.cycle),
		"summary": summary,
		"abandoned": abandoned,
		"progress": progress_of(run),
		"counts": counts,
		"average": points / max(1, placed),
		"lowest": min((lowest for _total, lowest, _highest in scores.values()), default=0),
		"highest": max((highest for _total, _lowest, highest in scores.values()), default=0),
		"added_by_hand": _added_by_hand(run),
		"left_out": _left_out(summary.get("left_out", {})),
		"why_nobody": "" if placed or not counts else _most_frequent_reason(run),
		"suggestions": _suggestions(run, summary.get("suggestions", [])),
		"warnings": _sentences(summary.get("warnings", [])),
	}


def _most_frequent_reason(run: str) -> str:
	"""Why most of those without a match have none, in words."""
	rows = frappe.get_all(PROPOSAL, {"match_run": run, "state": "Unmatched"}, pluck="reasons")
	said = Counter(_in_words(reason)["text"] for kept in rows for reason in frappe.parse_json(kept or "[]"))
	return said.most_common(1)[0][0] if said else ""


def _added_by_hand(run: str) -> list[dict[str, str]]:
	rows = frappe.get_all(
		PROPOSAL,
		{"match_run": run, "co_mentors": ("!=", "")},
		["mentor_name", "co_mentors"],
		order_by="mentor_name, name",
	)
	names = names_of_mentors(name for row in rows for name in co_mentors_of(row))
	added = {(names[name], row.mentor_name): None for row in rows for name in co_mentors_of(row)}
	return [{"mentor_name": name, "beside": beside} for name, beside in added]


def proposals(
	run: str, state: str | None = None, search: str = "", start: int = 0, page_length: int = PAGE
) -> dict[str, Any]:
	"""One page of the run's rows, the weakest scores first; and how many there are.

	Where a run forms groups, a page of those who are in one holds whole groups, the weakest first;
	`start`, `page_length` and `total` then count groups.
	"""
	filters: dict[str, Any] = {"match_run": run}
	if state:
		filters["state"] = state
	wanted = None
	if search:
		like = ("like", f"%{search}%")
		wanted = {"mentee_name": like, "mentor_name": like}
	start, length = cint(start), min(cint(page_length) or PAGE, 500)
	grouped = state and state != "Unmatched" and frappe.db.get_value(RUN, run, "format") != "One-on-One"
	if grouped:
		keys = _weakest_groups(filters, wanted)
		filters["group_key"] = ("in", keys[start : start + length] or [""])
		rows, total = _rows(filters), len(keys)
		place = {key: number for number, key in enumerate(keys)}
		rows.sort(key=lambda row: place[row.group_key])
	else:
		rows = _rows(filters, or_filters=wanted, start=start, page_length=length)
		total = len(frappe.get_all(PROPOSAL, filters, or_filters=wanted, pluck="name"))
	for row in rows:
		row.parts = frappe.parse_json(row.parts or "{}")
		row.reasons = [_in_words(reason) for reason in frappe.parse_json(row.reasons or "[]")]
	beside = names_of_mentors(name for row in rows for name in co_mentors_of(row))
	for row in rows:
		row.co_mentors = [{"mentor": name, "mentor_name": beside[name]} for name in co_mentors_of(row)]
	return {"rows": rows, "total": total, "grouped": bool(grouped)}


def _rows(filters: dict[str, Any], **options: Any) -> list[frappe._dict]:
	order = "state, score, group_key, mentee_name, name"
	return frappe.get_all(PROPOSAL, filters, list(ROW), order_by=order, **options)


def _weakest_groups(filters: dict[str, Any], wanted: dict | None) -> list[str]:
	"""Keys of the groups that hold a row asked for, those with the lowest mean score first."""
	row = frappe.qb.DocType(PROPOSAL)
	keys = (
		frappe.qb.from_(row)
		.select(row.group_key)
		.where((row.match_run == filters["match_run"]) & (row.state == filters["state"]))
		.groupby(row.group_key)
		.orderby(Avg(row.score), row.group_key)
		.run(pluck=True)
	)
	if wanted:
		found = set(frappe.get_all(PROPOSAL, filters, or_filters=wanted, pluck="group_key"))
		keys = [key for key in keys if key in found]
	return keys


def _counts(run: str) -> dict[str, dict[str, Any]]:
	"""Rows, groups, changes by hand, and `scores` (sum, lowest, highest) of each state."""
	row = frappe.qb.DocType(PROPOSAL)
	found = (
		frappe.qb.from_(row)
		.select(row.state, Count("*"), Count(row.group_key).distinct(), Sum(row.by_hand))
		.select(Sum(row.score), Min(row.score), Max(row.score))
		.where(row.match_run == run)
		.groupby(row.state)
		.run()
	)
	return {
		state: {
			"people": cint(people),
			"groups": cint(groups),
			"by_hand": cint(by_hand),
			"scores": tuple(map(cint, scores)),
		}
		for state, people, groups, by_hand, *scores in found
	}


def _left_out(reasons: dict[str, list[dict[str, Any]]]) -> list[dict[str, str]]:
	"""Who couldn't be matched at all, by name: which record, and why."""
	found = []
	for doctype in ("Mentor", "Mentee"):
		names = {"name": ("in", list(reasons) or [""])}
		for row in frappe.get_all(doctype, names, ["name", "full_name"], order_by="full_name, name"):
			reason = " ".join(_sentences(reasons[row.name]))
			found.append({"doctype": doctype, "name": row.name, "full_name": row.full_name, "reason": reason})
	return found


def _suggestions(run: str, suggestions: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""What would place more, in words, with the people it would place: the few that help most.

	`todo` is the verb it needs; of each the best is among them, whatever the others place.
	"""
	suggestions = _few(suggestions)
	names = {name for suggestion in suggestions for name in suggestion["mentees"]}
	rows = frappe.get_all(
		PROPOSAL, {"match_run": run, "mentee": ("in", sorted(names) or [""])}, ["mentee", "mentee_name"]
	)
	called = {row.mentee: row.mentee_name for row in rows}
	return [
		{
			**_in_words(suggestion),
			"todo": _todo(suggestion),
			"places": suggestion["places"],
			"people": [called.get(name, name) for name in suggestion["mentees"]],
		}
		for suggestion in suggestions
	]


MOST_SUGGESTIONS = 5
_TODO = {"new": "invite", "ask": "ask", "more": "ask", "seats": "ask"}


def _todo(suggestion: dict[str, Any]) -> str:
	"""Whom it takes: people to invite, people to ask, or another rule."""
	return _TODO.get(suggestion["code"].split("_")[0], "settings")


def _few(suggestions: list[dict[str, Any]]) -> list[dict[str, Any]]:
	best = sorted(suggestions, key=lambda one: -one["places"])
	# Whom to ask for the sake of the same people is said once, the way that comes first.
	asked = {tuple(sorted(one["mentees"])): one for one in reversed(best) if _todo(one) == "ask"}
	best = [one for one in best if _todo(one) != "ask" or one in asked.values()]
	first = {_todo(one): one for one in reversed(best)}.values()
	chosen = [*first, *(one for one in best if one not in first)][:MOST_SUGGESTIONS]
	return sorted(chosen, key=lambda one: -one["places"])


def _in_words(reason: dict[str, Any]) -> dict[str, Any]:
	"""A kept reason in the reader's language: its sentence, `short` for a list ("" for what goes without
	saying there), its `rank` among those that tell most, and whether it is said of the whole group."""
	params = {**reason["params"]}
	if rule := params.get("rule"):
		params["rule"] = _(rule)
	text = violation_message(Reason(reason["code"], reason["message"], params))
	code, sentence, short = reason["code"], SENTENCES.get(reason["message"]), text
	if sentence:
		short = sentence.short and violation_message(Reason(code, sentence.short, params))
	return {
		"code": code,
		"params": params,
		"text": text,
		"short": short,
		"rank": _RANK.get(reason["message"], len(_RANK)),
		"of_group": bool(reason.get("of_group")),
	}


def _sentences(kept: str | list[Any]) -> list[str]:
	"""Kept violations in the reader's language; older runs kept them as text."""
	every = [kept] if isinstance(kept, str) else kept
	return [one if isinstance(one, str) else violation_message(Violation.from_dict(one)) for one in every]


def compare(run: str, other: str) -> dict[str, Any]:
	"""Two runs of one cycle side by side: figures of both, and who is with someone else.

	`changed` holds a line for each mentee whose mentor or group differs.
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
		["mentee", "mentee_name", "mentor", "mentor_name", "co_mentors", "group_key", "score"],
		order_by="mentee_name",
	)
	beside = names_of_mentors(name for row in rows for name in co_mentors_of(row))
	groups: dict[str, list[frappe._dict]] = {}
	for row in rows:
		if row.group_key:
			groups.setdefault(row.group_key, []).append(row)
	found = {}
	for row in rows:
		others = [other for other in groups.get(row.group_key, ()) if other.mentee != row.mentee]
		added = co_mentors_of(row)
		names = [row.mentor_name, *map(beside.get, added), *(other.mentee_name for other in others)]
		found[row.mentee] = {
			"name": row.mentee_name,
			"with": (row.mentor, added, frozenset(other.mentee for other in others))
			if row.group_key
			else None,
			"words": ", ".join(name for name in names if name),
			"score": row.score,
		}
	return found
