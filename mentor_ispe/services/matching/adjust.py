"""Change a finished run by hand, one or two people at a time; the rules are asked at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.concurrency.retries import SERIALIZATION_ERRORS
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import RuleViolation, error_text, raise_violations, violation_message
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.matching.candidates import pool_of
from mentor_ispe.services.matching.group_scores import GroupScore, People, score_group
from mentor_ispe.services.matching.layout import (
	PROPOSAL,
	ProposedGroup,
	RunLayout,
	finished,
	layout_of,
	refresh_totals,
	take_out,
	update,
	write_group,
)
from mentor_ispe.services.matching.rules import clear_pair, forbidden_in, forbidden_together, set_pair

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
	layout = layout_of(run)
	now = layout.of(mentee)
	after = []
	if doc.format == "One-on-One":
		if (now.mentor if now else None) == mentor:
			return _effect(doc, doc.total_score, [])
		if mentor:
			after = [ProposedGroup(mentee, mentor, (mentee,))]
	else:
		if (now.key if now else "") == (group or ""):
			return _effect(doc, doc.total_score, [])
		if now and len(now.members) > 1:
			after = [_without(now, mentee)]
		if group:
			after.append(_with(layout.group(group), mentee))
	return _change(doc, layout, after, {mentee}, stay_out=True)


def swap(run: str, mentee: str, other: str) -> dict[str, Any]:
	"""Let two people change places; one of them may be unmatched. Returns the effect on the totals."""
	doc = finished(run)
	layout = layout_of(run)
	one, two = layout.of(mentee), layout.of(other)
	if one == two:
		frappe.throw(
			_("Choose two people who aren't in the same group. Only one of them can be unmatched."),
			exc=RuleViolation,
		)
	if doc.format == "One-on-One":
		after = [
			replace(place, key=name, members=(name,))
			for name, place in ((mentee, two), (other, one))
			if place
		]
	else:
		after = [
			_with(_without(place, leaves), comes)
			for place, leaves, comes in ((one, mentee, other), (two, other, mentee))
			if place
		]
	return _change(doc, layout, after, {mentee, other})


def moderate(run: str, mentee: str) -> dict[str, Any]:
	"""Make somebody the moderator of their group, or the host of their circle."""
	doc = finished(run)
	layout = layout_of(run)
	group = layout.of(mentee)
	if group is None or doc.format == "One-on-One":
		frappe.throw(_("Only a member of the group can moderate it."), exc=RuleViolation)
	return _change(doc, layout, [replace(group, moderator=mentee)], {mentee}, moved=False)


def add_mentor(run: str, group: str, mentor: str) -> dict[str, Any]:
	"""Give a group one more mentor, beside the one by whom it is scored; returns the effect on the totals.

	They need a free seat for everybody in it, and the program must let its groups have so many mentors. A
	hard rule of the run that they and a member break is told as a warning.
	"""
	doc = finished(run)
	layout = layout_of(run)
	now = layout.group(group)
	if not now.mentor:
		frappe.throw(_("A peer circle has no mentor."), exc=RuleViolation)
	if mentor in now.mentors:
		return _effect(doc, doc.total_score, [])
	after = replace(now, co_mentors=(*now.co_mentors, mentor))
	return _change(doc, layout, [after], set(now.members), by_hand=())


def remove_mentor(run: str, group: str, mentor: str) -> dict[str, Any]:
	"""Take back a mentor who was added to a group by hand."""
	doc = finished(run)
	layout = layout_of(run)
	now = layout.group(group)
	if mentor not in now.co_mentors:
		frappe.throw(_("This person isn't a second mentor of that group."), exc=RuleViolation)
	after = replace(now, co_mentors=tuple(name for name in now.co_mentors if name != mentor))
	return _change(doc, layout, [after], set(now.members), by_hand=())


def pin(run: str, mentee: str, mentor: str) -> dict[str, Any]:
	"""Keep these two together in this and every later run of the cycle."""
	doc = finished(run)
	if doc.format == "One-on-One":
		effect = move(run, mentee, mentor)
	else:
		effect = _effect(doc, doc.total_score, [])
		group = layout_of(run).of(mentee)
		if group is None or group.mentor != mentor:
			frappe.throw(_("Move them into that group first."), exc=RuleViolation)
	set_pair(doc.cycle, "Pin", mentee, mentor)
	update(run, [mentee], {"pinned": 1})
	return effect


def unpin(run: str, mentee: str, mentor: str) -> dict[str, Any]:
	"""Let the next run of the cycle decide about these two again; in this one they stay together."""
	doc = finished(run)
	clear_pair(doc.cycle, mentee, mentor)
	update(run, [mentee], {"pinned": 0})
	return _effect(doc, doc.total_score, [])


def release(run: str, mentee: str | None = None) -> dict[str, Any]:
	"""Let the next run of this run decide anew about what was changed by hand: of one mentee, or of all."""
	doc = finished(run)
	filters = {"match_run": run, "by_hand": 1, **({"mentee": mentee} if mentee else {})}
	frappe.db.set_value(PROPOSAL, filters, "by_hand", 0)
	return _effect(doc, doc.total_score, [])


def forbid(run: str, mentee: str, mentor: str, reason: str = "") -> dict[str, Any]:
	"""Never put these two together; if this run does, the mentee is free until it is run again."""
	doc = finished(run)
	set_pair(doc.cycle, "Forbid", mentee, mentor, reason)
	group = layout_of(run).of(mentee)
	if group and mentor in group.mentors:
		effect = move(run, mentee)
		update(run, [mentee], {"by_hand": 0})  # the next run finds them another place
		return effect
	return _effect(doc, doc.total_score, [])


def _without(group: ProposedGroup, mentee: str) -> ProposedGroup:
	moderator = None if group.moderator == mentee else group.moderator
	members = tuple(name for name in group.members if name != mentee)
	return replace(group, members=members, moderator=moderator)


def _with(group: ProposedGroup, mentee: str) -> ProposedGroup:
	return replace(group, members=(*group.members, mentee))


def _change(
	doc: MentoringMatchRun,
	layout: RunLayout,
	after: list[ProposedGroup],
	people: Collection[str],
	moved: bool = True,
	by_hand: Collection[str] | None = None,
	stay_out: bool = False,
) -> dict[str, Any]:
	"""Make `after` of the groups that `people` are in; whoever of them isn't there is unmatched then.

	`by_hand` are those who are marked so, and stay there in a new run: all of `people`, unless it is said.
	`stay_out`: so do those without a place. Whose place somebody else was given may get another one.
	"""
	_refuse_forbidden(doc.cycle, layout, after, people)
	pool = pool_of(doc.cycle)
	known = People(pool, layout.called)
	_refuse_if_full(layout, after, people, known)
	warnings = _refuse_broken(doc.cycle, [group for group in after if group.members], layout)
	penalties = {layout.place[name]: 0 for name in people if layout.place[name]}
	for group in after:
		made = _scored(doc, known, group, people, warnings)
		if made is not None:
			penalties[group.key] = made.outcome.penalty
			mentor = known.mentor(group.mentor).title if group.mentor else None
			marked = people if by_hand is None else by_hand
			write_group(doc.name, made.outcome.rows, mentor, group.co_mentors, marked, moved)
	seated = {name for group in after for name in group.members}
	take_out(doc.name, [name for name in people if name not in seated], stay_out)
	before = doc.total_score
	refresh_totals(doc, penalties)
	return _effect(doc, before, list(dict.fromkeys(warnings)))


def _refuse_forbidden(
	cycle: str, layout: RunLayout, after: Iterable[ProposedGroup], people: Collection[str]
) -> None:
	forbidden = forbidden_in(cycle)
	for group in after:
		if group.members and set(people) & set(group.members):
			together = (*group.members, *group.mentors)
			pairs = {(one, two) for one, two in forbidden if one in people or two in people}
			named = {name: layout.called.get(name) or _title(name) for name in together}
			raise_violations(forbidden_together(named, pairs))


def _title(mentor: str) -> str:
	return frappe.db.get_value("Mentor", mentor, "full_name") or ""


def _refuse_if_full(
	layout: RunLayout, after: list[ProposedGroup], people: Collection[str], known: People
) -> None:
	"""The run gives away a mentor's free seats once; a proposal that is tried alone wouldn't notice."""
	given, wanted = layout.given(), layout.changed(after, people).given()
	for group in after:
		for mentor in group.mentors if group.members else ():
			more = wanted[mentor] > given.get(mentor, 0)
			if more and wanted[mentor] > known.mentor(mentor).seats:
				frappe.throw(
					_("This run already uses all open places of {0} ({1}). Remove someone first.").format(
						frappe.utils.escape_html(known.mentor(mentor).title), known.mentor(mentor).seats
					),
					exc=RuleViolation,
				)


def _refuse_broken(cycle: str, after: list[ProposedGroup], layout: RunLayout) -> list[str]:
	"""Refuse what the changed groups break and didn't before; the rest comes back in words."""
	found = _broken(cycle, after)
	if not found:
		return []
	before = [
		layout.groups[group.key] for group in after if len(group.members) > 1 and group.key in layout.groups
	]
	known = {violation_message(violation) for violation in _broken(cycle, before)} if before else set()
	raise_violations(
		violation
		for violation in found
		if violation.code not in UNFINISHED and violation_message(violation) not in known
	)
	return [
		_("{0} This group can't be published.").format(violation_message(violation)) for violation in found
	]


def _broken(cycle: str, groups: Iterable[ProposedGroup]) -> list[Violation]:
	"""Ask every rule of a proposal by making these groups side by side and taking them back."""
	frappe.db.savepoint(_SAVEPOINT)
	found, undone = [], False
	try:
		for group in groups:
			try:
				propose(cycle, group.members, group.mentors, moderator=group.moderator)
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


def _scored(
	doc: MentoringMatchRun, known: People, group: ProposedGroup, people: Collection[str], warnings: list[str]
) -> GroupScore | None:
	"""Score a changed group. Where somebody only left, others who can't be matched now don't prevent it."""
	try:
		made = score_group(doc, known, group)
	except RuleViolation as error:
		if set(people) & set(group.members):
			raise
		frappe.clear_last_message()
		warnings.append(error_text(error))
		return None
	warnings += made.broken
	return made


def _effect(doc: MentoringMatchRun, before: float, warnings: list[str]) -> dict[str, Any]:
	return {
		"total_before": before,
		"total_after": doc.total_score,
		"difference": doc.total_score - before,
		"matched": doc.matched,
		"bound": doc.bound,
		"warnings": warnings,
	}
