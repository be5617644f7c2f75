"""What there is to know of applications: what somebody answered, has typed so far, still has to sign."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.clock import today
from mentor_ispe.domain.application_fields import APPLICATION_FIELDS, NUMBER, TOPICS, Role, names
from mentor_ispe.domain.spreadsheet_cells import inert
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_application_draft.mentoring_application_draft import draft_name
from mentor_ispe.readings.readiness import unsigned

DRAFT = "Mentoring Application Draft"


def draft_of(profile: str, cycle: str) -> dict[str, Any]:
	"""The answers that the person has typed so far, by role; empty when there is no draft."""
	kept = frappe.db.get_value(DRAFT, draft_name(profile, cycle), "answers")
	return json.loads(kept) if kept else {}


def usual_answers(role: Role, program: str | None) -> dict[str, Any]:
	"""What the form starts with where nothing is known: the program's usual numbers."""
	usual = {field.name: field.usual for field in APPLICATION_FIELDS[role] if field.usual}
	if not usual or not program:
		return dict.fromkeys(usual, 1)
	found = frappe.get_cached_value("Mentoring Program", program, list(usual.values()), as_dict=True)
	return {name: cint(found[source]) or 1 for name, source in usual.items()}


def prefill(profile: str, cycle: str, role: Role) -> dict[str, Any]:
	"""What this person answered when they last applied, to start the application to `cycle` from.

	Of the latest application in this role to the same program, else to any other; where that says no topics,
	those of the profile. Empty answers are left out.
	"""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	extra = ["next_seats"] if role == "Mentor" else []
	earlier = frappe.get_all(
		role,
		{"profile": profile, "cycle": ("!=", cycle)},
		["name", "program", *_columns(role), *extra],
		order_by="applied_on desc, creation desc",
	)
	earlier.sort(key=lambda row: row.program != program)  # stable: the latest of each stay first
	values = answers_of(role, earlier[0]) if earlier else {}
	if earlier and earlier[0].get("next_seats"):  # what they said last year of this one
		values["seats_offered"] = earlier[0].next_seats
	values["topics"] = values.get("topics") or _topics("Mentoring Profile", profile, "topics")
	return {field: value for field, value in values.items() if value}


def answers_of(role: Role, row: Any) -> dict[str, Any]:
	"""The answers of an application, of which `row` has the columns."""
	lists = {field: _topics(role, row.name, field) for field in names(role, TOPICS)}
	return {field: lists.get(field, row.get(field)) for field in names(role)}


def others_offer_seats(cycle: str, profile: str) -> bool:
	"""Whether anybody else is there as a mentor of the cycle, so that there is somebody to choose from."""
	filters = {"cycle": cycle, "status": ("in", ("Approved", "Active")), "profile": ("!=", profile)}
	return bool(frappe.db.exists("Mentor", filters))


def pauses(profile: str, cycle: str) -> bool:
	"""Whether the person said, in the latest cycle of this program before, that they would pause now."""
	program, start = frappe.db.get_value("Mentoring Cycle", cycle, ["program", "start_date"])
	mentor, before = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentoring Cycle")
	rows = (
		frappe.qb.from_(mentor)
		.join(before)
		.on(before.name == mentor.cycle)
		.select(mentor.pauses_next)
		.where((mentor.profile == profile) & (before.program == program) & (before.start_date < start))
		.orderby(before.start_date, order=frappe.qb.desc)
		.limit(1)
	).run()
	return bool(rows and rows[0][0])


def to_sign(profile: str, cycle: str, roles: Sequence[str]) -> list[frappe._dict]:
	"""Agreements that the program of the cycle requires in these roles and the person hasn't signed: with text."""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	wanted = [name for name, _cycle in unsigned(profile, {program: roles}, today())]
	rows = frappe.get_all(
		"Mentoring Agreement",
		{"name": ("in", wanted or [""]), "status": "Published"},
		["name", "title", "version", "text"],
	)
	return sorted(rows, key=lambda row: wanted.index(row.name))


def _columns(role: Role) -> list[str]:
	return [field for field in names(role) if field not in names(role, TOPICS)]


def _topics(doctype: str, name: str, field: str) -> list[str]:
	return frappe.get_all(
		"Mentoring Topic Item",
		{"parenttype": doctype, "parentfield": field, "parent": name},
		pluck="topic",
		order_by="idx",
	)


# What Data Import passes over, since no field is called so: for the eyes of who fills the file in.
WHO = ("who (not imported)", "address (not imported)")


def import_template(doctype: str, cycle: str) -> str:
	"""CSV with a row for everybody who hasn't applied to this cycle in this way; delete those who don't.

	The headings are names of fields; a person is named by the ID of the profile, so that two people of one
	name aren't mixed up. Raises RuleViolation for a cycle that isn't there. Two queries.
	"""
	if not frappe.db.exists("Mentoring Cycle", cycle):
		frappe.throw(_("There is no cycle {0}.").format(cycle), exc=RuleViolation)
	applied = frappe.get_all(doctype, {"cycle": cycle}, pluck="profile", order_by=None)
	people = frappe.get_list(
		"Mentoring Profile",
		{"name": ["not in", applied or [""]]},
		["name", "full_name", "email"],
		order_by="full_name, name",
		limit=0,
	)
	fields = APPLICATION_FIELDS[doctype]
	answers = [f"{field.name}.topic" if field.kind == TOPICS else field.name for field in fields]
	empty = ["1" if field.kind == NUMBER else "" for field in fields]
	file = StringIO()
	writer = csv.writer(file)
	writer.writerow(["profile", *WHO, "cycle", "status", *answers])
	for person in people:
		writer.writerow([person.name, inert(person.full_name), inert(person.email), cycle, "Applied", *empty])
	return file.getvalue()
