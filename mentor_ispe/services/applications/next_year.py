"""What a mentor says of their seats: fewer now, fewer or none in the next cycle. This year's people stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import eligibility

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

STANDS = ("Applied", "Approved", "Active", "Completed")


def plan(profile: str, mentor: str, seats_now: int | None, pauses: bool, next_seats: int) -> Mentor:
	"""Set the seats of the running cycle (None: as they are) and what holds for the next one (0: as now).

	Nobody who has a seat loses it: fewer than are taken are refused by the rules of the record.
	"""
	if frappe.db.get_value("Mentor", mentor, "profile") != profile:
		raise frappe.PermissionError(_("This isn't your own."))
	doc = frappe.get_doc("Mentor", mentor, for_update=True)
	if doc.status not in STANDS:
		frappe.throw(_("You take no part as a mentor there any more."), exc=RuleViolation)
	if next_seats < 0:
		frappe.throw(_("Offer at least one seat, or pause."), exc=RuleViolation)
	if seats_now is not None and seats_now > doc.seats_offered:
		eligibility.require(profile, doc.program)
	if seats_now is not None and seats_now != doc.seats_offered:
		doc.seats_offered = seats_now
	doc.update({"pauses_next": int(pauses), "next_seats": 0 if pauses else next_seats})
	return doc.save(ignore_permissions=True)


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
