"""One's own data: who sees it, the calendar's address, a copy, taking part, erasure."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.portal import page, state_words
from mentor_ispe.services import calendar_feed, erasure, member_status, own_data

no_cache = 1
STANDS = ("Applied", "Approved", "Active")


def get_context(context):
	profile = page.require_profile(context, _("My data"), "/mentoring/data")
	status = member_status.status_of(profile)
	context.groups = own_data.readers(profile)
	context.calendar = calendar_feed.address(profile)
	# Pages are rolled back at their end, and an address that was just made is to be kept.
	frappe.local.flags.commit = True
	context.taking_part = [row for row in status["applications"] if row["status"] in STANDS]
	context.role_words = state_words.role_words
	context.mentoring = frappe.get_all(
		"Mentor",
		{"profile": profile, "status": ("in", (*STANDS, "Completed"))},
		["name", "cycle", "status", "seats_offered", "seats_taken", "pauses_next", "next_seats"],
		order_by="creation desc",
		limit=3,
	)
	context.erasure = erasure.pending(frappe.session.user)
	return context
