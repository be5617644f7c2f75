"""One step of a Mentoring Group, whatever entry point it came through.

The controller calls `lock_related` before Frappe reads the stored group, `validate_transition` in validate and
`store_effects` in on_update; services and the Desk only set fields and save. What follows beyond the people in
the group is in `mentor_ispe/consequences.py`.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cint, cstr, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency import locks
from mentor_ispe.domain import groups as domain
from mentor_ispe.domain import pauses
from mentor_ispe.domain.events import Event
from mentor_ispe.domain.group_step import Step, step
from mentor_ispe.domain.seats import MENTEE, MENTOR, PEER, Seat
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.membership import commitment
from mentor_ispe.mentor_ispe.doctype.mentor.transition import promised_answer
from mentor_ispe.readings.seats import seat_of_row

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_group_member.mentoring_group_member import (
		MentoringGroupMember,
	)


def lock_related(doc: MentoringGroup) -> locks.People:
	"""Lock everyone in the group, as it is stored and as it shall be, before the group itself."""
	mentors, mentees = ([], []) if doc.is_new() else locks.stored_people(doc.name)
	return locks.lock_people(
		{row.participant for row in doc.mentors if row.participant} | {*mentors},
		{row.participant for row in doc.members if row.participant} | {*mentees},
	)


def validate_transition(doc: MentoringGroup, people: locks.People) -> Step:
	"""Work out what follows from the step, refuse it if a rule is broken, write it into `doc`."""
	_refuse_incomplete(doc, people)
	stored = doc.get_doc_before_save()
	before = group_of(stored) if stored else None
	asked = group_of(doc)
	done = step(before, asked, _facts(doc, people, before, asked))
	raise_violations(done.violations)
	_write_back(doc, before, done.after)
	return done


def store_effects(doc: MentoringGroup, people: locks.People, done: Step) -> list[Event]:
	"""Write what the step changed for the people in the group; they are locked. Returns what happened."""
	for effect in done.mentors:
		row = people.mentors[effect.name]
		values: dict[str, Any] = {"seats_taken": effect.seats_taken, "status": effect.status}
		_promise_anew(doc, row, values)
		_store("Mentor", row, values)
	for change in done.mentees:
		row = people.mentees[change.name]
		# A new group has its name only now.
		values = {
			"mentoring_group": doc.name if change.seated_here else change.group,
			"status": change.status,
		}
		if change.seated:
			values["waiting_since"] = None
		elif change.waits_again and not row.waiting_since:
			values["waiting_since"] = now_datetime()
		if change.declined != _declined(row):
			values["declined_mentors"] = json.dumps(sorted(change.declined))
		_promise_anew(doc, row, values)
		_store("Mentee", row, values)
	if done.commits:
		commitment.refuse_if_closed(doc.cycle)
	return done.events


def group_of(doc: MentoringGroup) -> domain.Group:
	"""The document as the rules see it."""
	return domain.Group(
		name=None if doc.is_new() else doc.name,
		cycle=doc.cycle,
		status=doc.status,
		seats=tuple(seat_of_row(row) for row in doc.seats),
		end_reason=cstr(doc.end_reason),
		reason_is_private=bool(doc.reason_is_private),
	)


def rules_of(program: str) -> domain.GroupRules:
	"""What the program says of its groups."""
	doc = frappe.get_cached_doc("Mentoring Program", program)
	return domain.GroupRules(
		format=doc.format,
		size_min=doc.group_size_min,
		size_max=doc.group_size_max,
		requires_moderator=bool(doc.requires_moderator),
		employers_apart=bool(doc.employers_apart),
		mentors_max=max(1, cint(doc.mentors_max)),
	)


def complete_seats(doc: MentoringGroup) -> None:
	"""Fill in what follows from the role and the person of each seat, before Frappe checks the links."""
	circle = doc.format == "Peer Circle"
	for row in doc.seats:
		if not isinstance(row.participant, str | None):
			raise_violations([_nobody(row)])
		if row.role in (MENTEE, PEER, None, ""):
			row.role = PEER if circle else MENTEE
		row.participant_type = MENTOR if row.role == MENTOR else MENTEE


def _promise_anew(doc: MentoringGroup, row: frappe._dict, values: dict) -> None:
	"""Who waits again after a group that had started is answered within the program's time from now on."""
	if row.status == "Active" and values["status"] == "Approved":
		values["answer_by"] = promised_answer(doc.cycle, today())


def _refuse_incomplete(doc: MentoringGroup, people: locks.People) -> None:
	"""The rules can't do without these, and Frappe asks for missing values only after them.

	Of a link whose record brings in other fields it doesn't even ask whether the record exists.
	"""
	broken = []
	if not (doc.cycle and frappe.db.exists("Mentoring Cycle", doc.cycle)):
		broken.append(Violation("incomplete", N_("Choose a cycle for this group.")))
	for row in doc.seats:
		known = people.mentors if row.role == MENTOR else people.mentees
		if row.participant in known:
			row.update(
				{"full_name": known[row.participant].full_name, "profile": known[row.participant].profile}
			)
		elif row.role == MENTOR and row.participant:
			broken.append(
				Violation(
					"incomplete",
					N_("Mentor {name} was not found. Choose another."),
					{"name": row.participant},
				)
			)
		else:
			broken.append(_nobody(row))
	raise_violations(broken)


