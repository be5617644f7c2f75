"""A form that couldn't be done: from somebody whose session had ended, or from another site."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.portal import html_form, page

no_cache = 1


def get_context(context):
	refused = frappe.local.flags.mentoring_refused_form
	if not refused:
		frappe.local.flags.redirect_location = html_form.HOME
		raise frappe.Redirect
	page.base_context(context, _("You are signed out"))
	context.update(refused)
	if context.foreign:
		context.title = _("This form came from another site")
	# What a person wrote, not what the form said by itself.
	context.words = [value for _name, value in context.fields if " " in value.strip()]
	return context
