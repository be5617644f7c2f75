"""Publish, renew and sign agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe

from mentor_ispe.domain.sessions.readiness import acceptance_name
from mentor_ispe.services.polls import polling
from mentor_ispe.services.sessions import attendance_lists

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_agreement.mentoring_agreement import MentoringAgreement
	from mentor_ispe.mentor_ispe.doctype.mentoring_agreement_acceptance.mentoring_agreement_acceptance import (
		MentoringAgreementAcceptance,
	)


def publish(name: str) -> MentoringAgreement:
	"""Publish a drafted agreement; it takes the place of the version before, in the programs too."""
	doc = frappe.get_doc("Mentoring Agreement", name, for_update=True)
	doc.status = "Published"
	doc.save()
	before = frappe.get_all(
		"Mentoring Agreement",
		{"title": doc.title, "status": "Published", "name": ("!=", name)},
		pluck="name",
	)
	for old in before:
		earlier = frappe.get_doc("Mentoring Agreement", old, for_update=True)
		earlier.status = "Superseded"
		earlier.save()
		rows = frappe.get_all(
			"Mentoring Program Agreement",
			{"agreement": old, "parenttype": "Mentoring Program"},
			pluck="parent",
		)
		for program in sorted(set(rows)):
			_replace(program, old, name)
	return doc


def _replace(program: str, old: str, new: str) -> None:
	doc = frappe.get_doc("Mentoring Program", program, for_update=True)
	for row in doc.agreements:
		if row.agreement == old:
			row.agreement = new
	doc.save()


def new_version(name: str) -> MentoringAgreement:
	"""Draft the next version of a published agreement, with its text to start from."""
	old = frappe.get_doc("Mentoring Agreement", name)
	doc = frappe.new_doc("Mentoring Agreement")
	doc.update({"title": old.title, "text": old.text})
	return doc.insert()


def sign(agreement: str, profile: str, cycle: str | None = None) -> MentoringAgreementAcceptance:
	"""Sign an agreement for `profile`; signing twice changes nothing.

	With `cycle` it is signed anew for that cycle, as those do whose group goes on from an earlier one.
	"""
	signed = frappe.db.exists("Mentoring Agreement Acceptance", acceptance_name(agreement, profile, cycle))
	if signed:
		return frappe.get_doc("Mentoring Agreement Acceptance", signed)
	doc = frappe.new_doc("Mentoring Agreement Acceptance")
	doc.update({"agreement": agreement, "profile": profile, "cycle": cycle})
	doc.insert(ignore_permissions=True)
	attendance_lists.invite_to_planned_meetings(profile)
	polling.decide_waiting(profile)
	return doc
