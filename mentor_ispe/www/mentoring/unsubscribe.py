"""The page behind "Unsubscribe" of a mail: one button, no login.

Mail programs send the button themselves (RFC 8058): a POST to this address, without a cookie and without our page.
Opening the link changes nothing: programs that check mails open every link in them.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, cstr

from mentor_ispe.permissions import signed_links
from mentor_ispe.portal import page
from mentor_ispe.services.members import profiles

no_cache = 1
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def get_context(context):
	page.base_context(context, _("Stop optional emails?"))
	# The address is a key: no other site is to be told it.
	context.metatags = {"robots": "noindex", "referrer": "no-referrer"}
	context.key = cstr(frappe.form_dict.get("k"))
	profile = signed_links.read_short(signed_links.OPTIONAL_MAILS, context.key, context.today)
	context.holds = bool(profile)
	context.stopped = bool(profile and cint(frappe.form_dict.get("done")) and profiles.needs_only(profile))
	if frappe.request.method == "POST" and frappe.request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]:
		context.stopped = profiles.stop_optional_mails(context.key)
		# Pages are rolled back at their end.
		frappe.local.flags.commit = True
	if context.stopped:
		context.title = _("Optional emails are off")
	return context
