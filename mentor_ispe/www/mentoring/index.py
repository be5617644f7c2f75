"""The members' page: programs for everyone; for who is signed in, where they stand and what is asked."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.services import member_status, profiles, public_programs

no_cache = 1


def get_context(context):
	context.title = _("Mentoring")
	context.programs = public_programs.published()
	context.signed_in = frappe.session.user != "Guest"
	profile = profiles.profile_of(frappe.session.user) if context.signed_in else None
	context.me = member_status.status_of(profile) if profile else None
	return context
