"""Who may see a credit record, and the record as a PDF."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from mentor_ispe.permissions.gate import RECORD, holds_seat, is_coordinator, signed_in_profile
from mentor_ispe.services.credit.record import record
from mentor_ispe.services.prints.paper import page_of, pdf_from

PRINT_FORMAT = "Mentoring Credit Record"


def check_reader(group: str) -> None:
	"""Refuse everyone but the people of the group and the coordinators."""
	if is_coordinator():
		return
	profile = signed_in_profile()
	if not (profile and holds_seat(group, profile, RECORD)):
		raise frappe.PermissionError(_("The credit record is for the two partners and the coordinators."))


def mentoring_credit_record(group: str) -> dict[str, Any]:
	"""The record for the print format, which Frappe renders for whoever may read the group."""
	check_reader(group)
	return record(group, of=signed_in_profile())


def pdf(group: str) -> bytes:
	"""The record as a PDF, by the print format and the PDF generator of Frappe.

	Raises PermissionError for others than the partners and coordinators, RuleViolation where no credit is
	earned.
	"""
	mentoring_credit_record(group)  # says why not before a page is rendered
	page = page_of("Mentoring Group", group, PRINT_FORMAT, no_letterhead=1)
	return pdf_from(page, "Mentoring Group", group)
