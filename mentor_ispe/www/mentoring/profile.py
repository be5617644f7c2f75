"""One's own profile, or the making of one."""

from __future__ import annotations

from frappe import _

from mentor_ispe.portal import page, profile_form

no_cache = 1


def get_context(context):
	profile = page.base_context(context, _("Your profile"), "/mentoring/profile")
	if not context.signed_in:
		page.sign_in(context)
	profile_form.prepare(context, profile, list(profile_form.ALL))
	return context
