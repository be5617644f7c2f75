"""One match: who, why, how long there is, accept or decline."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.portal import page, status_text
from mentor_ispe.readings.faces import without_photo
from mentor_ispe.services.groups import group_view
from mentor_ispe.services.matching import for_members
from mentor_ispe.services.members import sharing

no_cache = 1
OVER = ("Declined", "Expired", "Withdrawn", "Ended")


def get_context(context):
	profile = page.require_profile(context, _("Your match"), "/mentoring")
	match = for_members.match_for_member(cstr(frappe.form_dict.get("group")), profile)
	if not match:
		page.not_found()
	if match["seat"] in OVER:
		match["people"] = []
	context.match = match
	context.without_photo = without_photo
	context.asked = match["seat"] == "Proposed" and match["status"] in ("Proposed", "Active")
	context.title = _("Your match: {0}").format(match["title"]) if context.asked else cstr(match["title"])
	context.role_words = status_text.role_words
	context.program = frappe.db.get_value(
		"Mentoring Program",
		match["program"],
		["name", "length_months", "mentees_rank", "share_email"],
		as_dict=True,
	)
	context.share_email = bool(context.program.share_email) or sharing.shares_email(profile)
	view = group_view.look(match["name"], profile) if match["seat"] == "Accepted" else None
	context.may_write = bool(view and view.standing.writes)
	context.cycle = frappe.db.get_value(
		"Mentoring Cycle", match["cycle"], ["name", "start_date", "end_date", "kickoff_on"], as_dict=True
	)
	return context
