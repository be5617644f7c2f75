"""The groups of a finished run as values: what they are, and how a change by hand would have them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

RUN, PROPOSAL = "Mentoring Match Run", "Mentoring Match Proposal"


@dataclass(frozen=True)
class Company:
	"""One group of a run: a pair has one member, a circle no mentor. `language` is what all are said to speak."""

	key: str
	mentor: str | None
	members: tuple[str, ...]
	moderator: str | None = None
	language: str = ""


@dataclass(frozen=True)
class Table:
	"""Everybody of a run: the groups by their keys, and in which one each mentee is ("" for none)."""

	companies: dict[str, Company]
	place: dict[str, str]
	called: dict[str, str]
	"""What mentees, and mentors of the run, are called."""
	scores: dict[str, int]

	def of(self, mentee: str) -> Company | None:
		"""The group of a mentee; None when they are unmatched, an error when the run doesn't know them."""
		if mentee not in self.place:
			frappe.throw(_("This run knows nothing of that mentee; run it again."), exc=RuleViolation)
		return self.companies.get(self.place[mentee])

	def changed(self, after: Iterable[Company], people: Collection[str]) -> Table:
		"""With the groups `after` instead of their own; `people` are nowhere else then."""
		there = {
			key: replace(company, members=tuple(name for name in company.members if name not in people))
			for key, company in self.companies.items()
		} | {company.key: company for company in after}
		place = dict.fromkeys(self.place, "")
		place |= {name: company.key for company in there.values() for name in company.members}
		seated = {key: company for key, company in there.items() if company.members}
		return replace(self, companies=seated, place=place)

	def given(self) -> dict[str, int]:
		"""How many seats of each mentor the run gives away."""
		given: dict[str, int] = {}
		for company in self.companies.values():
			if company.mentor:
				given[company.mentor] = given.get(company.mentor, 0) + len(company.members)
		return given


def finished(run: str) -> MentoringMatchRun:
	"""The run, locked, for a change by hand."""
	doc = frappe.get_doc(RUN, run, for_update=True)
	doc.check_permission("write")
	if doc.status != "Ready":
		frappe.throw(
			_("This run is {0}; only a finished one that isn't published can be changed.").format(
				_(doc.status)
			),
			exc=RuleViolation,
		)
	return doc


def table_of(run: str) -> Table:
	"""Read who is where in a run; one query."""
	rows = frappe.get_all(
		PROPOSAL,
		{"match_run": run},
		[
			"mentee",
			"mentee_name",
			"mentor",
			"mentor_name",
			"group_key",
			"state",
			"is_moderator",
			"reasons",
			"score",
		],
		order_by="mentee",
	)
	seated: dict[str, list[frappe._dict]] = {}
	for row in rows:
		if row.state == "Proposed":
			seated.setdefault(row.group_key, []).append(row)
	return Table(
		companies={key: _company(key, members) for key, members in seated.items()},
		place={row.mentee: row.group_key if row.state == "Proposed" else "" for row in rows},
		called={row.mentee: row.mentee_name for row in rows}
		| {row.mentor: row.mentor_name for row in rows if row.mentor},
		scores={row.mentee: row.score for row in rows if row.state == "Proposed"},
	)


def _company(key: str, rows: list[frappe._dict]) -> Company:
	return Company(
		key=key,
		mentor=rows[0].mentor,
		members=tuple(row.mentee for row in rows),
		moderator=next((row.mentee for row in rows if row.is_moderator), None),
		language=_language(rows[0].reasons or "[]"),
	)


def _language(reasons: str) -> str:
	if "group_language" not in reasons:
		return ""
	said = (reason for reason in frappe.parse_json(reasons) if reason["code"] == "group_language")
	return next((reason["params"]["language"] for reason in said), "")
