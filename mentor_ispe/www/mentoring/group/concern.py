"""Raise a concern about a group that one is or was in, and read what came of one's own."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.permissions.own_session import sign_in_words
from mentor_ispe.portal import group_page
from mentor_ispe.services import concerns
from mentor_ispe.services.conversation import reading
from mentor_ispe.services.groups.group_view import View

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "concern")
	context.sign_in = sign_in_words()
	raised = [] if context.sign_in else concerns.raised_by(view.me.profile)
	context.own = [row for row in raised if row["mentoring_group"] == view.name]
	kinds = frappe.get_meta("Mentoring Concern").get_field("kind").options.split("\n")
	context.message = None if context.sign_in else _message(view)
	context.kinds = [(kind, _(kind)) for kind in kinds if kind]
	return context


def _message(view: View) -> dict[str, Any] | None:
	"""The message that the concern is about, if the address of the page names one of this group."""
	asked = cstr(frappe.form_dict.get("message"))
	if not asked or not view.talks:
		return None
	try:
		found = reading.one(asked, view.me.profile)
	except frappe.PermissionError:
		return None
	return found if found["group"] == view.name and not found["deleted"] else None
