"""One step of a Mentoring Group, whatever door it came through.

The controller calls `lock` before Frappe reads the stored group, `take` in validate and `follow_up`
in on_update; services and the Desk only set fields and save.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency import locks
from mentor_ispe.domain import groups as domain
from mentor_ispe.domain.effects import effects
from mentor_ispe.domain.group_rules import check
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.notifications import mentoring_group
from mentor_ispe.services.applications import eligibility
from mentor_ispe.services.applications.participant_step import promised_answer
from mentor_ispe.services.programs import open_cycle
from mentor_ispe.services.refusals import refuse
from mentor_ispe.services.sessions import joining

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def lock(doc: MentoringGroup) -> None:
	"""Lock everyone in the group, as it is stored and as it shall be, before the group itself."""
	mentors, mentees = ([], []) if doc.is_new() else locks.stored_people(doc.name)
	doc.flags.people = locks.lock_people(
		{name for name in (doc.mentor, *mentors) if name},
		{name for name in (*(row.mentee for row in doc.members), *mentees) if name},
	)


def take(doc: MentoringGroup) -> None:
	"""Work out what follows from the step, refuse it if a rule is broken, write it into `doc`."""
	_refuse_incomplete(doc)
	stored = doc.get_doc_before_save()
	before = _to_domain(stored) if stored else None
	_new_mentor_starts_over(doc, stored)
	asked = _to_domain(doc)
	rules = rules_of(doc.program)
	after = domain.advance(before, asked)
	facts = _facts(doc, before, after, rules)
	after = domain.settle(domain.hold_back(before, after, facts), rules)
	refuse(check(before, asked, after, facts))
	_write_back(doc, before, after)
	doc.flags.step = (before, after, facts)


def follow_up(doc: MentoringGroup) -> None:
	"""Write what the step changed for the people in the group; they are locked since `lock`."""
	before, after, facts = doc.flags.step
	after = replace(after, name=doc.name)
	mentors, mentees = effects(before, after, facts)
	locked_mentors, locked_mentees = doc.flags.people
	for effect in mentors:
		row = locked_mentors[effect.name]
		values = {"seats_taken": effect.seats_taken, "status": effect.status}
		_promise_anew(doc, row, values)
		_store("Mentor", row, values)
	for effect in mentees:
		row = locked_mentees[effect.name]
		values = {"mentoring_group": effect.group, "status": effect.status}
		if effect.seated:
			values["waiting_since"] = None
		elif effect.waits_again and not row.waiting_since:
			values["waiting_since"] = now_datetime()
		if effect.declined != _declined(row):
			values["declined_mentors"] = json.dumps(sorted(effect.declined))
		_promise_anew(doc, row, values)
		_store("Mentee", row, values)
	mentoring_group.group_changed(doc, before, after, facts)
	joining.follow_group(doc, before, after)
	if any(domain.newly_committed(before, after)):
		open_cycle.refuse_if_closed(doc.cycle)


def _promise_anew(doc: MentoringGroup, row: frappe._dict, values: dict) -> None:
	"""Who waits again after a group that had started is answered within the program's time from now on."""
	if row.status == "Active" and values["status"] == "Approved":
		values["answer_by"] = promised_answer(doc.cycle, today())


def _refuse_incomplete(doc: MentoringGroup) -> None:
	"""The rules can't do without these, and Frappe asks for missing values only after them.

	Of a link whose record brings in other fields it doesn't even ask whether the record exists.
	"""
	mentors, mentees = doc.flags.people
	broken = []
	if not (doc.cycle and frappe.db.exists("Mentoring Cycle", doc.cycle)):
		broken.append(Violation("incomplete", N_("Choose the cycle of this group.")))
	if doc.mentor and doc.mentor not in mentors:
		broken.append(Violation("incomplete", N_("There is no mentor {name}."), {"name": doc.mentor}))
	broken += [
		Violation("incomplete", N_("Choose a mentee in row {row}."), {"row": row.idx})
		for row in doc.members
		if row.mentee not in mentees
	]
	refuse(broken)


def _store(doctype: str, row: frappe._dict, values: dict) -> None:
	"""Write what differs. A new status counts as a change of the record, so that nobody saves over it."""
	changed = {key: value for key, value in values.items() if row.get(key) != value}
	if changed:
		frappe.db.set_value(doctype, row.name, changed, update_modified="status" in changed)
		row.update(changed)


def _to_domain(doc: MentoringGroup) -> domain.Group:
	mentor = None
	if doc.mentor:
		mentor = domain.Seat(
			person=doc.mentor,
			status=doc.mentor_status or "Draft",
			reason=cstr(doc.mentor_reason),
			suspended_from=cstr(doc.mentor_suspended_from),
		)
	return domain.Group(
		name=None if doc.is_new() else doc.name,
		cycle=doc.cycle,
		status=doc.status,
		mentor=mentor,
		members=tuple(
			domain.Seat(
				person=row.mentee,
				status=row.status or "Draft",
				reason=cstr(row.reason),
				suspended_from=cstr(row.suspended_from),
			)
			for row in doc.members
		),
		moderators=tuple(
			row.mentee for row in doc.members if row.is_moderator and row.status not in domain.GONE_SEATS
		),
		end_reason=cstr(doc.end_reason),
	)


