"""The mentors of a cycle as cards, to rank or to ask where the program is open to it."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.matching.people import MAX_WISHES
from mentor_ispe.domain.participants import record_name
from mentor_ispe.exceptions import RuleViolation, error_text
from mentor_ispe.portal import apply_page, page
from mentor_ispe.readings.faces import without_photo
from mentor_ispe.services.matching import for_members

no_cache = 1


def get_context(context):
	profile = page.require_profile(context, _("The mentors"), "/mentoring")
	found = apply_page.find(cstr(frappe.form_dict.get("cycle")))
	if not found:
		page.not_found()
	program, cycle = found
	try:
		context.cards = for_members.mentor_cards(profile, cycle.name)
	except RuleViolation as refused:
		frappe.clear_messages()
		if not refused.violations:
			page.not_found()
		# The person takes part, but may not go on now: their membership lapsed, for example.
		context.refused = error_text(refused)
		context.cards = []
	context.program, context.cycle = program, cycle
	context.without_photo = without_photo
	mentee = record_name("Mentee", profile, cycle.name)
	status, seated = frappe.db.get_value("Mentee", mentee, ["status", "mentoring_group"])
	open_now = cycle.status in ("Open", "Matching") and not seated
	context.may_ask = bool(program.mentees_ask and open_now and status == "Approved")
	context.asks_later = bool(program.mentees_ask and open_now and status == "Applied")
	for card in context.cards:
		card["may_ask"] = True
	context.may_rank = bool(program.mentees_rank and open_now and status in ("Applied", "Approved"))
	context.wishes = frappe.get_all(
		"Mentoring Mentor Wish", {"parent": mentee, "parenttype": "Mentee"}, pluck="mentor", order_by="idx"
	)
	context.numbers = range(MAX_WISHES)
	context.address = apply_page.address
	return context
