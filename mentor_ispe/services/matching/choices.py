"""The places one mentee could have, best first: mentors for a pair, groups of a run for everybody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.exceptions import RuleViolation, violation_message
from mentor_ispe.readings.seats import seats, seats_by_group
from mentor_ispe.services.matching.candidates import Pool, pool_of
from mentor_ispe.services.matching.group_scores import People, score_group
from mentor_ispe.services.matching.layout import RUN, ProposedGroup, RunLayout, finished, layout_of
from mentor_ispe.services.matching.rules import (
	circle_rules_of,
	count_answers,
	forbidden_in,
	forbidden_together,
	group_rules_of,
	rules_of,
)

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

FEW = 20


def choices(cycle: str, mentee: str, run: str | None = None, limit: int = FEW) -> list[dict[str, Any]]:
	"""Places for one mentee: up to `limit` with a free seat, best first, then as many full ones.

	Of each: score, and of what parts it can be (`full_points`), what moving there does to the total (`difference`),
	reasons, the hard rules it would break (`breaks`), who sits there in this run (`members`), and why it is full
	in words (`full`). With `run`, seats that the run gives away count as taken; where it forms groups, the
	places are its groups.
	"""
	doc = finished(run) if run else None
	pool = pool_of(cycle, with_full=True)
	doc = doc or _as_by_program(cycle, pool)
	layout = layout_of(run) if run else RunLayout({}, {}, {}, {})
	learner = People(pool, layout.called).mentee(mentee)
	if doc.format == "One-on-One" or not run:
		found = _mentors(doc, pool, layout, learner, cint(limit))
	else:
		found = _groups(doc, pool, layout, learner)
	full_points = rules_of(doc).points
	for line in found:
		line["full_points"] = full_points
	found.sort(key=_order)
	free = [line for line in found if not line["full"]]
	full = [line for line in found if line["full"]]
	return free[: cint(limit)] + full[: cint(limit)]


def mentors_for_group(run: str, group: str, limit: int = FEW) -> list[dict[str, Any]]:
	"""Mentors who could be added to a group of the run, with a free seat for everybody in it, best first.

	Of each as in `choices`; the score is the mean over the members.
	"""
	from mentor_ispe.domain.matching.pairs import score_pairs

	doc, layout = finished(run), layout_of(run)
	now, pool, given = layout.group(group), pool_of(doc.cycle), layout.given()
	people = People(pool, layout.called)
	members = [people.mentee(name) for name in now.members]
	themselves = {person.person for person in members}
	able = [
		person
		for person in pool.mentors
		if person.name not in now.mentors
		and person.person not in themselves
		and person.seats - given.get(person.name, 0) >= len(members)
	]
	every = [(member.name, person.name) for person in able for member in members]
	pairs, _broken = score_pairs(every, members, able, rules_of(doc)) if every else ((), ())
	points = dict.fromkeys((person.name for person in able), 0)
	for pair in pairs:
		points[pair.mentor] += pair.score
	forbidden, before = forbidden_in(doc.cycle), score_group(doc, people, now).broken
	found, full_points = [], rules_of(doc).points
	for person in able:
		broken = score_group(doc, people, replace(now, co_mentors=(*now.co_mentors, person.name))).broken
		found.append(
			{
				"group": now.key,
				"mentor": person.name,
				"mentor_name": person.title,
				"title": person.title,
				"score": round(points[person.name] / len(members)),
				"full_points": full_points,
				"free_seats": person.seats - given.get(person.name, 0),
				"breaks": [words for words in broken if words not in before],
				"forbidden": any((name, person.name) in forbidden for name in now.members),
			}
		)
	return sorted(found, key=_order)[: cint(limit)]


def _order(line: dict[str, Any]) -> tuple:
	return bool(line["breaks"]) or line["forbidden"], -line["score"], line["mentor"] or line["group"]


def _as_by_program(cycle: str, pool: Pool) -> MentoringMatchRun:
	doc = frappe.new_doc(RUN)
	doc.cycle = cycle
	doc.program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	doc.format = "One-on-One"  # one person with one mentor, whatever the program forms in the end
	doc.take_from_program()
	count_answers(doc, pool)
	return doc


def _mentors(
	doc: MentoringMatchRun, pool: Pool, layout: RunLayout, learner: Candidate, limit: int
) -> list[dict[str, Any]]:
	from mentor_ispe.domain.matching.pairs import score_pairs
	from mentor_ispe.domain.matching.scoring import Scores

	mentors = [
		person
		for person in pool.mentors
		if person.name not in learner.refuses and person.person != learner.person
	]
	if not mentors:
		return []
	rules, given = rules_of(doc), layout.given()
	forbidden = {other for name, other in forbidden_in(doc.cycle) if name == learner.name}
	holds = Scores([learner], mentors, rules).matrix()[0] >= 0
	pairs, _broken = score_pairs(
		[(learner.name, person.name) for person in mentors], [learner], mentors, rules
	)
	lines = []
	for person, pair, fine in zip(mentors, pairs, holds, strict=True):
		free = person.seats - given.get(person.name, 0)
		lines.append((not fine or person.name in forbidden, -pair.score, person.name, person, pair, free))
	lines.sort(key=lambda line: line[:3])
	shown = [line for line in lines if line[-1] > 0][:limit] + [line for line in lines if line[-1] <= 0][
		:limit
	]
	sitting = _sitting(layout)
	standing = _standing([person.name for *_order, person, _pair, free in shown if free <= 0])
	known = People(replace(pool, mentees=(learner,)))
	found = []
	for breaks, _score, _name, person, pair, free in shown:
		members = sitting.get(person.name, [])
		group = ProposedGroup(learner.name, person.name, (learner.name,))
		found.append(
			{
				"group": None,
				"mentor": person.name,
				"mentor_name": person.title,
				"title": person.title,
				"score": pair.score,
				"difference": pair.score - layout.scores.get(learner.name, 0) if free > 0 else None,
				"free_seats": max(0, free),
				"reasons": [violation_message(reason) for reason in pair.reasons],
				"breaks": score_group(doc, known, group).broken if breaks else [],
				"forbidden": person.name in forbidden,
				"members": members,
				"full": _why_full(members, standing.get(person.name, [])) if free <= 0 else "",
			}
		)
	return found


def _sitting(layout: RunLayout) -> dict[str, list[dict[str, str]]]:
	"""Whom the run gives each mentor's seats to."""
	found: dict[str, list[dict[str, str]]] = {}
	for group in layout.groups.values():
		for mentor in group.mentors:
			found.setdefault(mentor, []).extend(_named(group.members, layout))
	return found


