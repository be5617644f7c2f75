"""Somebody who takes part no longer, in anything: they have died, or asked for it."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.domain.statuses import TAKES_PART
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications.commands import withdraw

PROFILE = "Mentoring Profile"


def end_participation(profile: str, reason: str, no_mails: bool) -> int:
	"""Withdraw every application of this person; returns how many. With `no_mails` nothing is sent to them.

	Their groups go on without them, pairs end; the others are told that they left, coordinators the reason too.
	Raises RuleViolation without a reason.
	"""
	if not reason.strip():
		frappe.throw(_("Say why in a few words. Coordinators can read it."), exc=RuleViolation)
	if no_mails:
		# First, so that not even the mails about this go out to them.
		doc = frappe.get_doc(PROFILE, profile, for_update=True)
		doc.no_mails = 1
		doc.save(ignore_permissions=True)
	ended = 0
	for doctype in ("Mentor", "Mentee"):
		filters = {"profile": profile, "status": ("in", TAKES_PART)}
		for name in frappe.get_all(doctype, filters, pluck="name", order_by="name"):
			withdraw(doctype, name, reason)
			ended += 1
	return ended
