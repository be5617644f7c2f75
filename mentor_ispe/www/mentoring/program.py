"""One program for everyone: what it is, its rules in plain words, when one may apply."""

from __future__ import annotations

import frappe
from frappe.utils import cstr

from mentor_ispe.portal import html_text, membership_note, page, program_facts
from mentor_ispe.services.members import joining, member_status
from mentor_ispe.services.programs import queries

no_cache = 1


def get_context(context):
	found = queries.described([cstr(frappe.form_dict.get("program"))])
	if not found:
		page.not_found()
	program = found[0]
	profile = page.base_context(context, program.name, "/mentoring")
	context.program = program
	context.safe_html = html_text.safe_html
	context.facts = program_facts.facts(program)
	if context.signed_in:
		membership = joining.membership_of(profile, frappe.session.user)
		context.notes = membership_note.notes(membership, found, context.clock)
	context.applied = member_status.applied_to(profile) if profile else set()
	context.role_options = program_facts.apply_words
	return context
