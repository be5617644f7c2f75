"""The conversation of a group."""

from __future__ import annotations

import frappe
from frappe.utils import cint

from mentor_ispe.permissions.own_session import sign_in_words
from mentor_ispe.portal import conversation_page, group_page
from mentor_ispe.services import openings
from mentor_ispe.services.conversation import access, reading, settings

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "messages")
	me = view.me.profile
	context.sign_in = sign_in_words()
	context.token = frappe.generate_hash(length=20)
	context.others = [
		one.full_name for one in view.people if one.profile in view.writers and one.profile != me
	]
	context.read_only = access.why_read_only(view)
	context.openings = openings.of_messages(view.name)
	context.shows_read_marks = settings.shows_read_marks(me)
	context.messages, context.earlier, context.newest = [], 0, 0
	if context.sign_in:
		return context
	before = max(0, cint(frappe.form_dict.get("before")))
	context.update(reading.page(view.name, me, before, view))
	context.older_page = bool(before)
	context.pieces = reading.pieces
	if context.messages:
		context.newest = context.messages[-1]["number"]
		conversation_page.mark_read(view.name, me, context.newest)
	return context
