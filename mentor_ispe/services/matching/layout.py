"""The groups of a finished run as values: what they are, how a change by hand would have them, and the run's
figures after it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt

from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.result import Pair, PairsResult, shares
from mentor_ispe.exceptions import RuleViolation, violation_message
from mentor_ispe.services.matching.engines import Row

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

RUN, PROPOSAL = "Mentoring Match Run", "Mentoring Match Proposal"


@dataclass(frozen=True)
class ProposedGroup:
	"""One group of a run: a pair has one member, a circle no mentor. `language` is what all are said to speak.

	The engine chooses one mentor, by whom the group is scored; `co_mentors` are added by hand.
	"""

	key: str
	mentor: str | None
	members: tuple[str, ...]
	moderator: str | None = None
	language: str = ""
	co_mentors: tuple[str, ...] = ()

	@property
	def mentors(self) -> tuple[str, ...]:
		return (self.mentor, *self.co_mentors) if self.mentor else ()


@dataclass(frozen=True)
class RunLayout:
	"""Everybody of a run: the groups by their keys, and in which one each mentee is ("" for none)."""

	groups: dict[str, ProposedGroup]
	place: dict[str, str]
	called: dict[str, str]
	"""What mentees, and mentors of the run, are called."""
	scores: dict[str, int]

	def of(self, mentee: str) -> ProposedGroup | None:
		"""The group of a mentee; None when they are unmatched, an error when the run doesn't know them."""
		if mentee not in self.place:
			frappe.throw(_("This run doesn't include that mentee. Run it again."), exc=RuleViolation)
		return self.groups.get(self.place[mentee])

	def group(self, key: str) -> ProposedGroup:
		"""The group with this key; an error when it isn't in the run any more."""
		if key not in self.groups:
			frappe.throw(_("That group is no longer in this run."), exc=RuleViolation)
		return self.groups[key]

	def changed(self, after: Iterable[ProposedGroup], people: Collection[str]) -> RunLayout:
		"""With the groups `after` instead of their own; `people` are nowhere else then."""
		there = {
			key: replace(group, members=tuple(name for name in group.members if name not in people))
			for key, group in self.groups.items()
		} | {group.key: group for group in after}
		place = dict.fromkeys(self.place, "")
		place |= {name: group.key for group in there.values() for name in group.members}
		seated = {key: group for key, group in there.items() if group.members}
		return replace(self, groups=seated, place=place)

	def given(self) -> dict[str, int]:
		"""How many seats of each mentor the run gives away."""
		given: dict[str, int] = {}
		for group in self.groups.values():
			for mentor in group.mentors:
				given[mentor] = given.get(mentor, 0) + len(group.members)
		return given


def finished(run: str) -> MentoringMatchRun:
	"""The run, locked, for a change by hand."""
	doc = frappe.get_doc(RUN, run, for_update=True)
	doc.check_permission("write")
	if doc.status != "Ready":
		frappe.throw(
			_("This run is {0}. You can change only a finished run that isn't published.").format(
				_(doc.status)
			),
			exc=RuleViolation,
		)
	return doc


def layout_of(run: str) -> RunLayout:
	"""Read who is where in a run; one query."""
	rows = frappe.get_all(
		PROPOSAL,
		{"match_run": run},
		[
			"mentee",
			"mentee_name",
			"mentor",
			"mentor_name",
			"co_mentors",
			"group_key",
			"state",
			"is_moderator",
			"reasons",
			"score",
		],
		order_by="mentee",
	)
	beside = names_of_mentors(name for row in rows for name in co_mentors_of(row))
	seated: dict[str, list[frappe._dict]] = {}
	for row in rows:
		if row.state == "Proposed":
			seated.setdefault(row.group_key, []).append(row)
	return RunLayout(
		groups={key: _company(key, members) for key, members in seated.items()},
		place={row.mentee: row.group_key if row.state == "Proposed" else "" for row in rows},
		called={row.mentee: row.mentee_name for row in rows}
		| {row.mentor: row.mentor_name for row in rows if row.mentor}
		| beside,
		scores={row.mentee: row.score for row in rows if row.state == "Proposed"},
	)


def _company(key: str, rows: list[frappe._dict]) -> ProposedGroup:
	return ProposedGroup(
		key=key,
		mentor=rows[0].mentor,
		members=tuple(row.mentee for row in rows),
		moderator=next((row.mentee for row in rows if row.is_moderator), None),
		language=_language(rows[0].reasons or "[]"),
		co_mentors=co_mentors_of(rows[0]),
	)


def co_mentors_of(row: frappe._dict) -> tuple[str, ...]:
	"""The mentors that a proposal names beside the first."""
	return tuple((row.co_mentors or "").splitlines())


def names_of_mentors(mentors: Iterable[str]) -> dict[str, str]:
	"""What they are called; no query for none."""
	wanted = sorted(set(mentors))
	if not wanted:
		return {}
	return dict(frappe.get_all("Mentor", {"name": ("in", wanted)}, ["name", "full_name"], as_list=True))


def _language(reasons: str) -> str:
	if "group_language" not in reasons:
		return ""
	said = (reason for reason in frappe.parse_json(reasons) if reason["code"] == "group_language")
	return next((reason["params"]["language"] for reason in said), "")


def write_group(
	run: str,
	rows: Iterable[Row],
	mentor_name: str | None,
	co_mentors: Iterable[str],
	people: Collection[str],
	moved: bool,
) -> None:
	"""Keep a changed group; `people` are those whom a hand changed, by moving them or otherwise."""
	for row in rows:
		values: dict[str, Any] = {
			"state": "Proposed",
			"group_key": row.group_key,
			"mentor": row.mentor,
			"mentor_name": mentor_name,
			"co_mentors": "\n".join(co_mentors),
			"is_moderator": int(row.is_moderator),
			"score": row.score,
			"parts": json.dumps(dict(row.parts)),
			"reasons": json.dumps([reason.as_dict() for reason in row.reasons]),
			"reason": " ".join(violation_message(reason) for reason in row.reasons),
		}
		if row.mentee in people:
			values["by_hand"] = 1
			if moved:
				values["pinned"] = 0
		update(run, [row.mentee], values)


def take_out(run: str, mentees: list[str], stay_out: bool) -> None:
	"""Leave them without a place; whether a new run leaves them so too."""
	values = {
		"state": "Unmatched",
		"group_key": "",
		"mentor": None,
		"mentor_name": None,
		"co_mentors": "",
		"is_moderator": 0,
		"by_hand": int(stay_out),
		"pinned": 0,
		"score": 0,
		"parts": "{}",
		"reasons": "[]",
		"reason": _("Removed manually."),
	}
	if mentees:
		update(run, mentees, values)


def update(run: str, mentees: list[str], values: dict[str, Any]) -> None:
	"""Set fields of their proposals."""
	frappe.db.set_value(PROPOSAL, {"match_run": run, "mentee": ("in", mentees)}, values)


def refresh_totals(doc: MentoringMatchRun, penalties: Mapping[str, int]) -> None:
	"""Bring the figures of a run up to its rows; `penalties` are those of the groups that changed."""
	rows = _scored(doc.name)
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


def _scored(run: str) -> list[frappe._dict]:
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
