"""An application as it is sent from the members' pages: every part at once, with what is signed for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import apply as applying
from mentor_ispe.services.applications import drafts
from mentor_ispe.services.applications.participant_step import record_name
from mentor_ispe.services.members.member_status import REQUIRED_OF
from mentor_ispe.services.readiness import agreements


def send(
	profile: str,
	cycle: str,
	answers: Mapping[str, Mapping[str, Any]],
	signed: Collection[str],
) -> list:
	"""Apply to the cycle with `answers` by role ("Mentor", "Mentee"), and sign; the draft is dropped.

	`signed` are the agreements that the person ticked. What isn't signed now stays asked of them, and keeps
	them from meeting, not from applying: see `services/readiness/readiness.py`, which holds through every door.
	All in the caller's transaction; raises RuleViolation.
	"""
	if not answers:
		frappe.throw(_("Say first as what you would like to take part."), exc=RuleViolation)
	owed = to_sign(profile, cycle, list(answers))
	records = [applying.apply(profile, cycle, role, values) for role, values in answers.items()]
	for row in owed:
		if row.name in signed:
			agreements.sign(row.name, profile)
	drafts.drop(profile, cycle)
	return records


def change(profile: str, cycle: str, answers: Mapping[str, Mapping[str, Any]]) -> None:
	"""Change the answers of applications that wait for their decision, by role."""
	for role, values in answers.items():
		name = record_name(role, profile, cycle)
		if frappe.db.get_value(role, name, "status") != "Applied":
			frappe.throw(
				_("Only an application that waits for its decision can be changed; ask the coordinators."),
				exc=RuleViolation,
			)
		doc = frappe.get_doc(role, name, for_update=True)
		applying.fill(doc, values)
		doc.save(ignore_permissions=True)


def to_sign(profile: str, cycle: str, roles: Sequence[str]) -> list[frappe._dict]:
	"""Agreements that the program of the cycle requires in these roles and the person hasn't signed: with text."""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	required = {each for role in roles for each in REQUIRED_OF[role]}
	row, agreement = (
		frappe.qb.DocType("Mentoring Program Agreement"),
		frappe.qb.DocType("Mentoring Agreement"),
	)
	acceptance = frappe.qb.DocType("Mentoring Agreement Acceptance")
	signed = (
		frappe.qb.from_(acceptance)
		.select(acceptance.agreement)
		.where(acceptance.profile == profile)
		.distinct()
	)
	rows = (
		frappe.qb.from_(row)
		.join(agreement)
		.on(agreement.name == row.agreement)
		.select(agreement.name, agreement.title, agreement.version, agreement.text)
		.where((row.parent == program) & (row.parenttype == "Mentoring Program"))
		.where(row.required_of.isin(sorted(required) or [""]) & (agreement.status == "Published"))
		.where(agreement.name.notin(signed))
		.orderby(row.idx)
	).run(as_dict=True)
	return list({each.name: each for each in rows}.values())