def _nobody(row: MentoringGroupMember) -> Violation:
	words = N_("Choose a mentor in row {row}.") if row.role == MENTOR else N_("Choose a mentee in row {row}.")
	return Violation("incomplete", words, {"row": row.idx})


def _store(doctype: str, row: frappe._dict, values: dict) -> None:
	"""Write what differs. A new status counts as a change of the record, so that nobody saves over it."""
	changed = {key: value for key, value in values.items() if row.get(key) != value}
	if changed:
		frappe.db.set_value(doctype, row.name, changed, update_modified="status" in changed)
		row.update(changed)


def _facts(
	doc: MentoringGroup, people: locks.People, before: domain.Group | None, asked: domain.Group
) -> domain.Facts:
	rules = rules_of(doc.program)
	everyone = (*people.mentors.values(), *people.mentees.values())
	committing = domain.newly_committed(before, domain.advance(before, asked))
	refusals = commitment.refusals([seat.profile for seat in committing], doc.program) if committing else {}
	employers = _employers([row.profile for row in everyone])
	elsewhere = {
		row.mentoring_group for row in people.mentees.values() if row.mentoring_group not in (None, doc.name)
	}
	titles = _titles(elsewhere)

	def person(row: frappe._dict, **values: Any) -> domain.Person:
		return domain.Person(
			name=row.name,
			full_name=row.full_name,
			profile=row.profile,
			cycle=row.cycle,
			status=row.status,
			employer=employers.get(row.profile, ""),
			refusals=refusals.get(row.profile, ()),
			**values,
		)

	def mentor(row: frappe._dict) -> domain.Person:
		held = domain.seats_held(before, row.name) if before else 0
		return person(row, seats_offered=row.seats_offered, seats_taken=row.seats_taken - held)

	def mentee(row: frappe._dict) -> domain.Person:
		other = row.mentoring_group if row.mentoring_group in elsewhere else None
		return person(
			row,
			group=other,
			group_title=titles.get(other, ""),
			declined=_declined(row),
			willing_to_moderate=bool(row.willing_to_moderate),
		)

	return domain.Facts(
		rules=rules,
		cycle_status=frappe.db.get_value("Mentoring Cycle", doc.cycle, "status"),
		mentors={name: mentor(row) for name, row in people.mentors.items()},
		mentees={name: mentee(row) for name, row in people.mentees.items()},
	)


def _declined(row: frappe._dict) -> frozenset[str]:
	return frozenset(frappe.parse_json(row.declined_mentors) or ())


def _employers(profiles: list[str]) -> dict[str, str]:
	rows = frappe.get_all("Mentoring Profile", {"name": ("in", profiles)}, ["name", "employer"])
	return {row.name: cstr(row.employer) for row in rows}


def _titles(groups: set[str]) -> dict[str, str]:
	if not groups:
		return {}
	rows = frappe.get_all("Mentoring Group", {"name": ("in", list(groups))}, ["name", "title"])
	return {row.name: cstr(row.title) for row in rows}


def _write_back(doc: MentoringGroup, before: domain.Group | None, after: domain.Group) -> None:
	now, day = now_datetime(), today()
	stored = doc.get_doc_before_save()
	moderated = {row.name for row in stored.seats if row.is_moderator} if stored else set()
	olds = {id(new): old for old, new in domain.paired(before, after) if new is not None}
	for row, seat in zip(doc.seats, after.seats, strict=True):
		_stamp(row, seat, olds[id(seat)], now, day)
		# Who moderated to the end did so for good.
		completed = seat.status == "Completed" and row.name in moderated
		row.is_moderator = int(completed or (seat.is_moderator and not seat.is_mentor and not seat.gone))
	old_status = before.status if before else "Draft"
	doc.status, doc.end_reason = after.status, after.end_reason
	doc.reason_is_private = int(after.reason_is_private)
	if after.status != old_status:
		if after.status == "Proposed":
			doc.proposed_on = now
		elif after.status == "Active":
			doc.start_date = day
		elif after.status in domain.CLOSING:
			doc.end_date = day


def _stamp(row, seat: Seat, old: Seat | None, now: datetime, day: date) -> None:
	row.status = seat.status
	if old is not None and old.status == seat.status:
		return
	if seat.status == "Suspended":
		row.suspended_from = old.status if old else ""
	elif seat.status in ("Accepted", "Active"):
		row.suspended_from = ""
	if seat.status == "Proposed":
		row.proposed_on = now
	if (old is None or old.status == "Proposed") and seat.status in ("Accepted", "Active", "Declined"):
		row.responded_on = now
	if seat.status == "Active" and not row.joined_on:
		row.joined_on = day
	if seat.gone:
		row.left_on = day
		write_pauses(row, pauses.trimmed(seat.pauses, day), day)


def write_pauses(row: MentoringGroupMember, found: pauses.Pauses, day: date) -> None:
	"""Keep the pauses of a seat, with what lists and reports read of them."""
	now = pauses.current(found, day)
	row.update(
		{
			"pauses": pauses.write(found),
			"months_away": " ".join(f"{month:%Y-%m}" for month in pauses.months_away(found)),
			"returns_on": now.returns_on if now else None,
		}
	)
