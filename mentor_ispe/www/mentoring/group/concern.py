"""Raise a concern about a group that one is or was in, and read what came of one's own."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.permissions.own_session import sign_in_words
from mentor_ispe.portal import group_page
from mentor_ispe.services import concerns

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "concern")
	context.sign_in = sign_in_words()
	raised = [] if context.sign_in else concerns.raised_by(view.me.profile)
	context.own = [row for row in raised if row["mentoring_group"] == view.name]
	kinds = frappe.get_meta("Mentoring Concern").get_field("kind").options.split("\n")
	context.kinds = [(kind, _(kind)) for kind in kinds if kind]
	return context
