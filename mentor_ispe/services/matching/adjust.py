"""Change a finished run by hand, one or two people at a time; the rules are asked at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.concurrency.retries import SERIALIZATION_ERRORS
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import RuleViolation, error_text, raise_violations, violation_message
from mentor_ispe.services.groups.propose import propose
from mentor_ispe.services.matching.candidates import pool_of
from mentor_ispe.services.matching.cast import Cast, People, cast
from mentor_ispe.services.matching.companies import PROPOSAL, Company, Table, finished, table_of
from mentor_ispe.services.matching.constraints import clear_pair, forbidden_in, forbidden_together, set_pair
from mentor_ispe.services.matching.recount import recount

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

_SAVEPOINT = "mentoring_try_pair"
UNFINISHED = {"too_small"}
"""Rules that only the last of several changes can meet; told as a warning."""


def move(run: str, mentee: str, mentor: str | None = None, group: str | None = None) -> dict[str, Any]:
	"""Give `mentee` another place in a finished run, or none; returns the effect on the totals.

	The place is a `mentor` where the run makes pairs, else the key of a `group` of the run. Rules 1 to 4
	and the program's are asked as they will be when the run is published. A hard rule of the run alone
	that is broken is told as a warning: the coordinator decides.
	"""
	doc = finished(run)
	table = table_of(run)
	now = table.of(mentee)
	after = []
	if doc.format == "One-on-One":
		if (now.mentor if now else None) == mentor:
			return _effect(doc, doc.total_score, [])
		if mentor:
			after = [Company(mentee, mentor, (mentee,))]
	else:
		if (now.key if now else "") == (group or ""):
			return _effect(doc, doc.total_score, [])
		if now and len(now.members) > 1:
			after = [_without(now, mentee)]
		if group:
			after.append(_with(_known(table, group), mentee))
	return _change(doc, table, after, {mentee})


def swap(run: str, mentee: str, other: str) -> dict[str, Any]:
	"""Let two people change places; one of them may be unmatched. Returns the effect on the totals."""
	doc = finished(run)
	table = table_of(run)
	one, two = table.of(mentee), table.of(other)
	if one == two:
		frappe.throw(_("Choose two people in different places."), exc=RuleViolation)
	if doc.format == "One-on-One":
		after = [
			Company(name, place.mentor, (name,)) for name, place in ((mentee, two), (other, one)) if place
		]
	else:
		after = [
			_with(_without(place, leaves), comes)
			for place, leaves, comes in ((one, mentee, other), (two, other, mentee))
			if place
		]
	return _change(doc, table, after, {mentee, other})


def moderate(run: str, mentee: str) -> dict[str, Any]:
	"""Make somebody the moderator of their group, or the host of their circle."""
	doc = finished(run)
	table = table_of(run)
	company = table.of(mentee)
	if company is None or doc.format == "One-on-One":
		frappe.throw(_("Only a member of a group moderates it."), exc=RuleViolation)
	return _change(doc, table, [replace(company, moderator=mentee)], {mentee}, moved=False)


def pin(run: str, mentee: str, mentor: str) -> dict[str, Any]:
	"""Keep these two together in this and every later run of the cycle."""
	doc = finished(run)
	if doc.format == "One-on-One":
		effect = move(run, mentee, mentor)
	else:
		effect = _effect(doc, doc.total_score, [])
		company = table_of(run).of(mentee)
		if company is None or company.mentor != mentor:
			frappe.throw(_("Move them into that group first."), exc=RuleViolation)
	set_pair(doc.cycle, "Pin", mentee, mentor)
	_update(run, [mentee], {"pinned": 1})
	return effect


def unpin(run: str, mentee: str, mentor: str) -> dict[str, Any]:
	"""Let the next run of the cycle decide about these two again; in this one they stay together."""
	doc = finished(run)
	clear_pair(doc.cycle, mentee, mentor)
	_update(run, [mentee], {"pinned": 0})
	return _effect(doc, doc.total_score, [])


def forbid(run: str, mentee: str, mentor: str, reason: str = "") -> dict[str, Any]:
	"""Never put these two together; if this run does, the mentee is free until it is run again."""
	doc = finished(run)
	set_pair(doc.cycle, "Forbid", mentee, mentor, reason)
	company = table_of(run).of(mentee)
	if company and company.mentor == mentor:
		return move(run, mentee)
	return _effect(doc, doc.total_score, [])


def _known(table: Table, group: str) -> Company:
	if group not in table.companies:
		frappe.throw(_("That group isn't in this run any more."), exc=RuleViolation)
	return table.companies[group]


def _without(company: Company, mentee: str) -> Company:
	moderator = None if company.moderator == mentee else company.moderator
	members = tuple(name for name in company.members if name != mentee)
	return replace(company, members=members, moderator=moderator)


def _with(company: Company, mentee: str) -> Company:
	return replace(company, members=(*company.members, mentee))


def _change(
	doc: MentoringMatchRun, table: Table, after: list[Company], people: Collection[str], moved: bool = True
) -> dict[str, Any]:
	"""Make `after` of the groups that `people` are in; whoever of them isn't there is unmatched then."""
	_refuse_forbidden(doc.cycle, table, after, people)
	pool = pool_of(doc.cycle)
	known = People(pool, table.called)
	_refuse_if_full(table, after, people, known)
	warnings = _refuse_broken(doc.cycle, [company for company in after if company.members], table)
	penalties = {table.place[name]: 0 for name in people if table.place[name]}
	for company in after:
		made = _cast(doc, known, company, people, warnings)
		if made is not None:
			penalties[company.key] = made.formed.penalty
			_write(doc.name, made, known, people, moved)
	seated = {name for company in after for name in company.members}
	_take_out(doc.name, [name for name in people if name not in seated])
	before = doc.total_score
	recount(doc, penalties)
	return _effect(doc, before, list(dict.fromkeys(warnings)))