def _named(names: Iterable[str], layout: RunLayout) -> list[dict[str, str]]:
	return [{"mentee": name, "mentee_name": layout.called.get(name) or name} for name in names]


def _standing(mentors: list[str]) -> dict[str, list[str]]:
	"""Who holds a seat of these mentors in groups that stand already; two queries."""
	led = seats(participants=mentors, statuses=LIVE_SEATS, roles=[MENTOR])
	people = seats_by_group({seat.group for seat in led}, statuses=LIVE_SEATS)
	found: dict[str, list[str]] = {}
	for seat in led:
		names = sorted(one.full_name for one in people[seat.group] if not one.is_mentor)
		found.setdefault(seat.person, []).extend(names)
	return found


def _why_full(members: list[dict[str, str]], standing: list[str]) -> str:
	said = []
	if members:
		names = ", ".join(member["mentee_name"] for member in members)
		said.append(_("This run fills the places of {0}.").format(names))
	if standing:
		said.append(_("Existing groups fill the places of {0}.").format(", ".join(standing)))
	return " ".join(said) or _("There are no open places.")


def _groups(
	doc: MentoringMatchRun, pool: Pool, layout: RunLayout, learner: Candidate
) -> list[dict[str, Any]]:
	own = layout.place.get(learner.name, "")
	people, given = People(pool, layout.called), layout.given()
	forbidden = [pair for pair in forbidden_in(doc.cycle) if learner.name in pair]
	leaving = _left(doc, people, layout.groups.get(own), learner.name)
	most = group_rules_of(doc).size_max if doc.format == "Group" else circle_rules_of(doc).size_max
	found = []
	for group in layout.groups.values():
		if group.key == own:
			continue
		try:
			before, after = (
				score_group(doc, people, group),
				score_group(doc, people, _joined(group, learner.name, most)),
			)
		except RuleViolation:
			frappe.clear_last_message()
			continue  # somebody in it can't be matched now; the run is old
		seat = next(member for member in after.outcome.members if member.mentee == learner.name)
		mentor = people.mentors.get(group.mentor or "")
		free = most - len(group.members)
		leading = [people.mentors[name] for name in group.mentors if name in people.mentors]
		free = min([free, *(person.seats - given.get(person.name, 0) for person in leading)])
		members = _named(group.members, layout)
		named = {name: layout.called.get(name) or name for name in group.members} | {
			learner.name: learner.title,
			group.mentor: mentor.title if mentor else "",
		}
		found.append(
			{
				"group": group.key,
				"mentor": group.mentor,
				"mentor_name": mentor.title if mentor else None,
				"title": mentor.title if mentor else _circle_of(members),
				"score": seat.score,
				"difference": after.worth - before.worth + leaving if free > 0 else None,
				"free_seats": max(0, free),
				"reasons": [violation_message(reason) for reason in seat.reasons],
				"breaks": [words for words in after.broken if words not in before.broken],
				"forbidden": bool(forbidden_together(named, forbidden)),
				"members": members,
				"full": _why_group_full(len(members), most) if free <= 0 else "",
			}
		)
	return found


def _left(doc: MentoringMatchRun, people: People, group: ProposedGroup | None, mentee: str) -> int:
	"""What the total changes by when somebody leaves their group."""
	if group is None:
		return 0
	others = replace(group, members=tuple(name for name in group.members if name != mentee))
	try:
		return (score_group(doc, people, others).worth if others.members else 0) - score_group(
			doc, people, group
		).worth
	except RuleViolation:
		frappe.clear_last_message()
		return 0


def _joined(group: ProposedGroup, mentee: str, most: int) -> ProposedGroup:
	"""The group with one more in it; in the place of somebody else where it is full."""
	others = group.members[: most - 1] if len(group.members) >= most else group.members
	return replace(group, members=(*others, mentee))


def _why_group_full(count: int, most: int) -> str:
	if count >= most:
		return _("It already has {0} members, the maximum.").format(count)
	return _("The mentor has no open places left.")


def _circle_of(members: list[dict[str, str]]) -> str:
	names = [member["mentee_name"] for member in members]
	shown = ", ".join(names[:3])
	if len(names) > 3:
		shown = _("{0} and {1} more").format(shown, len(names) - 3)
	return _("Circle of {0}").format(shown)
