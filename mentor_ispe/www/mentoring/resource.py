"""One resource of the library: its words, its link, its file."""

from __future__ import annotations

import frappe
from frappe.utils import cstr

from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.portal import page
from mentor_ispe.services.library import resources

no_cache = 1


def get_context(context):
	profile = page.require_profile(context, "", "/mentoring/library")
	found = resources.read(cstr(frappe.form_dict.get("resource")), profile)
	if not found:
		page.not_found()
	context.title = found["title"]
	context.resource = found
	context.words = editor_text(found["content"])
	return context
