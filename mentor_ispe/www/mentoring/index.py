"""The first page: programs for everyone; for who is signed in what is next, and where they stand."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr, get_fullname

from mentor_ispe.mails.readers import first_name_of
from mentor_ispe.portal import home, membership_note, page, program_facts, status_text, welcome, year
from mentor_ispe.services.members import joining, member_status
from mentor_ispe.services.members.next_steps import steps_and_news
from mentor_ispe.services.programs import queries

no_cache = 1


def get_context(context):
	profile = page.base_context(context, _("Mentoring"), "/mentoring")
	context.programs = queries.described()
	context.open_programs = [each for each in context.programs if any(cycle.takes for cycle in each.cycles)]
	context.other_programs = [each for each in context.programs if each not in context.open_programs]
	context.in_short = program_facts.in_short
	context.role_options = program_facts.apply_words
	if not context.signed_in:
		welcome.fill(context)
	else:
		membership = joining.membership_of(profile, frappe.session.user)
		context.notes = membership_note.notes(membership, context.open_programs, context.clock)
		context.membership = membership_note.note(membership.advice(), context.clock)
	if context.signed_in:
		user = frappe.session.user
		given = frappe.get_cached_value("User", user, "first_name")
		context.first_name = first_name_of(cstr(given), get_fullname(user))
	if profile:
		status = member_status.status_of(profile, membership.standing())
		formats = {program.name: program.format for program in context.programs}
		for row in status["applications"]:
			row["format"] = formats.get(row["program"])
		context.steps, context.news = steps_and_news(profile, status)
		context.years = {
			cycle.name: year.of_cycle(cycle, context.today)
			for program in context.programs
			for cycle in program.cycles
		}
		home.fill(context, profile, status)
		context.states = status_text.states(status, context.clock)
		waits = any(row["seat"] == "Suspended" for row in status["groups"])
		context.membership = membership_note.note(membership.advice(suspended=waits), context.clock)
		context.applied = {
			row["cycle"] for row in status["applications"] if row["status"] not in ("Withdrawn", "Rejected")
		}
	return context
