"""Workshops: tell those concerned, sign up, give a place back, note who came, remind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import now_datetime
from pypika.terms import Criterion

from mentor_ispe.clock import today
from mentor_ispe.domain.workshops import HOLDING_ON
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.notifications import mentoring_workshop
from mentor_ispe.readings.workshop_people import Parts, concerned, parts_in

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_workshop.mentoring_workshop import MentoringWorkshop

WORKSHOP, PARTICIPANT = "Mentoring Workshop", "Mentoring Workshop Participant"
BATCH = 100
SHOWN = (
	*(
		"name",
		"title",
		"program",
		"cycle",
		"status",
		"audience",
		"is_training",
		"starts_on",
		"duration_minutes",
	),
	*("sign_up_until", "mode", "location", "link", "places", "places_taken", "description"),
)


def announce(workshop: str) -> MentoringWorkshop:
	"""Tell everyone whom a planned workshop concerns; told again, only those who joined since then are."""
	doc = _locked(workshop)
	if doc.status != "Planned":
		frappe.throw(_("Only a planned workshop can be announced."), exc=RuleViolation)
	doc.check_permission("write")
	if not doc.announced_on:
		doc.db_set("announced_on", now_datetime())
	people = parts_in([doc.program])[doc.program]
	mentoring_workshop.announce_workshops([(doc, _wanted(doc, people))])
	return doc


def sign_up(workshop: str, profile: str) -> MentoringWorkshop:
	"""Give a person a place, or put them on the waiting list; signing up twice changes nothing.

	By the rules for members, whoever asks: the workshop is for them, and the sign-up is still open.
	"""
	doc = _locked(workshop)
	row = _row(doc, profile)
	if row and row.status in HOLDING_ON:
		return doc
	if row:
		row.status = "Signed Up"
	else:
		doc.append("participants", {"profile": profile, "status": "Signed Up"})
	return _save_for_member(doc)


def cancel(workshop: str, profile: str) -> MentoringWorkshop:
	"""Give a person's place back; whoever waited longest gets it."""
	doc = _locked(workshop)
	row = _row(doc, profile)
	if not row:
		frappe.throw(_("You haven't signed up for this workshop."), exc=RuleViolation)
	row.status = "Cancelled"
	return _save_for_member(doc)


def attendance(workshop: str, attended: Collection[str]) -> MentoringWorkshop:
	"""Note who came, as profiles: the others who had a place missed it; the workshop was held.

	Called again it corrects what was noted. Somebody who came without a place is added.
	"""
	doc = _locked(workshop)
	there = {row.profile for row in doc.participants}
	for row in doc.participants:
		if row.profile in attended:
			row.status = "Attended"
		elif row.status in ("Signed Up", "Attended"):
			row.status = "Missed"
		elif row.status == "Waiting":
			row.status = "Cancelled"
	for profile in sorted(set(attended) - there):
		doc.append("participants", {"profile": profile, "status": "Attended"})
	doc.status = "Held"
	return doc.save()


def call_off(workshop: str, reason: str) -> MentoringWorkshop:
	"""Cancel a workshop, with words to those who signed up."""
	doc = _locked(workshop)
	doc.update({"status": "Cancelled", "cancel_reason": reason})
	return doc.save()


def offered_to(profile: str) -> list[dict]:
	"""The workshops that concern a person or that they signed up for, next first; a constant number of queries."""
	row = frappe.qb.DocType(PARTICIPANT)
	mine = dict(
		frappe.qb.from_(row)
		.select(row.parent, row.status)
		.where((row.profile == profile) & (row.parenttype == WORKSHOP))
		.run()
	)
	programs = _programs_of(profile)
	parts = {program: found.get(profile) for program, found in parts_in(programs, [profile]).items()}
	rows = frappe.get_all(
		WORKSHOP,
		or_filters=[["name", "in", list(mine) or [""]], ["program", "in", programs or [""]]],
		fields=SHOWN,
		order_by="starts_on",
	)
	now, offered = now_datetime(), []
	for found in rows:
		theirs = parts.get(found.program)
		open_to = found.status == "Planned" and theirs and _is_for(found, profile, theirs)
		if found.name not in mine and not open_to:
			continue
		status = mine.get(found.name, "")
		until = found.sign_up_until or found.starts_on
		if status not in HOLDING_ON:
			found.link = None  # for those who come
		offered.append(
			{
				**found,
				"my_status": status,
				"may_sign_up": bool(open_to and until >= now and status not in HOLDING_ON),
			}
		)
	return offered


def tell_newcomers() -> int:
	"""Tell of announced workshops whoever joined a program since; returns how many people were told."""
	told = 0
	for batch in _planned(frappe.qb.DocType(WORKSHOP).announced_on.isnotnull()):
		people = parts_in({doc.program for doc in batch})
		told += mentoring_workshop.announce_workshops(
			[(doc, _wanted(doc, people[doc.program])) for doc in batch]
		)
	return told


def remind(on: date | None = None) -> int:
	"""Remind everyone with a place of the workshops of the day after `on` (default: today)."""
	day = (on or today()) + timedelta(days=1)
	first, last = datetime.combine(day, time.min), datetime.combine(day, time.max)
	told = 0
	for batch in _planned(frappe.qb.DocType(WORKSHOP).starts_on.between(first, last)):
		signed_up: dict[str, list[str]] = {}
		for row in frappe.get_all(
			PARTICIPANT,
			{"parent": ("in", [doc.name for doc in batch]), "parenttype": WORKSHOP, "status": "Signed Up"},
			["parent", "profile"],
		):
			signed_up.setdefault(row.parent, []).append(row.profile)
		told += mentoring_workshop.remind_of_workshops([(doc, signed_up.get(doc.name, [])) for doc in batch])
	return told


def _planned(condition: Criterion) -> Iterator[list[frappe._dict]]:
	"""Planned workshops that are still to come and meet the condition, in batches."""
	workshop = frappe.qb.DocType(WORKSHOP)
	query = (
		frappe.qb.from_(workshop)
		.select(workshop.star)
		.where((workshop.status == "Planned") & (workshop.starts_on > now_datetime()) & condition)
		.orderby(workshop.name)
		.limit(BATCH)
	)
	after = ""
	while batch := query.where(workshop.name > after).run(as_dict=True):
		yield batch
		after = batch[-1].name


def _wanted(doc, people: dict[str, Parts]) -> dict[str, bool]:
	"""Whom the workshop concerns → whether their program requires this training of them."""
	program = frappe.get_cached_doc("Mentoring Program", doc.program)
	required = {
		part
		for part, field in (
			("Mentor", "training_for_mentors"),
			("Mentee", "training_for_mentees"),
			("Moderator", "training_for_moderators"),
		)
		if doc.is_training and program.get(field)
	}
	return {
		profile: bool(people[profile].of(doc.cycle) & required)
		for profile in concerned(doc.audience, doc.cycle, people)
	}


def _is_for(row, profile: str, parts: Parts) -> bool:
	return bool(concerned(row.audience, row.cycle, {profile: parts}))


def _programs_of(profile: str) -> list[str]:
	return sorted(
		{
			program
			for doctype in ("Mentor", "Mentee")
			for program in frappe.get_all(doctype, {"profile": profile}, pluck="program")
		}
	)


def _locked(workshop: str) -> MentoringWorkshop:
	return frappe.get_doc(WORKSHOP, workshop, for_update=True)


def _row(doc: MentoringWorkshop, profile: str):
	return next((row for row in doc.participants if row.profile == profile), None)


def _save_for_member(doc: MentoringWorkshop) -> MentoringWorkshop:
	return doc.save(ignore_permissions=True)
