"""Who may see a credit record, and the record as a PDF."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from mentor_ispe.services.credit.record import record
from mentor_ispe.services.groups.group_people import seat_in
from mentor_ispe.services.members.profiles import profile_of
from mentor_ispe.services.prints.paper import pdf_from
from mentor_ispe.setup.roles import COORDINATOR

PRINT_FORMAT = "Mentoring Credit Record"
# An audit may come years after the two went apart; who withdrew asks the coordinators.
SEATS_WITH_RECORD = ("Active", "Suspended", "Completed", "Ended")


def is_coordinator(user: str | None = None) -> bool:
	user = user or frappe.session.user
	return user == "Administrator" or bool({COORDINATOR, "System Manager"} & set(frappe.get_roles(user)))


def check_reader(group: str, user: str | None = None) -> None:
	"""Refuse everyone but the people of the group and the coordinators."""
	user = user or frappe.session.user
	if is_coordinator(user):
		return
	profile = profile_of(user) if user != "Guest" else None
	seat = seat_in(group, profile) if profile else None
	if seat is None or seat.status not in SEATS_WITH_RECORD:
		raise frappe.PermissionError(_("The credit record is for the two partners and the coordinators."))


def mentoring_credit_record(group: str) -> dict[str, Any]:
	"""The record for the print format, which Frappe renders for whoever may read the group."""
	check_reader(group)
	return record(group)


def pdf(group: str) -> bytes:
	"""The record as a PDF, by the print format and the PDF generator of Frappe.

	Raises PermissionError for others than the partners and coordinators, RuleViolation where no credit is
	earned.
	"""
	mentoring_credit_record(group)  # says why not before a page is rendered
	page = frappe.get_print("Mentoring Group", group, print_format=PRINT_FORMAT, no_letterhead=1)
	return pdf_from(page, "Mentoring Group", group)
