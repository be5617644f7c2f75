"""What is shown in the place of a page that doesn't exist, or not for this reader (portal/missing.py)."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.portal import html_form, page

no_cache = 1


def get_context(context):
	if not frappe.local.flags.mentoring_missing:
		frappe.local.flags.redirect_location = html_form.HOME
		raise frappe.Redirect
	page.base_context(context, _("Page not found"))
	context.metatags = {"robots": "noindex"}
	return context
