"""What a browser shows without a connection; it is kept as a guest sees it."""

from __future__ import annotations

from frappe import _

from mentor_ispe.portal import page

no_cache = 1


def get_context(context):
	page.base_context(context, _("You're offline"))
	context.hide_login = 1
	context.metatags = {"robots": "noindex"}
	return context
