"""Apply to a cycle, screen by screen; see portal/apply_page.py."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.portal import apply_page, page, year

no_cache = 1


def get_context(context):
	found = apply_page.find(cstr(frappe.form_dict.get("cycle")))
	if not found:
		page.not_found()
	program, cycle = found
	profile = page.base_context(context, _("Apply: {0}").format(cycle.name), "/mentoring")
	if not context.signed_in:
		page.sign_in(context)
	apply_page.prepare(context, program, cycle, profile)
	if context.screen == "done":
		context.title = _("Your application: {0}").format(cycle.name)
		context.year = year.of_cycle(cycle, context.today)
	return context
