"""Who is told what when a group, or somebody's seat in it, moves on.

Suspension and restoration are told by the sweep, once for all of a person's seats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr, get_url_to_form

from mentor_ispe.domain.groups import Facts, Group, Person, Seat, paired
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails import coordinators, outbox
from mentor_ispe.mails.default_templates import matches

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


SAID_YES = ("Accepted", "Active")


@dataclass(frozen=True)
class Change:
	"""One person's seat before and after the step."""

	profile: str
	name: str
	old: str
	new: str
	reason: str
	match_reason: str
	is_mentor: bool = False


def group_changed(doc: MentoringGroup, before: Group | None, after: Group, facts: Facts) -> None:
	"""Post every mail that the step calls for, in the caller's transaction.

	A service that says it in its own words, for all the steps it takes together, sets the flag `quiet`.
	"""
	if doc.flags.quiet:
		return
	changes = _changes(doc, before, after, facts)
	common = _common(doc, facts, after)
	for change in changes:
		if change.new == "Proposed":
			values = {**common, "match_reason": change.match_reason, "respond_by": cstr(doc.respond_by)}
			_notify(doc, change, matches.MATCH_PROPOSED, values)
		elif change.new == "Active" and change.old != "Suspended":
			expected = {"expectations_html": _expectations(doc, change)}
			_notify(doc, change, matches.GROUP_STARTED, {**common, **_dates(doc), **expected})
		elif change.new == "Ended" or (change.new == "Withdrawn" and change.old not in ("", "Draft")):
			reason = change.reason or cstr(doc.end_reason)
			_notify(doc, change, matches.SEAT_ENDED, {**common, "reason": reason, **_afterwards(doc, change)})
		if change.old == "Proposed" and change.new == "Declined":
			_notify_coordinators_of_decline(doc, change, common)
	if people := _accepted(before, after, changes, facts):
		_notify_coordinators_of_acceptance(doc, people, common)


def _changes(doc: MentoringGroup, before: Group | None, after: Group, facts: Facts) -> list[Change]:
	changes = []
	if after.mentor:
		old = (
			before.mentor
			if before and before.mentor and before.mentor.person == after.mentor.person
			else None
		)
		changes += _change(facts.mentors[after.mentor.person], old, after.mentor, is_mentor=True)
	if before and before.mentor and (not after.mentor or after.mentor.person != before.mentor.person):
		gone = Seat(before.mentor.person, "Ended" if before.mentor.live else before.mentor.status)
		changes += _change(facts.mentors[before.mentor.person], before.mentor, gone, is_mentor=True)
	words = {row.mentee: cstr(row.match_reason) for row in doc.members}
	for old, new in paired(before, after):
		if new is not None:
			changes += _change(facts.mentees[new.person], old, new, words.get(new.person, ""))
	return changes


def _change(
	person: Person, old: Seat | None, new: Seat, match_reason: str = "", is_mentor: bool = False
) -> list[Change]:
	status = old.status if old else ""
	if status == new.status:
		return []
	return [Change(person.profile, person.full_name, status, new.status, new.reason, match_reason, is_mentor)]


def _common(doc: MentoringGroup, facts: Facts, after: Group) -> dict:
	return {
		"cycle": doc.cycle,
		"group": doc.title,
		"mentor": facts.mentors[after.mentor.person].full_name if after.mentor and after.mentor.live else "",
		"members": [facts.mentees[seat.person].full_name for seat in after.live_members],
		"kickoff_on": cstr(frappe.get_cached_value("Mentoring Cycle", doc.cycle, "kickoff_on")),
	}


def _dates(doc: MentoringGroup) -> dict:
	end = frappe.get_cached_value("Mentoring Cycle", doc.cycle, "end_date")
	return {"start_date": cstr(doc.start_date), "end_date": cstr(end)}


def _afterwards(doc: MentoringGroup, change: Change) -> dict:
	"""What comes next for a mentee whose group had started; who leaves the cycle as well waits for nothing."""
	met = change.old in ("Active", "Suspended") and not change.is_mentor
	waits_again = met and doc.flags.leaves_the_cycle != change.profile
	return {"waits_again": waits_again, "goals_met": waits_again and doc.end_kind == "Goals Met"}


def _expectations(doc: MentoringGroup, change: Change) -> str:
	"""What the program expects of everyone, and of this person's part in the group; HTML, as staff wrote it."""
	program = frappe.get_cached_doc("Mentoring Program", doc.program)
	parts = ["everyone", "mentors" if change.is_mentor else "mentees"]
	if not change.is_mentor and any(
		row.profile == change.profile and row.is_moderator for row in doc.members
	):
		parts.append("moderators")
	return "".join(cstr(program.get(f"expectations_{part}")) for part in parts)


def _notify(doc: MentoringGroup, change: Change, template: str, context: dict) -> None:
	outbox.enqueue(
		key=make_key("group", doc.name, change.profile, change.new, doc.modified),
		template=template,
		profile=change.profile,
		context=context,
		reference=(doc.doctype, doc.name),
		not_before=doc.announce_on,
	)


def _accepted(before: Group | None, after: Group, changes: list[Change], facts: Facts) -> list[str]:
	"""Whose yes the coordinators are told now: everyone's when the last answer is in, a latecomer's at once."""
	if before is None:
		return []
	if before.status == "Active":
		return [change.name for change in changes if change.old == "Proposed" and change.new in SAID_YES]
	if not _asked(before) or _asked(after):
		return []
	people = [facts.mentees[seat.person].full_name for seat in after.members if seat.status in SAID_YES]
	if after.mentor and after.mentor.status in SAID_YES:
		people.insert(0, facts.mentors[after.mentor.person].full_name)
	return people


def _asked(group: Group) -> bool:
	"""Whether somebody's answer is still out."""
	seats = (*group.members, *([group.mentor] if group.mentor else []))
	return any(seat.status == "Proposed" for seat in seats)


def _notify_coordinators_of_acceptance(doc: MentoringGroup, people: list[str], common: dict) -> None:
	coordinators.notify(
		make_key("group-accepted", doc.name, doc.modified),
		matches.MATCH_ACCEPTED,
		{**common, "people": people, "group_url": get_url_to_form(doc.doctype, doc.name)},
		(doc.doctype, doc.name),
	)


def _notify_coordinators_of_decline(doc: MentoringGroup, change: Change, common: dict) -> None:
	coordinators.notify(
		make_key("group-answer", doc.name, change.profile, change.new, doc.modified),
		matches.MATCH_DECLINED,
		{**common, "person": change.name, "reason": change.reason},
		(doc.doctype, doc.name),
	)
