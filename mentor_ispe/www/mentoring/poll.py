"""The page behind the links of a poll's mail: choose, then one button. No login is needed.

Opening the link changes nothing: programs that check mails open every link in them.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, cstr

from mentor_ispe.portal import page
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.polls import queries

no_cache = 1


def get_context(context):
	page.base_context(context, _("Which times work for you?"))
	# The address is a key: no other site is to be told it.
	context.metatags = {"robots": "noindex", "referrer": "no-referrer"}
	context.token = cstr(frappe.form_dict.get("token"))
	found = queries.by_link(context.token)
	context.poll = None
	if found:
		context.poll, profile = found
		context.clock = Clock.of(profile)
		context.answers_as = frappe.db.get_value("Mentoring Profile", profile, "full_name")
		context.choose = cint(frappe.form_dict.get("choose"))
		time = cint(frappe.form_dict.get("time"))
		context.chosen = context.poll.mine if context.poll.mine is not None else [time]
	return context