def _new_mentor_starts_over(doc: MentoringGroup, stored: MentoringGroup | None) -> None:
	"""Another mentor doesn't inherit the answer of the one before."""
	if stored is None or stored.mentor == doc.mentor:
		return
	doc.update(
		{
			"mentor_status": "Draft",
			"mentor_responded_on": None,
			"mentor_reason": None,
			"mentor_suspended_from": None,
		}
	)


def rules_of(program: str) -> domain.GroupRules:
	"""What the program says of its groups."""
	program = frappe.get_cached_doc("Mentoring Program", program)
	return domain.GroupRules(
		format=program.format,
		size_min=program.group_size_min,
		size_max=program.group_size_max,
		requires_moderator=bool(program.requires_moderator),
		employers_apart=bool(program.employers_apart),
	)


def _facts(
	doc: MentoringGroup, before: domain.Group | None, after: domain.Group, rules: domain.GroupRules
) -> domain.Facts:
	mentors, mentees = doc.flags.people
	committed_mentors, committed_mentees = domain.newly_committed(before, after)
	committed = [mentors[name].profile for name in committed_mentors]
	committed += [mentees[name].profile for name in committed_mentees]
	refusals = eligibility.refusals(committed, doc.program) if committed else {}
	employers = _employers([row.profile for row in (*mentors.values(), *mentees.values())])
	elsewhere = {
		row.mentoring_group for row in mentees.values() if row.mentoring_group not in (None, doc.name)
	}
	titles = _titles(elsewhere)

	def mentor(row: frappe._dict) -> domain.Person:
		here = before is not None and before.mentor is not None and before.mentor.person == row.name
		return domain.Person(
			name=row.name,
			full_name=row.full_name,
			profile=row.profile,
			cycle=row.cycle,
			status=row.status,
			employer=employers.get(row.profile, ""),
			seats_offered=row.seats_offered,
			seats_taken=row.seats_taken - (domain.seats_held(before) if here else 0),
			refusals=refusals.get(row.profile, ()),
		)

	def mentee(row: frappe._dict) -> domain.Person:
		other = row.mentoring_group if row.mentoring_group in elsewhere else None
		return domain.Person(
			name=row.name,
			full_name=row.full_name,
			profile=row.profile,
			cycle=row.cycle,
			status=row.status,
			employer=employers.get(row.profile, ""),
			group=other,
			group_title=titles.get(other, ""),
			declined=_declined(row),
			willing_to_moderate=bool(row.willing_to_moderate),
			refusals=refusals.get(row.profile, ()),
		)

	return domain.Facts(
		rules=rules,
		cycle_status=frappe.db.get_value("Mentoring Cycle", doc.cycle, "status"),
		mentors={name: mentor(row) for name, row in mentors.items()},
		mentees={name: mentee(row) for name, row in mentees.items()},
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
	moderated = {row.name for row in stored.members if row.is_moderator} if stored else set()
	for row, seat in zip(doc.members, after.members, strict=True):
		_stamp(row, seat, before.member(seat.person) if before else None, now, day)
		if seat.status == "Completed":
			row.is_moderator = int(row.name in moderated)  # who moderated to the end did so for good
		else:
			row.is_moderator = int(seat.person in after.moderators and seat.status not in domain.GONE_SEATS)
	if after.mentor:
		old = (
			before.mentor
			if before and before.mentor and before.mentor.person == after.mentor.person
			else None
		)
		doc.mentor_status = after.mentor.status
		doc.mentor_suspended_from = after.mentor.suspended_from
		if _answered(old, after.mentor):
			doc.mentor_responded_on = now
	else:
		doc.mentor_status = "Draft"
	old_status = before.status if before else "Draft"
	doc.status, doc.end_reason = after.status, after.end_reason
	if after.status != old_status:
		if after.status == "Proposed":
			doc.proposed_on = now
		elif after.status == "Active":
			doc.start_date = day
		elif after.status in domain.CLOSING:
			doc.end_date = day


def _stamp(row, seat: domain.Seat, old: domain.Seat | None, now, day) -> None:
	changed = old is None or old.status != seat.status
	row.status, row.suspended_from = seat.status, seat.suspended_from
	if not changed:
		return
	if seat.status == "Proposed":
		row.proposed_on = now
	if _answered(old, seat):
		row.responded_on = now
	if seat.status == "Active" and not row.joined_on:
		row.joined_on = day
	if seat.status in domain.GONE_SEATS:
		row.left_on = day


def _answered(old: domain.Seat | None, new: domain.Seat) -> bool:
	return (old is None or old.status == "Proposed") and new.status in {"Accepted", "Active", "Declined"}