def _refuse_forbidden(cycle: str, table: Table, after: Iterable[Company], people: Collection[str]) -> None:
	forbidden = forbidden_in(cycle)
	for company in after:
		if company.members and set(people) & set(company.members):
			together = {name for name in (*company.members, company.mentor) if name}
			pairs = {(one, two) for one, two in forbidden if one in people or two in people}
			named = {name: table.called.get(name) or _title(company.mentor) for name in together}
			raise_violations(forbidden_together(named, pairs))


def _title(mentor: str | None) -> str:
	return (mentor and frappe.db.get_value("Mentor", mentor, "full_name")) or ""


def _refuse_if_full(table: Table, after: list[Company], people: Collection[str], known: People) -> None:
	"""The run gives away a mentor's free seats once; a proposal that is tried alone wouldn't notice."""
	given, wanted = table.given(), table.changed(after, people).given()
	for company in after:
		mentor = company.mentor
		if mentor and wanted[mentor] > given.get(mentor, 0) and wanted[mentor] > known.mentor(mentor).seats:
			frappe.throw(
				_(
					"{0} has {1} free seats and this run gives away all of them; take somebody out first."
				).format(frappe.utils.escape_html(known.mentor(mentor).title), known.mentor(mentor).seats),
				exc=RuleViolation,
			)


def _refuse_broken(cycle: str, after: list[Company], table: Table) -> list[str]:
	"""Refuse what the changed groups break and didn't before; the rest comes back in words."""
	found = _broken(cycle, after)
	if not found:
		return []
	before = [
		table.companies[company.key]
		for company in after
		if len(company.members) > 1 and company.key in table.companies
	]
	known = {violation_message(violation) for violation in _broken(cycle, before)} if before else set()
	raise_violations(
		violation
		for violation in found
		if violation.code not in UNFINISHED and violation_message(violation) not in known
	)
	return [
		_("{0} When it is published, this group is refused.").format(violation_message(violation))
		for violation in found
	]


def _broken(cycle: str, companies: Iterable[Company]) -> list[Violation]:
	"""Ask every rule of a proposal by making these groups side by side and taking them back."""
	frappe.db.savepoint(_SAVEPOINT)
	found, undone = [], False
	try:
		for company in companies:
			try:
				propose(cycle, company.members, company.mentor, moderator=company.moderator)
			except RuleViolation as error:
				frappe.clear_last_message()
				found += error.violations or [Violation("refused", error_text(error))]
	except SERIALIZATION_ERRORS:
		undone = True  # by the database, and the savepoint with it; the endpoint goes again
		raise
	finally:
		if not undone:
			frappe.db.rollback(save_point=_SAVEPOINT)
	return found


def _cast(
	doc: MentoringMatchRun, known: People, company: Company, people: Collection[str], warnings: list[str]
) -> Cast | None:
	"""Score a changed group. Where somebody only left, others who can't be matched now don't prevent it."""
	try:
		made = cast(doc, known, company)
	except RuleViolation as error:
		if set(people) & set(company.members):
			raise
		frappe.clear_last_message()
		warnings.append(error_text(error))
		return None
	warnings += made.broken
	return made


def _write(run: str, made: Cast, known: People, people: Collection[str], moved: bool) -> None:
	for row in made.formed.rows:
		values: dict[str, Any] = {
			"state": "Proposed",
			"group_key": row.group_key,
			"mentor": row.mentor,
			"mentor_name": known.mentor(row.mentor).title if row.mentor else None,
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
		_update(run, [row.mentee], values)


def _take_out(run: str, mentees: list[str]) -> None:
	values = {
		"state": "Unmatched",
		"group_key": "",
		"mentor": None,
		"mentor_name": None,
		"is_moderator": 0,
		"by_hand": 1,
		"pinned": 0,
		"score": 0,
		"parts": "{}",
		"reasons": "[]",
		"reason": _("Taken out by hand."),
	}
	if mentees:
		_update(run, mentees, values)


def _update(run: str, mentees: list[str], values: dict[str, Any]) -> None:
	frappe.db.set_value(PROPOSAL, {"match_run": run, "mentee": ("in", mentees)}, values)


def _effect(doc: MentoringMatchRun, before: float, warnings: list[str]) -> dict[str, Any]:
	return {
		"total_before": before,
		"total_after": doc.total_score,
		"difference": doc.total_score - before,
		"matched": doc.matched,
		"bound": doc.bound,
		"warnings": warnings,
	}
